import { Alert, Anchor } from '@mantine/core';
import { IconDevices, IconDownload, IconInfoCircle, IconPlayerStop, IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { NetworkStatus } from '../../../shared/engine/contract';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../network';
import { useStopped } from '../stopped';

/** Says what a person who is not (or no longer) a full member should know on every screen. */
export function Banner() {
  const { t } = useTranslation('app');
  const { state, status } = useNetwork();
  const stopped = useStopped();
  if (status.problem?.code === 'app-too-old') return <TooOldBanner />;
  const me = status.me === null ? undefined : state.members.get(status.me.member);
  if (status.me !== null && me?.status === 'active')
    return stopped === null && me.sealed !== undefined && isShutOut(status) ? (
      <ShutOutBanner />
    ) : (
      <DeviceBanner page={`/members/${me.id}`} />
    );
  const key = status.me === null || me === undefined ? 'unknown' : me.status;
  return (
    <Alert variant="light" icon={<IconInfoCircle size={18} />} mb="lg" title={t(`banner.${key}.title`)}>
      {t(`banner.${key}.text`)}
    </Alert>
  );
}

/** Whether a member who was reached knows of an end of this device or its member that has not arrived here, and nobody else is there: nobody will tell it. */
const isShutOut = ({ peers, refusals }: NetworkStatus): boolean =>
  peers.length === 0 && refusals.some(({ reason, member }) => reason === 'not-accepted' && member !== null);

function ShutOutBanner() {
  const { t } = useTranslation('app');
  return (
    <Alert color="red" role="status" icon={<IconPlayerStop size={18} aria-hidden />} mb="lg" title={t('shutOut.title')}>
      {t('shutOut.text')}
    </Alert>
  );
}

/** The one thing to say then: whatever else there is, this app can do nothing about it. */
function TooOldBanner() {
  const { t } = useTranslation('app');
  const rules = useNetwork().state.network.get(NETWORK_KEY)?.rules;
  return (
    <Alert color="red" role="status" icon={<IconDownload size={18} aria-hidden />} mb="lg" title={t('tooOld.title')}>
      {t(rules === undefined ? 'tooOld.unknown' : 'tooOld.text', { rules })} {t('tooOld.do')}
    </Alert>
  );
}

/** This device can sign nothing more, or another one asks to be added: says so everywhere but on the page that has the whole of it. */
function DeviceBanner({ page }: { readonly page: string }) {
  const { t } = useTranslation('app');
  const { newDevice, restoring } = useNetwork().status;
  const stopped = useStopped();
  const [location] = useLocation();
  if (stopped === null && newDevice === null && restoring.length > 0)
    return <RestoringBanner name={restoring[0]!.name} />;
  if (location === page || (stopped === null && newDevice === null)) return null;
  const key = stopped === null ? 'newDevice' : 'stopped';
  const Icon = stopped === null ? IconDevices : IconPlayerStop;
  return (
    <Alert
      color={stopped === null ? 'blue' : 'red'}
      role="status"
      icon={<Icon size={18} aria-hidden />}
      mb="lg"
      title={t(`device.${key}.title`, { label: newDevice?.label })}
    >
      <Anchor component={Link} href={page} c="inherit" underline="always" inherit>
        {t(`device.${key}.see`)}
      </Anchor>
    </Alert>
  );
}

/** Somebody came with an invite and says that they are a member who lost all devices. */
function RestoringBanner({ name }: { readonly name: string }) {
  const { t } = useTranslation('app');
  const [location] = useLocation();
  if (location === '/members' || location === '/decisions/new') return null;
  return (
    <Alert
      color="blue"
      role="status"
      icon={<IconUserQuestion size={18} aria-hidden />}
      mb="lg"
      title={t('device.restoring.title', { name })}
    >
      <Anchor component={Link} href="/members" c="inherit" underline="always" inherit>
        {t('device.restoring.see')}
      </Anchor>
    </Alert>
  );
}
