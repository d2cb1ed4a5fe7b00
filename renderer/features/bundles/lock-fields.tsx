import { Checkbox, Radio, ScrollArea, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { MIN_PASSPHRASE } from '../../../shared/bundle/limits';
import { NewPassphrase } from './new-passphrase';
import type { Other } from './others';

export interface LockValues {
  readonly by: 'members' | 'passphrase';
  readonly members: string[];
  readonly passphrase: string;
  readonly again: string;
}

interface Props<T extends LockValues> {
  readonly form: UseFormReturnType<T>;
  readonly others: readonly Other[];
}

/** Who is to open a file: chosen members by their devices' keys, or whoever knows a passphrase. */
export function LockFields<T extends LockValues>({ form, others }: Props<T>) {
  const { t } = useTranslation('bundles');
  return (
    <>
      <Radio.Group label={t('export.who')} {...form.getInputProps('by')}>
        <Stack gap="xs" mt="xs">
          <Radio value="members" label={t('export.byMembers')} description={t('export.byMembersHint')} />
          <Radio value="passphrase" label={t('export.byPassphrase')} description={t('export.byPassphraseHint')} />
        </Stack>
      </Radio.Group>
      {form.values.by === 'members' ? (
        <Members form={form} others={others} />
      ) : (
        <NewPassphrase form={form} hint={t('export.passphraseHint', { least: MIN_PASSPHRASE })} />
      )}
    </>
  );
}

function Members<T extends LockValues>({ form, others }: Props<T>) {
  const { t } = useTranslation('bundles');
  if (others.length === 0) return <Text size="sm">{t('export.noOthers')}</Text>;
  return (
    <Checkbox.Group label={t('export.members')} {...form.getInputProps('members')}>
      <ScrollArea.Autosize mah="16rem" type="auto" mt="xs">
        <Stack gap="xs" p={2}>
          {others.map(({ id, name, isMe, devices, receiving }) => (
            <Checkbox
              key={id}
              value={id}
              label={isMe ? t('export.me') : name}
              disabled={receiving === 0}
              description={
                receiving === 0
                  ? t('export.canNotReceive')
                  : receiving < devices && t('export.onSome', { count: receiving, of: devices })
              }
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Checkbox.Group>
  );
}
