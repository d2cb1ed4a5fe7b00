import { Alert, Anchor, Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconDownload, IconGitFork } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { safeFileName } from '../../../shared/ipc/file-name';
import type { Device, Member } from '../../../shared/network/membership/model';
import { useMe, useNetwork, useNetworkStore, useText } from '../../app/network';
import { useEvent } from '../../app/recorded';
import { getPlatform } from '../../platform';
import { ErrorState, EventSentence, FormError, Loading, Moment } from '../../ui';
import classes from './members.module.css';

/** The devices of a member that signed two histories: what that means, what to do, and the proof. */
export function Forks({ member }: { readonly member: Member }) {
  const { state } = useNetwork();
  return member.devices.map((id) => {
    const device = state.devices.get(id);
    return device?.fork === undefined ? null : (
      <ForkNotice key={id} member={member} device={device} events={device.fork} />
    );
  });
}

interface Props {
  readonly member: Member;
  readonly device: Device;
  readonly events: readonly [string, string];
}

function ForkNotice({ member, device, events }: Props) {
  const { t } = useTranslation('members');
  const own = useMe()?.member === member.id;
  const name = useText(member.name) ?? t('fork.someone');
  const number = useEvent(events[0]).view?.sequence;
  return (
    <Alert
      color={device.status === 'revoked' ? 'gray' : 'red'}
      icon={<IconGitFork size={18} aria-hidden />}
      title={t(device.label === '' ? 'fork.titleUnnamed' : 'fork.title', { name, device: device.label })}
    >
      <Stack gap="sm">
        <Text className={classes['measure']}>{t('fork.meaning', { number: number ?? '…' })}</Text>
        <Text className={classes['measure']}>{t(`fork.${device.status}`)}</Text>
        {device.status !== 'revoked' && (
          <Text className={classes['measure']}>{t(own ? 'fork.own' : 'fork.others', { name })}</Text>
        )}
        <Text fw={550}>{t('fork.proof')}</Text>
        <SimpleGrid component="ul" cols={{ base: 1, sm: 2 }} className={classes['proof'] ?? ''}>
          {events.map((id) => (
            <li key={id}>
              <Half id={id} />
            </li>
          ))}
        </SimpleGrid>
        <SaveProof device={device} name={name} />
      </Stack>
    </Alert>
  );
}

/** The two events as a file, for whoever is to judge them elsewhere. */
function SaveProof({ device, name }: { readonly device: Device; readonly name: string }) {
  const { t } = useTranslation('members');
  const { engine, id } = useNetworkStore();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string>();
  const [error, setError] = useState<unknown>();
  const save = async (): Promise<void> => {
    setBusy(true);
    setSaved(undefined);
    setError(undefined);
    try {
      const called = device.label === '' ? name : `${name}, ${device.label}`;
      const file = safeFileName(`${t('fork.file', { name: called })}.json`);
      if (await getPlatform().saveFile(file, await engine.forkFile(id, device.id))) setSaved(file);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={busy}
        onClick={() => void save()}
      >
        {t('fork.save')}
      </Button>
      <Text size="sm" mt={4} className={classes['measure']}>
        {t('fork.saveHint')}
      </Text>
      <FormError error={error} />
      <Text size="sm" role="status">
        {saved !== undefined && t('fork.saved', { name: saved })}
      </Text>
    </div>
  );
}

/** One of the two events of the proof. */
function Half({ id }: { readonly id: string }) {
  const { t } = useTranslation('members');
  const { view, error, retry } = useEvent(id);
  if (error !== undefined) return <ErrorState error={error} retry={retry} />;
  if (view === undefined) return <Loading />;
  return (
    <>
      <Text size="sm">
        {t('fork.event', { number: view.sequence })} · <Moment time={view.time} exact />
      </Text>
      <Text>
        <EventSentence view={view} />
      </Text>
      <Anchor component={Link} href={`/record/${id}`} size="sm" c="inherit" underline="always">
        {t('fork.open')}
      </Anchor>
    </>
  );
}
