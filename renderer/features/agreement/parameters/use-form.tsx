import { Group, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAX_STAY, type Parameters } from '../../../../shared/network/agreement/model';
import { ChoiceField, IntegerField } from './fields';
import type { FormProps } from './form-props';

/** Proposed when a quota is switched on: four weeks. */
const FIRST_QUOTA = 28;

/** Who may have what is held, for how long, and how much of it in a year. */
export function UseForm({ params, onChange, names: { types } }: FormProps<'use'>) {
  const { t } = useTranslation('templates');
  const stays = ['shortest', 'longest'] as const;
  return (
    <Stack gap="md">
      <ChoiceField
        label={t('parameters.use.counts.label')}
        description={t('parameters.use.counts.meaning')}
        value={params.counts}
        choices={['nights', 'days'] as const}
        words={(counts) => t(`parameters.use.counts.${counts}`)}
        onChange={(counts) => onChange({ ...params, counts })}
      />
      <Group align="flex-start" gap="md">
        {stays.map((stay) => (
          <IntegerField
            key={stay}
            label={t(`parameters.use.${stay}.label`)}
            description={t(`parameters.use.${stay}.meaning`)}
            value={params[stay]}
            min={1}
            max={MAX_STAY}
            onChange={(value) => onChange({ ...params, [stay]: value })}
          />
        ))}
      </Group>
      <div>
        <Text fw={600} size="sm">
          {t('parameters.use.quotas.label')}
        </Text>
        <Text size="sm" c="dimmed" maw="var(--peerhold-measure)">
          {t('parameters.use.quotas.meaning')}
        </Text>
      </div>
      {rowsOf(params, types).map(({ id, label, most }) => (
        <Group key={id} align="center" gap="md">
          <Switch
            label={t('parameters.use.quota', { label })}
            checked={most !== undefined}
            onChange={(event) => onChange(withQuota(params, id, event.currentTarget.checked ? FIRST_QUOTA : undefined))}
          />
          {most !== undefined && (
            <IntegerField
              label={t('parameters.use.most', { label })}
              value={most}
              min={1}
              max={MAX_STAY}
              onChange={(value) => onChange(withQuota(params, id, value))}
            />
          )}
        </Group>
      ))}
      <ChoiceField
        label={t('parameters.use.per.label')}
        description={t('parameters.use.per.meaning')}
        value={params.per}
        choices={['resource', 'all'] as const}
        words={(per) => t(`parameters.use.per.${per}`)}
        onChange={(per) => onChange({ ...params, per })}
      />
    </Stack>
  );
}

/** Every kind of member, those that are not there any more too where they have a quota. */
function rowsOf({ quotas }: Parameters<'use'>, types: FormProps['names']['types']) {
  const named = quotas.map(({ type }) => type).filter((type) => !types.some(({ id }) => id === type));
  return [...types, ...named.map((id) => ({ id, label: id }))].map(({ id, label }) => ({
    id,
    label,
    most: quotas.find(({ type }) => type === id)?.most,
  }));
}

/** In the place that it had, so that nothing else differs. */
function withQuota(params: Parameters<'use'>, type: string, most: number | undefined): Parameters<'use'> {
  const others = params.quotas.filter((quota) => quota.type !== type);
  const at = params.quotas.findIndex((quota) => quota.type === type);
  const place = at < 0 ? others.length : at;
  const quotas = most === undefined ? others : [...others.slice(0, place), { type, most }, ...others.slice(place)];
  return { ...params, quotas };
}
