import { Alert, Button, FileInput, Group, List, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle, IconCheck, IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isForMembers, readOpening } from '../../../shared/bundle/opening';
import type { ImportedBundle } from '../../../shared/engine/contract';
import { PeerholdError } from '../../../shared/errors';
import { useNetworkStore } from '../../app/network';
import { FormError, MemberName, Moment } from '../../ui';
import { Running, wasCancelled } from './running';

interface Values {
  readonly file: File | null;
  readonly passphrase: string;
}

/** Takes in what is new in a file, and says what that was. */
export function ImportForm({ onImported }: { readonly onImported: () => void }) {
  const { t } = useTranslation('bundles');
  const { engine, id } = useNetworkStore();
  const [taken, setTaken] = useState<ImportedBundle>();
  const [lockedBy, setLockedBy] = useState<'members' | 'passphrase'>();
  const [ended, setEnded] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useForm<Values>({
    initialValues: { file: null, passphrase: '' },
    validate: {
      file: (value) => (value === null ? t('import.fileMissing') : null),
      passphrase: (value) => (lockedBy === 'passphrase' && value === '' ? t('import.passphraseMissing') : null),
    },
  });
  const choose = async (file: File | null): Promise<void> => {
    form.setFieldValue('file', file);
    form.clearErrors();
    setError(undefined);
    setTaken(undefined);
    setEnded(false);
    setLockedBy(undefined);
    if (file === null) return;
    try {
      const { lock, isBackup } = await readOpening(file);
      if (isBackup) throw new PeerholdError('bundle-is-backup');
      setLockedBy(isForMembers(lock) ? 'members' : 'passphrase');
    } catch (failure) {
      setError(failure);
    }
  };
  const take = async ({ file, passphrase }: Values): Promise<void> => {
    setError(undefined);
    setTaken(undefined);
    setEnded(false);
    try {
      setTaken(await engine.importBundle(id, file!, lockedBy === 'members' ? null : passphrase));
      form.reset();
      onImported();
      setLockedBy(undefined);
    } catch (failure) {
      if (wasCancelled(failure)) setEnded(true);
      else setError(failure);
    }
  };
  return (
    <section aria-labelledby="import">
      <Title order={2} id="import" mb={4}>
        {t('import.title')}
      </Title>
      <Text c="dimmed" mb="sm" maw="var(--peerhold-measure)">
        {t('import.text')}
      </Text>
      <form onSubmit={form.onSubmit(take)}>
        <Stack maw="var(--peerhold-measure)">
          <FileInput
            label={t('import.file')}
            placeholder={t('import.choose')}
            {...form.getInputProps('file')}
            onChange={(file) => void choose(file)}
          />
          {lockedBy === 'members' && <Text size="sm">{t('import.byMembers')}</Text>}
          {lockedBy === 'passphrase' && (
            <PasswordInput
              label={t('passphrase')}
              autoComplete="off"
              visibilityToggleButtonProps={{ 'aria-label': t('show') }}
              {...form.getInputProps('passphrase')}
            />
          )}
          <FormError error={error} />
          {form.submitting && <Running task="import" label={t('import.running')} />}
          <Group>
            <Button type="submit" loading={form.submitting} leftSection={<IconFileImport size={18} aria-hidden />}>
              {t('import.start')}
            </Button>
          </Group>
          <div role="status">
            {taken !== undefined && <Result taken={taken} />}
            {ended && <Text size="sm">{t('import.ended')}</Text>}
          </div>
        </Stack>
      </form>
    </section>
  );
}

function Result({ taken }: { readonly taken: ImportedBundle }) {
  const { t } = useTranslation('bundles');
  const { maker, time, events, fresh, waiting, documents, changed, documentsRefused, files } = taken;
  const whole = waiting === 0 && !documentsRefused;
  const title = !whole ? 'import.partly' : fresh + changed + files.fresh === 0 ? 'import.nothingNew' : 'import.done';
  const Icon = whole ? IconCheck : IconAlertTriangle;
  return (
    <Alert color={whole ? 'green' : 'yellow'} icon={<Icon size={18} aria-hidden />} title={t(title)}>
      <Stack gap="xs">
        <List size="sm">
          <List.Item>{t('import.events', { count: events, fresh })}</List.Item>
          {documents > 0 && <List.Item>{t('import.documents', { count: documents, changed })}</List.Item>}
          {files.files > 0 && <List.Item>{t('import.files', { count: files.files, fresh: files.fresh })}</List.Item>}
          <List.Item>
            {t('import.maker')}{' '}
            {maker.member === null ? t('import.unknownMaker') : <MemberName id={maker.member} link />}
            {' · '}
            {t('import.when')} <Moment time={time} />
          </List.Item>
        </List>
        {waiting > 0 && <Text size="sm">{t('import.waiting', { count: waiting })}</Text>}
        {files.unnamed > 0 && <Text size="sm">{t('import.unnamed', { count: files.unnamed })}</Text>}
        {documentsRefused && <Text size="sm">{t('import.documentsRefused')}</Text>}
      </Stack>
    </Alert>
  );
}
