import { MultiSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChoiceField } from './fields';
import type { FormProps } from './form-props';

export function PublicationForm({ params, names: { types, classes }, onChange }: FormProps<'publication'>) {
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      <ChoiceField
        label={t('parameters.publication.class.label')}
        description={t('parameters.publication.class.meaning')}
        value={params.class}
        choices={[...new Set([...classes.map(({ id }) => id), params.class])]}
        words={(id) => classes.find((rule) => rule.id === id)?.label ?? id}
        onChange={(id) => onChange({ ...params, class: id })}
      />
      <MultiSelect
        maw={440}
        label={t('parameters.publication.publishers.label')}
        description={t('parameters.publication.publishers.meaning')}
        data={types.map(({ id, label }) => ({ value: id, label }))}
        value={[...params.publishers]}
        onChange={(publishers) => onChange({ ...params, publishers })}
      />
      <ChoiceField
        label={t('parameters.publication.withdraw.label')}
        description={t('parameters.publication.withdraw.meaning')}
        value={params.withdraw}
        choices={['members', 'voters'] as const}
        words={(who) => t(`parameters.publication.withdraw.${who}`)}
        onChange={(withdraw) => onChange({ ...params, withdraw })}
      />
    </Stack>
  );
}
