import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_AMOUNT, type Parameters } from '../../../../shared/network/agreement/model';
import { AmountField, ChoiceField } from './fields';
import type { FormProps } from './form-props';
import { Meanings } from './meanings';

type Tier = NonNullable<Parameters<'spending'>['tiers']>[number];

const MAX_TIERS = 10;
/** A step is proposed at so many times the sum before it. */
const STEP = 10;
/** The first where nothing is free: a hundred of most currencies. */
const FIRST = 10_000;

/** By which way a proposal to spend is decided, step by step. */
export function TiersFields({ params, onChange, names: { classes } }: FormProps<'spending'>) {
  const { t } = useTranslation('templates');
  const heading = useId();
  const { tiers = [], ...rest } = params;
  const set = (next: readonly Tier[]) => onChange(next.length === 0 ? rest : { ...rest, tiers: next });
  const replace = (index: number, next: Partial<Tier>) =>
    set(tiers.map((one, at) => (at === index ? { ...one, ...next } : one)));
  const before = tiers.at(-1)?.to ?? params.free;
  const to = before === null || Number.isNaN(before) ? FIRST : Math.min(before * STEP, MAX_AMOUNT);
  const first = tiers.at(-1)?.class ?? classes[0]?.id;
  return (
    <div role="group" aria-labelledby={heading}>
      <Text fw={600} size="sm" id={heading}>
        {t('parameters.spending.tiers.label')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('parameters.spending.tiers.meaning')}
      </Text>
      <Stack gap="sm">
        <Meanings
          of={(['to', 'class'] as const).map((field) => ({
            label: t(`parameters.spending.${field}.label`),
            meaning: t(`parameters.spending.${field}.meaning`),
          }))}
        />
        {tiers.map((tier, index) => (
          <Group key={`${index} of ${tiers.length}`} align="flex-end" gap="sm">
            <AmountField
              key={params.unit}
              label={t('parameters.spending.to.label')}
              value={tier.to}
              unit={params.unit}
              onChange={(sum) => replace(index, { to: sum })}
            />
            <ChoiceField
              label={t('parameters.spending.class.label')}
              value={tier.class}
              choices={[...new Set([...classes.map(({ id }) => id), tier.class])]}
              words={(id) => classes.find((rule) => rule.id === id)?.label ?? id}
              onChange={(id) => replace(index, { class: id })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('parameters.spending.tiers.remove', { number: index + 1 })}
              onClick={() => set(tiers.filter((_, at) => at !== index))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={first === undefined || tiers.length >= MAX_TIERS}
            onClick={() => {
              if (first !== undefined) set([...tiers, { to, class: first }]);
            }}
          >
            {t('parameters.spending.tiers.add')}
          </Button>
        </div>
      </Stack>
    </div>
  );
}
