import { MultiSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChoiceField } from './fields';
import type { FormProps } from './form-props';

export function SealingForm({ params, names: { types }, onChange }: FormProps<'sealing'>) {
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      <MultiSelect
        maw={440}
        label={t('parameters.sealing.types.label')}
        description={t('parameters.sealing.types.meaning')}
        data={types.map(({ id, label }) => ({ value: id, label }))}
        value={[...params.types]}
        onChange={(chosen) => onChange({ ...params, types: chosen })}
      />
      <ChoiceField
        label={t('parameters.sealing.quorum.label')}
        description={t('parameters.sealing.quorum.meaning')}
        value={params.quorum}
        choices={['two-thirds', 'majority'] as const}
        words={(quorum) => t(`parameters.sealing.quorum.${quorum}`)}
        onChange={(quorum) => onChange({ ...params, quorum })}
      />
    </Stack>
  );
}
