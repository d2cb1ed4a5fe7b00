import { Alert, Button, Group, NativeSelect, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCheck, IconFileExport } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MIN_PASSPHRASE } from '../../../shared/bundle/lock';
import { activeMembers } from '../../../shared/network/membership/queries';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useMe, useNetwork, useNetworkStore, useText, useTexts } from '../../app/network';
import { getPlatform } from '../../platform';
import { FormError, formatBytes, useLocale } from '../../ui';
import { Running } from './running';

interface Made {
  readonly name: string;
  readonly saved: boolean;
  readonly events: number;
  readonly documents: number;
  readonly bytes: number;
}

/** Everything, or what a member lacks, into a file. */
export function ExportForm() {
  const { t } = useTranslation('bundles');
  const { engine, id } = useNetworkStore();
  const { state } = useNetwork();
  const network = useText(state.network.get(NETWORK_KEY)?.name);
  const recipients = useRecipients();
  const [made, setMade] = useState<Made>();
  const [error, setError] = useState<unknown>();
  const form = useForm({
    initialValues: { recipient: '', passphrase: '', again: '' },
    validate: {
      passphrase: (value) => (value.length < MIN_PASSPHRASE ? t('export.tooShort', { least: MIN_PASSPHRASE }) : null),
      again: (value, { passphrase }) => (value === passphrase ? null : t('export.differs')),
    },
  });
  const make = async ({ recipient, passphrase }: typeof form.values): Promise<void> => {
    setError(undefined);
    setMade(undefined);
    try {
      const { file, events, documents } = await engine.exportBundle(
        id,
        recipient === '' ? null : recipient,
        passphrase,
      );
      // After the network and the day, so that several in one folder can be told apart.
      const name = `${network ?? 'peerhold'} ${new Date().toISOString().slice(0, 10)}.peerhold`;
      const saved = await getPlatform().saveFile(name, file);
      form.setValues({ passphrase: '', again: '' });
      setMade({ name, saved, events, documents, bytes: file.length });
    } catch (failure) {
      setError(failure);
    }
  };
  const secret = {
    autoComplete: 'new-password',
    visibilityToggleButtonProps: { 'aria-label': t('show') },
  };
  return (
    <section aria-labelledby="export">
      <Title order={2} id="export" mb="sm">
        {t('export.title')}
      </Title>
      <form onSubmit={form.onSubmit(make)}>
        <Stack maw="var(--peerhold-measure)">
          <NativeSelect
            label={t('export.what')}
            description={t('export.hint')}
            data={[{ value: '', label: t('export.everything') }, ...recipients]}
            {...form.getInputProps('recipient')}
          />
          <PasswordInput
            label={t('passphrase')}
            description={t('export.passphraseHint', { least: MIN_PASSPHRASE })}
            {...secret}
            {...form.getInputProps('passphrase')}
          />
          <PasswordInput label={t('export.again')} {...secret} {...form.getInputProps('again')} />
          <FormError error={error} />
          {form.submitting && <Running task="export" label={t('export.making')} />}
          <Group>
            <Button type="submit" loading={form.submitting} leftSection={<IconFileExport size={18} aria-hidden />}>
              {t('export.make')}
            </Button>
          </Group>
          <div role="status">{made !== undefined && <Result made={made} />}</div>
        </Stack>
      </form>
    </section>
  );
}

function Result({ made: { name, saved, events, documents, bytes } }: { readonly made: Made }) {
  const { t } = useTranslation('bundles');
  const locale = useLocale();
  if (!saved) return <Text>{t('export.notSaved')}</Text>;
  return (
    <Alert color="green" icon={<IconCheck size={18} aria-hidden />} title={t('export.made', { name })}>
      {[
        t('export.events', { count: events }),
        ...(documents > 0 ? [t('export.documents', { count: documents })] : []),
        formatBytes(bytes, locale),
      ].join(' · ')}
    </Alert>
  );
}

/** The other members, and oneself where there is another device. */
function useRecipients(): readonly { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation('bundles');
  const { state } = useNetwork();
  const me = useMe();
  const others = useMemo(
    () =>
      activeMembers(state).filter(
        ({ id, devices }) =>
          id !== me?.member ||
          devices.some((device) => device !== me.device && state.devices.get(device)?.status === 'active'),
      ),
    [state, me],
  );
  const names = useTexts(useMemo(() => others.map(({ name }) => name), [others]));
  return others
    .map(({ id }, index) => ({
      value: id,
      label: id === me?.member ? t('export.forMe') : t('export.for', { name: names[index] ?? id.slice(0, 8) }),
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
