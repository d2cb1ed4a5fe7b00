import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Parameters } from '../../../../shared/network/agreement/model';
import { ChoiceField } from './fields';
import type { FormProps } from './form-props';
import { Meanings } from './meanings';

type Protected = NonNullable<Parameters<'decisions'>['protects']>[number];

/** Which protocols only a class of their own can change. The protocol of membership is the first to be protected, and the last to be freed. */
export function ProtectsFields({ params, onChange, names: { protocols } }: FormProps<'decisions'>) {
  const { t } = useTranslation('templates');
  const heading = useId();
  const { protects = [], ...rest } = params;
  const titleOf = (id: string) => protocols.find((one) => one.id === id)?.label ?? id;
  const isProtected = (id: string) => protects.some(({ protocol }) => protocol === id);
  const set = (next: readonly Protected[]) => onChange(next.length === 0 ? rest : { ...rest, protects: next });
  const replace = (index: number, next: Partial<Protected>) =>
    set(protects.map((one, at) => (at === index ? { ...one, ...next } : one)));
  const membership = protocols.find(({ kind }) => kind === 'membership')?.id;
  const next =
    membership === undefined || isProtected(membership) ? protocols.find(({ id }) => !isProtected(id))?.id : membership;
  return (
    <div role="group" aria-labelledby={heading}>
      <Text fw={600} size="sm" id={heading}>
        {t('parameters.decisions.protects.label')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('parameters.decisions.protects.meaning')}
      </Text>
      <Stack gap="sm">
        <Meanings
          of={(['protected', 'guard'] as const).map((field) => ({
            label: t(`parameters.decisions.${field}.label`),
            meaning: t(`parameters.decisions.${field}.meaning`),
          }))}
        />
        {protects.map((one, index) => (
          <Group key={`${index} of ${protects.length}`} align="flex-end" gap="sm">
            <ChoiceField
              label={t('parameters.decisions.protected.label')}
              value={one.protocol}
              choices={[one.protocol, ...protocols.map(({ id }) => id).filter((id) => !isProtected(id))]}
              words={titleOf}
              onChange={(protocol) => replace(index, { protocol })}
            />
            <ChoiceField
              label={t('parameters.decisions.guard.label')}
              value={one.class}
              choices={params.classes.map(({ id }) => id)}
              words={(id) => params.classes.find((rule) => rule.id === id)?.label ?? id}
              onChange={(id) => replace(index, { class: id })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('parameters.decisions.protects.remove', { title: titleOf(one.protocol) })}
              onClick={() => set(protects.filter((_, at) => at !== index))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={next === undefined}
            onClick={() => {
              if (next !== undefined) set([...protects, { protocol: next, class: params.uses.adopt }]);
            }}
          >
            {t('parameters.decisions.protects.add')}
          </Button>
        </div>
      </Stack>
    </div>
  );
}
