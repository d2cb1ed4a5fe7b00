import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAX_DEVICE, MAX_NAME, type Problem, membershipTypes } from '../../../shared/engine/founding-draft';
import { useFieldError } from './problem-list';
import type { StepProps } from './purpose-step';

export function YouStep({ draft, onChange, problems }: StepProps & { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation('founding');
  const errorAt = useFieldError(problems);
  return (
    <Stack gap="lg" maw="28rem">
      <TextInput
        label={t('you.name')}
        description={t('you.nameHint')}
        value={draft.you}
        maxLength={MAX_NAME}
        required
        autoComplete="name"
        error={errorAt('you')}
        onChange={(event) => onChange({ ...draft, you: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('you.type')}
        description={t('you.typeHint')}
        value={draft.type}
        data={membershipTypes(draft).map((type) => ({ value: type.id, label: type.label }))}
        error={errorAt('type')}
        onChange={(event) => onChange({ ...draft, type: event.currentTarget.value })}
      />
      <TextInput
        label={t('you.device')}
        description={t('you.deviceHint')}
        value={draft.device}
        maxLength={MAX_DEVICE}
        required
        error={errorAt('device')}
        onChange={(event) => onChange({ ...draft, device: event.currentTarget.value })}
      />
    </Stack>
  );
}
