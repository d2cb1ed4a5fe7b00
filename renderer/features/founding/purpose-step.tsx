import { Radio, SimpleGrid, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PRESETS } from '../../../shared/network/agreement/templates';
import { UnitField } from '../agreement';
import {
  type FoundingDraft,
  MAX_NAME,
  MAX_PURPOSE,
  type Problem,
  withPreset,
  withUnit,
} from '../../../shared/engine/founding-draft';
import classes from './founding.module.css';
import { useFieldError } from './problem-list';

export interface StepProps {
  readonly draft: FoundingDraft;
  readonly onChange: (draft: FoundingDraft) => void;
}

export function PurposeStep({ draft, onChange, problems }: StepProps & { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation(['founding', 'templates']);
  const errorAt = useFieldError(problems);
  return (
    <Stack gap="lg">
      <TextInput
        label={t('purpose.name')}
        description={t('purpose.nameHint')}
        value={draft.name}
        maxLength={MAX_NAME}
        required
        error={errorAt('name')}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <Textarea
        label={t('purpose.purpose')}
        description={t('purpose.purposeHint')}
        value={draft.purpose}
        maxLength={MAX_PURPOSE}
        required
        autosize
        minRows={3}
        maxRows={12}
        error={errorAt('purpose')}
        onChange={(event) => onChange({ ...draft, purpose: event.currentTarget.value })}
      />
      <Radio.Group
        label={t('purpose.preset')}
        description={t('purpose.presetHint')}
        value={draft.preset}
        onChange={(preset) => onChange(withPreset(draft, preset))}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt="xs">
          {PRESETS.map((preset) => (
            <Radio.Card key={preset} value={preset} p="md" className={classes['card'] ?? ''}>
              <Text fw={600}>{t(`presets.${preset}.label`, { ns: 'templates' })}</Text>
              <Text size="sm" c="dimmed">
                {t(`presets.${preset}.description`, { ns: 'templates' })}
              </Text>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
      <UnitField
        label={t('purpose.unit')}
        description={t('purpose.unitHint')}
        value={draft.unit}
        onChange={(unit) => onChange(withUnit(draft, unit))}
      />
    </Stack>
  );
}
