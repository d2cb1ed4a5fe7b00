import { Badge, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Device, Member } from '../../../../shared/network/membership/model';
import { useAct, useMe, useNetwork } from '../../../app/network';
import { useEvent } from '../../../app/recorded';
import { ConfirmButton, Finality, Moment, WhyButton } from '../../../ui';
import classes from '../members.module.css';

interface Props {
  readonly id: string;
  readonly member: Member;
  /** Of the person at this device. */
  readonly own: boolean;
  readonly mayRevoke: boolean;
  /** Its member seals by it. */
  readonly seals: boolean;
}

/** One device: what it is called, since when it is in, when it was last heard of, and how it stands. */
export function DeviceRow({ id, member, own, mayRevoke, seals }: Props) {
  const { t } = useTranslation('members');
  const { state, status } = useNetwork();
  const device = state.devices.get(id);
  // A backup in a drawer, most often: it can be the next of somebody's devices, and seals nothing there.
  const idle = device?.receives === undefined && !status.heard.has(id);
  const here = useMe()?.device === id;
  const first = member.devices[0] === id;
  const name =
    device === undefined || device.label === '' ? t(first ? 'devices.first' : 'devices.unnamed') : device.label;
  return (
    <li>
      <div className={classes['main']}>
        <Group gap="xs">
          <Text fw={550}>
            <bdi>{name}</bdi>
          </Text>
          {here && <Badge>{t('devices.here')}</Badge>}
          {seals && <Badge color="green">{t('devices.seals')}</Badge>}
          {device?.role === 'keeper' && <Badge color="grape">{t('devices.keeper')}</Badge>}
          {device?.status === 'revoked' && <Badge color="gray">{t('devices.revoked')}</Badge>}
          {device?.status === 'frozen' && <Badge color="red">{t('devices.frozen')}</Badge>}
          {device?.fork !== undefined && <Badge color="red">{t('devices.fork')}</Badge>}
          {device !== undefined && <Finality why={device.why} />}
          {device !== undefined && <WhyButton why={device.why} label={t('devices.why', { name })} />}
        </Group>
        <Text size="sm" c="dimmed">
          {t('devices.since')}{' '}
          {first || device === undefined ? <Moment time={member.time} /> : <CertifiedAt device={device} />} ·{' '}
          <LastSeen id={id} here={here} />
        </Text>
        <Text size="sm" c="dimmed">
          {t('devices.key')} <Code>{shortId(id)}</Code>
        </Text>
        {own && seals && idle && !here && device?.status === 'active' && (
          <Text size="sm" className={classes['measure']}>
            {t('devices.idleSeals')}
          </Text>
        )}
      </div>
      {own && mayRevoke && device !== undefined && device.status !== 'revoked' && (
        <Revoke device={device} name={name} here={here} seals={seals} />
      )}
    </li>
  );
}

/** When the event that certified it says it was signed. */
function CertifiedAt({ device }: { readonly device: Device }) {
  const { view } = useEvent(device.why.events[0] ?? '');
  return view === undefined ? <>…</> : <Moment time={view.time} />;
}

function LastSeen({ id, here }: { readonly id: string; readonly here: boolean }) {
  const { t } = useTranslation('members');
  const { peers, heard } = useNetwork().status;
  if (here) return t('devices.inUse');
  if (peers.some(({ device }) => device === id)) return t('devices.connected');
  const at = heard.get(id);
  if (at === undefined) return t('devices.neverSeen');
  return (
    <>
      {t('devices.seen')} <Moment time={at} />
    </>
  );
}

interface RevokeProps {
  readonly device: Device;
  readonly name: string;
  readonly here: boolean;
  readonly seals: boolean;
}

function Revoke({ device, name, here, seals }: RevokeProps) {
  const { t } = useTranslation('members');
  const act = useAct();
  return (
    <ConfirmButton
      size="sm"
      variant="subtle"
      color="red"
      aria-label={t('devices.revokeLabel', { name })}
      title={t(here ? 'devices.revokeHereTitle' : 'devices.revokeTitle', { name })}
      text={
        <>
          <Text>{t(here ? 'devices.revokeHereText' : 'devices.revokeText')}</Text>
          <Text mt="sm">{t('devices.revokeSeal')}</Text>
          {seals && <Text mt="sm">{t('devices.revokeSealing')}</Text>}
        </>
      }
      confirm={t('devices.revokeConfirm')}
      onConfirm={() => act('device.revoke', { device: device.id })}
    >
      {t('devices.revoke')}
    </ConfirmButton>
  );
}

const shortId = (id: string): string => `${id.slice(0, 8)}…${id.slice(-8)}`;
