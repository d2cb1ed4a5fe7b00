import { Alert, Anchor, Button, FileInput, Group, List, PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCheck, IconLifebuoy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { readOpening } from '../../../shared/bundle/opening';
import { PeerholdError } from '../../../shared/errors';
import { useEngine, useProgress } from '../../app/engine';
import { FormError, PageHeader } from '../../ui';

interface Values {
  readonly file: File | null;
  readonly passphrase: string;
}

/** Comes back by a backup, on a device that does not have its network. */
export function RestorePage() {
  const { t } = useTranslation('backup');
  const [network, setNetwork] = useState<string>();
  return (
    <Stack gap="md">
      <Anchor component={Link} href="/" size="sm">
        {t('restore.allNetworks')}
      </Anchor>
      <PageHeader title={t('restore.title')} subtitle={t('restore.subtitle')} />
      {network === undefined ? <RestoreForm onRestored={setNetwork} /> : <Restored network={network} />}
    </Stack>
  );
}

function RestoreForm({ onRestored }: { readonly onRestored: (network: string) => void }) {
  const { t } = useTranslation('backup');
  const { calls } = useEngine();
  const [error, setError] = useState<unknown>();
  const form = useForm<Values>({
    initialValues: { file: null, passphrase: '' },
    validate: {
      file: (value) => (value === null ? t('restore.fileMissing') : null),
      passphrase: (value) => (value === '' ? t('restore.passphraseMissing') : null),
    },
  });
  const choose = async (file: File | null): Promise<void> => {
    form.setFieldValue('file', file);
    form.clearErrors();
    setError(undefined);
    try {
      // A wrong file is told before anybody looks for its passphrase.
      if (file !== null && !(await readOpening(file)).isBackup) throw new PeerholdError('backup-is-bundle');
    } catch (failure) {
      setError(failure);
    }
  };
  const restore = async ({ file, passphrase }: Values): Promise<void> => {
    setError(undefined);
    try {
      onRestored(await calls.restoreBackup(file!, passphrase));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form onSubmit={form.onSubmit(restore)}>
      <Stack maw="var(--peerhold-measure)">
        <List>
          <List.Item>{t('restore.once')}</List.Item>
          <List.Item>{t('restore.meet')}</List.Item>
        </List>
        <FileInput
          label={t('restore.file')}
          placeholder={t('restore.choose')}
          {...form.getInputProps('file')}
          onChange={(file) => void choose(file)}
        />
        <PasswordInput
          label={t('restore.passphrase')}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('restore.show') }}
          {...form.getInputProps('passphrase')}
        />
        <FormError error={error} />
        {form.submitting && <Restoring />}
        <Group>
          <Button type="submit" loading={form.submitting} leftSection={<IconLifebuoy size={18} aria-hidden />}>
            {t('restore.start')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('restore.without')}
        </Text>
      </Stack>
    </form>
  );
}

/** How far it is; before the first report the passphrase is turned into a key, which takes a second or two on purpose. */
function Restoring() {
  const { t } = useTranslation('backup');
  const { done, total } = useProgress('restore') ?? { done: 0, total: 0 };
  return (
    <div role="status">
      <Text size="sm" mb={4}>
        {t('restore.running')}
      </Text>
      <Progress value={total === 0 ? 0 : (100 * done) / total} size="sm" aria-label={t('restore.running')} />
    </div>
  );
}

function Restored({ network }: { readonly network: string }) {
  const { t } = useTranslation('backup');
  return (
    <Alert color="green" role="status" icon={<IconCheck size={18} aria-hidden />} title={t('restored.title')}>
      <Stack align="flex-start" gap="sm">
        <List type="ordered">
          <List.Item>{t('restored.meet')}</List.Item>
          <List.Item>{t('restored.revoke')}</List.Item>
          <List.Item>{t('restored.again')}</List.Item>
        </List>
        <Button component={Link} href={`/n/${network}`}>
          {t('restored.open')}
        </Button>
      </Stack>
    </Alert>
  );
}
