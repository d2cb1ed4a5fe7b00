import { MultiSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChoiceField, IntegerField } from './fields';
import type { FormProps } from './form-props';

export function DistributionForm({ params, names: { types, classes }, onChange }: FormProps<'distribution'>) {
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      <ChoiceField
        label={t('parameters.distribution.class.label')}
        description={t('parameters.distribution.class.meaning')}
        value={params.class}
        choices={[...new Set([...classes.map(({ id }) => id), params.class])]}
        words={(id) => classes.find((rule) => rule.id === id)?.label ?? id}
        onChange={(id) => onChange({ ...params, class: id })}
      />
      <ChoiceField
        label={t('parameters.distribution.basis.label')}
        description={t('parameters.distribution.basis.meaning')}
        value={params.basis}
        choices={['shares', 'capital', 'equal'] as const}
        words={(basis) => t(`parameters.distribution.basis.${basis}`)}
        onChange={(basis) => onChange({ ...params, basis })}
      />
      <MultiSelect
        maw={440}
        label={t('parameters.distribution.types.label')}
        description={t('parameters.distribution.types.meaning')}
        data={types.map(({ id, label }) => ({ value: id, label }))}
        value={[...params.types]}
        onChange={(chosen) => onChange({ ...params, types: chosen })}
      />
      <IntegerField
        label={t('parameters.distribution.reserve.label')}
        description={t('parameters.distribution.reserve.meaning')}
        value={params.reserve}
        min={0}
        max={99}
        suffix=" %"
        onChange={(reserve) => onChange({ ...params, reserve })}
      />
    </Stack>
  );
}
