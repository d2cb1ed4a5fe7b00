import { ActionIcon, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Parameters } from '../../../../shared/network/agreement/model';
import { AmountField, ChoiceField, IntegerField, UnitField } from './fields';
import type { FormProps } from './form-props';
import { Meanings } from './meanings';
import { TiersFields } from './tiers-fields';

const MAX_DUES = 40;
const MAX_SHARES = 1_000_000;
/** Proposed when a limit is switched on: a hundred of most currencies. */
const FIRST_AMOUNT = 10_000;

export function SpendingForm(props: FormProps<'spending'>) {
  const { params, onChange } = props;
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      <Switch
        label={t('parameters.spending.limited.label')}
        description={t('parameters.spending.limited.meaning')}
        checked={params.free !== null}
        onChange={(event) => onChange({ ...params, free: event.currentTarget.checked ? FIRST_AMOUNT : null })}
      />
      {(params.free !== null || params.tiers !== undefined) && (
        <UnitField
          label={t('parameters.spending.unit.label')}
          description={t('parameters.spending.unit.meaning')}
          value={params.unit}
          onChange={(unit) => onChange({ ...params, unit })}
        />
      )}
      {params.free !== null && (
        <AmountField
          key={params.unit}
          label={t('parameters.spending.free.label')}
          description={t('parameters.spending.free.meaning')}
          value={params.free}
          unit={params.unit}
          onChange={(free) => onChange({ ...params, free })}
        />
      )}
      <TiersFields {...props} />
    </Stack>
  );
}

type Due = Parameters<'contributions'>['dues'][number];

export function ContributionsForm({ params, onChange, names: { types }, unit }: FormProps<'contributions'>) {
  const { t } = useTranslation('templates');
  const { dues } = params;
  const replace = (index: number, next: Partial<Due>) =>
    onChange({ dues: dues.map((due, at) => (at === index ? { ...due, ...next } : due)) });
  const first = types[0];
  return (
    <Stack gap="md">
      <div>
        <Text fw={600} size="sm">
          {t('parameters.contributions.dues.label')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('parameters.contributions.dues.meaning')}
        </Text>
      </div>
      <Meanings
        of={(['type', 'amount', 'unit', 'every'] as const).map((field) => ({
          label: t(`parameters.contributions.${field}.label`),
          meaning: t(`parameters.contributions.${field}.meaning`),
        }))}
      />
      {dues.length === 0 && <Text size="sm">{t('parameters.contributions.empty')}</Text>}
      {dues.map((due, index) => (
        // The place in the list is all that tells one contribution from another while it is edited.
        <Group key={`${index} of ${dues.length}`} align="flex-end" gap="sm">
          <ChoiceField
            label={t('parameters.contributions.type.label')}
            value={due.type}
            choices={[...new Set([...types.map((type) => type.id), due.type])]}
            words={(id) => types.find((type) => type.id === id)?.label ?? id}
            onChange={(type) => replace(index, { type })}
          />
          <AmountField
            key={due.unit}
            label={t('parameters.contributions.amount.label')}
            value={due.amount}
            unit={due.unit}
            onChange={(amount) => replace(index, { amount })}
          />
          <UnitField
            label={t('parameters.contributions.unit.label')}
            value={due.unit}
            hours
            onChange={(next) => replace(index, { unit: next })}
          />
          <ChoiceField
            label={t('parameters.contributions.every.label')}
            value={due.every}
            choices={['month', 'quarter', 'year'] as const}
            words={(every) => t(`parameters.contributions.every.${every}`)}
            onChange={(every) => replace(index, { every })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('parameters.contributions.remove', { number: index + 1 })}
            onClick={() => onChange({ dues: dues.filter((_, at) => at !== index) })}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={first === undefined || dues.length >= MAX_DUES}
          onClick={() => {
            if (first !== undefined)
              onChange({ dues: [...dues, { type: first.id, unit, amount: FIRST_AMOUNT, every: 'month' }] });
          }}
        >
          {t('parameters.contributions.add')}
        </Button>
      </div>
    </Stack>
  );
}

export function OwnershipForm({ params, onChange }: FormProps<'ownership'>) {
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      <ChoiceField
        label={t('parameters.ownership.basis.label')}
        description={t('parameters.ownership.basis.meaning')}
        value={params.basis}
        choices={['pledges', 'capital', 'equal'] as const}
        words={(basis) => t(`parameters.ownership.basis.${basis}`)}
        onChange={(basis) => onChange({ ...params, basis })}
      />
      <IntegerField
        label={t('parameters.ownership.shares.label')}
        description={t('parameters.ownership.shares.meaning')}
        value={params.shares}
        min={1}
        max={MAX_SHARES}
        onChange={(shares) => onChange({ ...params, shares })}
      />
    </Stack>
  );
}
