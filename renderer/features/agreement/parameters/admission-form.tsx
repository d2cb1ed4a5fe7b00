import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAX_INVITE_DAYS } from '../../../../shared/network/membership/model';
import { ChoiceField, IntegerField } from './fields';
import type { FormProps } from './form-props';

export function AdmissionForm({ params, onChange }: FormProps<'admission'>) {
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      <ChoiceField
        label={t('parameters.admission.mode.label')}
        description={t('parameters.admission.mode.meaning')}
        value={params.mode}
        choices={['invite', 'decision'] as const}
        words={(mode) => t(`parameters.admission.mode.${mode}`)}
        onChange={(mode) => onChange({ ...params, mode })}
      />
      <IntegerField
        label={t('parameters.admission.days.label')}
        description={t('parameters.admission.days.meaning')}
        value={params.days}
        min={1}
        max={MAX_INVITE_DAYS}
        onChange={(days) => onChange({ ...params, days })}
      />
    </Stack>
  );
}
