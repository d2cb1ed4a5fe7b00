import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCheck, IconLifebuoy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MIN_PASSPHRASE } from '../../../shared/bundle/limits';
import type { MadeBackup } from '../../../shared/engine/contract';
import { MAX_LABEL } from '../../../shared/invite/exchange';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useAct, useNetwork, useNetworkStore, useText } from '../../app/network';
import { saveBlob } from '../../platform';
import { FormError, PageHeader, formatBytes, useLocale } from '../../ui';
import { NewPassphrase } from './new-passphrase';
import { NotInSample } from './not-in-sample';
import { Running, wasCancelled } from './running';
import { WithFiles } from './with-files';

/** A file by which one comes back when all one's devices are gone. */
export function BackupPage() {
  const { t } = useTranslation('backup');
  return (
    <NotInSample title={t('title')} instead={{ title: t('sample.title'), text: t('sample.text') }}>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Stack maw="var(--peerhold-measure)">
        <List>
          <List.Item>{t('about.device')}</List.Item>
          <List.Item>{t('about.secret')}</List.Item>
          <List.Item>{t('about.once')}</List.Item>
          <List.Item>{t('about.seal')}</List.Item>
        </List>
        <BackupForm />
      </Stack>
    </NotInSample>
  );
}

interface Made extends MadeBackup {
  readonly name: string;
}

function BackupForm() {
  const { t } = useTranslation('backup');
  const locale = useLocale();
  const { engine, id } = useNetworkStore();
  const act = useAct();
  const network = useText(useNetwork().state.network.get(NETWORK_KEY)?.name);
  const [made, setMade] = useState<Made | 'not-saved'>();
  const [error, setError] = useState<unknown>();
  const form = useForm({
    initialValues: { passphrase: '', again: '', withFiles: true },
    validate: {
      passphrase: (value) => (value.length < MIN_PASSPHRASE ? t('tooShort', { least: MIN_PASSPHRASE }) : null),
      again: (value, { passphrase }) => (value === passphrase ? null : t('differs')),
    },
  });
  const make = async ({ passphrase, withFiles }: typeof form.values): Promise<void> => {
    setError(undefined);
    setMade(undefined);
    try {
      const day = new Date();
      const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(day);
      const order = { label: t('label', { date }).slice(0, MAX_LABEL), passphrase, files: withFiles };
      const { file, ...rest } = await engine.makeBackup(id, order);
      const name = t('file', { network: network ?? 'peerhold', day: day.toISOString().slice(0, 10) });
      if (await saveBlob(name, file)) setMade({ ...rest, name });
      else {
        // Nobody has the file, so nobody is to have its device.
        await act('device.revoke', { device: rest.device });
        setMade('not-saved');
      }
      form.setValues({ passphrase: '', again: '' });
    } catch (failure) {
      if (!wasCancelled(failure)) setError(failure);
    }
  };
  return (
    <form onSubmit={form.onSubmit(make)}>
      <Stack>
        <WithFiles {...form.getInputProps('withFiles', { type: 'checkbox' })} />
        <NewPassphrase form={form} hint={t('passphraseHint', { least: MIN_PASSPHRASE })} />
        <FormError error={error} />
        {form.submitting && <Running task="export" label={t('making')} />}
        <Group>
          <Button type="submit" loading={form.submitting} leftSection={<IconLifebuoy size={18} aria-hidden />}>
            {t('make')}
          </Button>
        </Group>
        <div role="status">
          {made === 'not-saved' && <Text>{t('notSaved')}</Text>}
          {typeof made === 'object' && (
            <Alert color="green" icon={<IconCheck size={18} aria-hidden />} title={t('made', { name: made.name })}>
              <Text size="sm">{t('madeHint', { size: formatBytes(made.bytes, locale) })}</Text>
              {made.filesLeft > 0 && <Text size="sm">{t('filesLeft', { count: made.filesLeft })}</Text>}
            </Alert>
          )}
        </div>
      </Stack>
    </form>
  );
}
