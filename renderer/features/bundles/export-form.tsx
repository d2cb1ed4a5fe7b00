import { Alert, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCheck, IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MIN_PASSPHRASE } from '../../../shared/bundle/limits';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork, useNetworkStore, useText } from '../../app/network';
import { saveBlob } from '../../platform';
import { FormError, formatBytes, useLocale } from '../../ui';
import { LockFields, type LockValues } from './lock-fields';
import { useOthers } from './others';
import { Running, wasCancelled } from './running';
import { WithFiles } from './with-files';

interface Values extends LockValues {
  /** Member, or nothing for everything. */
  readonly recipient: string;
  readonly withFiles: boolean;
}

interface Made {
  readonly name: string;
  readonly saved: boolean;
  readonly events: number;
  readonly documents: number;
  readonly files: number;
  readonly filesLeft: number;
  readonly bytes: number;
}

/** Everything, or what a member lacks, into a file. `imports`: how many files were imported here meanwhile. */
export function ExportForm({ imports }: { readonly imports: number }) {
  const { t } = useTranslation('bundles');
  const { engine, id } = useNetworkStore();
  const { state } = useNetwork();
  const network = useText(state.network.get(NETWORK_KEY)?.name);
  const others = useOthers();
  const [made, setMade] = useState<Made>();
  const [error, setError] = useState<unknown>();
  const form = useForm<Values>({
    initialValues: {
      recipient: '',
      withFiles: false,
      // A secret that nobody has to tell is the better one, where there is any.
      by: others.some(({ receiving }) => receiving > 0) ? 'members' : 'passphrase',
      members: [],
      passphrase: '',
      again: '',
    },
    validate: {
      members: (value, { by }) => (by === 'members' && value.length === 0 ? t('export.nobody') : null),
      passphrase: (value, { by }) =>
        by === 'passphrase' && value.length < MIN_PASSPHRASE ? t('export.tooShort', { least: MIN_PASSPHRASE }) : null,
      again: (value, { by, passphrase }) => (by === 'members' || value === passphrase ? null : t('export.differs')),
    },
  });
  const choose = (recipient: string): void => {
    form.setFieldValue('recipient', recipient);
    // Whom it is made for is to open it, unless the person has said who is.
    const chosen = others.find((one) => one.id === recipient);
    if (chosen !== undefined && chosen.receiving > 0 && !form.isTouched('members'))
      form.setFieldValue('members', [recipient]);
  };
  const make = async ({ recipient, withFiles, by, members, passphrase }: Values): Promise<void> => {
    setError(undefined);
    setMade(undefined);
    try {
      const lock = by === 'members' ? { members } : { passphrase };
      const order = { recipient: recipient === '' ? null : recipient, lock, files: withFiles };
      const { file, ...rest } = await engine.exportBundle(id, order);
      // After the network and the day, so that several in one folder can be told apart.
      const name = `${network ?? 'peerhold'} ${new Date().toISOString().slice(0, 10)}.peerhold`;
      const saved = await saveBlob(name, file);
      form.setValues({ passphrase: '', again: '' });
      setMade({ name, saved, ...rest });
    } catch (failure) {
      if (!wasCancelled(failure)) setError(failure);
    }
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
            data={[
              { value: '', label: t('export.everything') },
              ...others.map(({ id: value, name, isMe }) => ({
                value,
                label: isMe ? t('export.forMe') : t('export.for', { name }),
              })),
            ]}
            value={form.values.recipient}
            onChange={(event) => choose(event.currentTarget.value)}
          />
          <WithFiles key={imports} {...form.getInputProps('withFiles', { type: 'checkbox' })} />
          <LockFields form={form} others={others} />
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

function Result({ made: { name, saved, events, documents, files, filesLeft, bytes } }: { readonly made: Made }) {
  const { t } = useTranslation('bundles');
  const locale = useLocale();
  if (!saved) return <Text>{t('export.notSaved')}</Text>;
  return (
    <Alert color="green" icon={<IconCheck size={18} aria-hidden />} title={t('export.made', { name })}>
      {[
        t('export.events', { count: events }),
        ...(documents > 0 ? [t('export.documents', { count: documents })] : []),
        ...(files > 0 ? [t('export.files', { count: files })] : []),
        formatBytes(bytes, locale),
      ].join(' · ')}
      {filesLeft > 0 && <Text size="sm">{t('export.filesLeft', { count: filesLeft })}</Text>}
    </Alert>
  );
}
