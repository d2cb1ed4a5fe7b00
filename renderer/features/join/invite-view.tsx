import { Alert, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { errorCode } from '../../../shared/errors';
import type { InvitePreview } from '../../engine/contract';
import { Loading, Moment, useErrorText } from '../../ui';
import { JoinForm } from './join-form';
import { useJoin } from './use-join';

/** Who invites to what; then, connected, what one would join; then in. */
export function InviteView({ payload }: { readonly payload: string }) {
  const { t } = useTranslation('join');
  const [, navigate] = useLocation();
  const joined = useCallback((network: string) => navigate(`/n/${network}`), [navigate]);
  const { step, connect, join, cancel } = useJoin(payload, joined);
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
    case 'preview':
    case 'joining':
      return (
        <JoinForm
          preview={step.preview}
          onJoin={join}
          joining={step.at === 'joining' ? <Busy text={t('joining')} onCancel={cancel} /> : undefined}
          problem={step.at === 'preview' && step.error !== undefined ? <JoinProblem error={step.error} /> : undefined}
        />
      );
  }
}

function Invitation({ invite }: { readonly invite: InvitePreview }) {
  const { t } = useTranslation('join');
  return (
    <div>
      <Title order={2}>
        {invite.inviter === ''
          ? t('invitedTo', { network: invite.networkName })
          : t('invites', { inviter: invite.inviter, network: invite.networkName })}
      </Title>
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

function Busy({ text, onCancel }: { readonly text: string; readonly onCancel: () => void }) {
  const { t } = useTranslation('join');
  return (
    <Group role="status">
      <Loader size="sm" aria-hidden />
      <Text>{text}</Text>
      <Button variant="default" size="sm" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </Group>
  );
}

/** What went wrong, and what the person can do about it. */
function JoinProblem({ error }: { readonly error: unknown }) {
  const { t, i18n } = useTranslation('join');
  const text = useErrorText();
  const advice = `advice.${errorCode(error)}`;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert" title={text(error)}>
      {t(i18n.exists(advice, { ns: 'join' }) ? advice : 'advice.other')}
    </Alert>
  );
}
