import { Text } from '@mantine/core';
import { IconRouteOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PeerStatus } from '../../../../shared/engine/contract';
import type { Obstacle } from '../../../../shared/engine/obstacles';
import type { Delivery } from '../../../../shared/peer/deliveries';
import { MemberName } from '../../../ui/member-name';
import { Moment, Since } from '../../../ui/moment';
import { useNetwork } from '../../network';
import classes from '../shell.module.css';
import { peersOf } from './peers';
import { Remedies } from './obstacles';
import { useWay } from './way';

interface Props {
  readonly delivery: Delivery;
  /** Why a device of theirs is not connected. */
  readonly obstacle: Obstacle | undefined;
}

/** A member, a keeper, or another device of one's own: how it is connected, what it has of mine, and what stands in the way. */
export function Person({ delivery, obstacle }: Props) {
  const { t } = useTranslation('app');
  const { state, status } = useNetwork();
  const { member, keeper, own, connected } = delivery;
  const label = state.devices.get(keeper ?? own ?? '')?.label ?? '';
  const peers = peersOf(delivery, status, state);
  return (
    <li>
      <span className={classes['dot']} data-on={connected} aria-hidden />
      <div>
        <Text fw={500} component="div">
          {keeper !== undefined && `${t('sync.keeper', { label })} · `}
          {own === undefined ? <MemberName id={member} link /> : t('sync.ownDevice', { label })}
        </Text>
        {peers.map((peer) => (
          <Connected key={peer.device} peer={peer} named={peers.length > 1} />
        ))}
        <Text size="sm">
          {!connected && `${t('sync.notConnected')} · `}
          <Has {...delivery} />
        </Text>
        {obstacle !== undefined && !connected && <InTheWay obstacle={obstacle} />}
      </div>
    </li>
  );
}

function Connected({ peer, named }: { readonly peer: PeerStatus; readonly named: boolean }) {
  const { t } = useTranslation('app');
  const { route, met } = useWay();
  const found = met(peer);
  const device = useNetwork().state.devices.get(peer.device);
  return (
    <>
      <Text size="sm">
        {named && device !== undefined && `${t('sync.deviceOf', { label: device.label })} `}
        {t('sync.connectedBy', { route: route(peer) })} <Since time={peer.since} />
      </Text>
      {found !== null && (
        <Text size="sm" c="dimmed">
          {found}
        </Text>
      )}
      {device?.status === 'frozen' && <Text size="sm">{t('sync.frozen')}</Text>}
    </>
  );
}

/** What they have of mine: as they said, as their signatures show, or not known. */
function Has({ lacks, lacksTexts, completeSince, heard, connected }: Delivery) {
  const { t } = useTranslation('app');
  const { me } = useNetwork().status;
  if (me === null) return null;
  const last = heard !== null && !connected && (
    <>
      {' · '}
      {t('sync.heard')} <Moment time={heard} />
    </>
  );
  const lacking = [
    ...(lacks > 0 ? [t('sync.lacks', { count: lacks })] : []),
    ...(lacksTexts > 0 ? [t('sync.lacksTexts', { count: lacksTexts })] : []),
  ];
  if (lacking.length > 0)
    return (
      <>
        {heard === null && !connected ? t('sync.neverHeard') : lacking.join(' · ')}
        {last}
      </>
    );
  if (completeSince !== null)
    return (
      <>
        {t('sync.hasAllSince')} <Since time={completeSince} />
        {last}
      </>
    );
  return (
    <>
      {heard === null ? t('sync.hasAllSigned') : t('sync.hasAll')}
      {last}
    </>
  );
}

function InTheWay({ obstacle: { kind, remedies, refusal } }: { readonly obstacle: Obstacle }) {
  const { t } = useTranslation('sync');
  return (
    <>
      <Text size="sm" mt={4}>
        <IconRouteOff size={16} aria-hidden className={classes['sign']} /> {t(`obstacle.${kind}.title`)}
        {refusal !== undefined && (
          <>
            {' · '}
            <Moment time={refusal.at} />
          </>
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {t(`obstacle.${kind}.text`)}
      </Text>
      <Remedies remedies={remedies} />
    </>
  );
}
