import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAX_NOTICE } from '../../../../shared/network/agreement/model';
import { ChoiceField, IntegerField } from './fields';
import type { FormProps } from './form-props';

const MATTERS = ['pledges', 'debts', 'dues'] as const;

export function LeavingForm({ params, onChange }: FormProps<'leaving'>) {
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      <IntegerField
        label={t('parameters.leaving.notice.label')}
        description={t('parameters.leaving.notice.meaning')}
        value={params.notice}
        min={0}
        max={MAX_NOTICE}
        onChange={(notice) => onChange({ ...params, notice })}
      />
      <Checkbox.Group
        label={t('parameters.leaving.settle.label')}
        description={t('parameters.leaving.settle.meaning')}
        value={[...params.settle]}
        onChange={(chosen) => onChange({ ...params, settle: MATTERS.filter((one) => chosen.includes(one)) })}
      >
        <Stack gap="xs" mt="xs">
          {MATTERS.map((one) => (
            <Checkbox key={one} value={one} label={t(`parameters.leaving.settle.${one}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <ChoiceField
        label={t('parameters.leaving.pledges.label')}
        description={t('parameters.leaving.pledges.meaning')}
        value={params.pledges}
        choices={['stay', 'lapse'] as const}
        words={(what) => t(`parameters.leaving.pledges.${what}`)}
        onChange={(pledges) => onChange({ ...params, pledges })}
      />
    </Stack>
  );
}
