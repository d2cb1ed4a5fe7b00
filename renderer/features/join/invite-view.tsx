import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { InvitePreview } from '../../../shared/engine/contract';
import { Loading, Moment } from '../../ui';
import { Busy } from './busy';
import { DeviceLinkView } from './device-link-view';
import { JoinForm } from './join-form';
import { JoinProblem } from './join-problem';
import { Restoring } from './restoring';
import { useJoin } from './use-join';

interface Props {
  readonly payload: string;
  /** Told whether it is a device link, once it is read. */
  readonly onKind: (device: boolean) => void;
}

/** Who invites to what; then, connected, what one would join; then in. */
export function InviteView({ payload, onKind }: Props) {
  const { t } = useTranslation('join');
  const [, navigate] = useLocation();
  const joined = useCallback((network: string) => navigate(`/n/${network}`), [navigate]);
  const { step, connect, join, restore, cancel } = useJoin(payload, joined);
  const device = 'invite' in step && step.invite.device;
  useEffect(() => onKind(device), [device, onKind]);
  switch (step.at) {
    case 'reading':
      return <Loading />;
    case 'bad-link':
      return (
        <Stack align="flex-start">
          <JoinProblem error={step.error} />
          <Button component={Link} href="/join" variant="default">
            {t('another')}
          </Button>
        </Stack>
      );
    case 'invited':
      if (step.invite.device && (!step.invite.known || step.invite.stopped))
        return <DeviceLinkView payload={payload} preview={step.invite} onAdded={joined} />;
      return (
        <Stack align="flex-start">
          <Invitation invite={step.invite} />
          {step.error !== undefined && <JoinProblem error={step.error} />}
          {step.invite.known ? (
            <Known network={step.invite.network} />
          ) : (
            <>
              <Text c="dimmed" maw="var(--peerhold-measure)">
                {t('connectHint')}
              </Text>
              <Button onClick={connect}>{t(step.error === undefined ? 'connect' : 'connectAgain')}</Button>
            </>
          )}
        </Stack>
      );
    case 'connecting':
      return (
        <Stack align="flex-start">
          <Invitation invite={step.invite} />
          <Busy text={t('connecting')} onCancel={cancel} />
        </Stack>
      );
    case 'applied':
      return (
        <Alert
          color="teal"
          icon={<IconHourglass size={18} />}
          role="status"
          title={t('applied.title', { network: step.preview.networkName })}
        >
          <Stack align="flex-start" gap="sm">
            {t('applied.text')}
            <Button variant="default" size="sm" onClick={() => join(step.name)}>
              {t('applied.again')}
            </Button>
          </Stack>
        </Alert>
      );
    case 'restoring':
      return (
        <Restoring
          network={step.preview.networkName}
          name={step.name}
          code={step.code}
          onAgain={() => restore(step.name)}
          problem={step.error !== undefined ? <JoinProblem error={step.error} /> : undefined}
        />
      );
    case 'preview':
    case 'joining':
      return (
        <JoinForm
          preview={step.preview}
          onJoin={join}
          onRestore={restore}
          joining={step.at === 'joining' ? <Busy text={t('joining')} onCancel={cancel} /> : undefined}
          problem={step.at === 'preview' && step.error !== undefined ? <JoinProblem error={step.error} /> : undefined}
        />
      );
  }
}

function Invitation({ invite }: { readonly invite: InvitePreview }) {
  const { t } = useTranslation('join');
  const { inviter: name, networkName: network } = invite;
  const key = invite.device ? 'device.title' : name === '' ? 'invitedTo' : 'invites';
  return (
    <div>
      <Title order={2}>{t(key, { network, inviter: name, name })}</Title>
      <Text c="dimmed">
        {t('goodUntil')} <Moment time={invite.expires} exact />
      </Text>
    </div>
  );
}

function Known({ network }: { readonly network: string }) {
  const { t } = useTranslation('join');
  return (
    <>
      <Text>{t('known')}</Text>
      <Button component={Link} href={`/n/${network}`}>
        {t('openKnown')}
      </Button>
    </>
  );
}
