import { Badge, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foreseeRevoking } from '../../../shared/network/foreseen/foreseen';
import type { Invite } from '../../../shared/network/membership/model';
import { endOfInvite } from '../../../shared/network/membership/queries';
import { useAct, useNetwork, useNetworkStore } from '../../app/network';
import { ConfirmButton, ErrorState, MemberName, Moment, WhyButton, WhyNot, typeLabel, useNow } from '../../ui';
import { InviteLink } from './invite-link';
import { type InviteState, inviteState } from './invite-state';
import classes from './members.module.css';

const SHOWN_AT_FIRST = 10;

const COLORS: Readonly<Record<InviteState, string>> = { open: 'green', used: 'gray', expired: 'gray', revoked: 'gray' };

/** The invites of the network, open ones first, then the newest. */
export function Invites() {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const now = useNow();
  const [all, setAll] = useState(false);
  const invites = useMemo(() => {
    const rows = [...state.invites.values()].map((invite) => ({ invite, standing: inviteState(invite, now) }));
    return rows.sort(
      (a, b) => Number(b.standing === 'open') - Number(a.standing === 'open') || b.invite.time - a.invite.time,
    );
  }, [state.invites, now]);
  if (invites.length === 0) return null;
  const shown = all ? invites : invites.slice(0, SHOWN_AT_FIRST);
  return (
    <section aria-labelledby="invites">
      <Title order={2} id="invites" mb="xs">
        {t('invites.title')}
      </Title>
      <ul className={classes['list']}>
        {shown.map(({ invite, standing }) => (
          <InviteRow key={invite.id} invite={invite} standing={standing} />
        ))}
      </ul>
      {shown.length < invites.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          {t('more', { count: invites.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

function InviteRow({ invite, standing }: { readonly invite: Invite; readonly standing: InviteState }) {
  const { t } = useTranslation('members');
  const { state, status } = useNetwork();
  const act = useAct();
  const me = status.me?.member;
  const unrevoked = me === undefined ? undefined : foreseeRevoking(state, invite, me);
  const type = typeLabel(invite.type, state);
  return (
    <li>
      <div className={classes['main']}>
        <Group gap="xs">
          <Text fw={550}>{type}</Text>
          <Badge color={COLORS[standing]}>{t(`invites.${standing}`)}</Badge>
          <WhyButton why={invite.why} label={t('invites.label', { type })} />
        </Group>
        <Text size="sm" c="dimmed">
          {t('invites.by')} <MemberName id={invite.by} /> ·{' '}
          {t('invites.uses', { used: invite.used.length, count: invite.uses })} ·{' '}
          {t(standing === 'expired' ? 'invites.endedAt' : 'invites.until')} <Moment time={endOfInvite(invite)} exact />
        </Text>
      </div>
      {standing === 'open' && (
        <Group gap="xs">
          {invite.by === me && <ShowLink invite={invite.id} type={type} />}
          {unrevoked !== undefined && <WhyNot foreseen={unrevoked} what={t('invites.revokeWhat')} />}
          {me !== undefined && unrevoked === undefined && (
            <ConfirmButton
              size="sm"
              variant="subtle"
              color="red"
              title={t('invites.revokeTitle')}
              text={t('invites.revokeText')}
              onConfirm={() => act('invite.revoke', { invite: invite.id })}
            >
              {t('invites.revoke')}
            </ConfirmButton>
          )}
        </Group>
      )}
    </li>
  );
}

/** Shows an invite's link again, where its secret is on this device. */
function ShowLink({ invite, type }: { readonly invite: string; readonly type: string }) {
  const { t } = useTranslation('members');
  const store = useNetworkStore();
  const [link, setLink] = useState<string | null>();
  const [error, setError] = useState<unknown>();
  const opened = link !== undefined || error !== undefined;
  const close = (): void => {
    setLink(undefined);
    setError(undefined);
  };
  return (
    <>
      <Button
        size="sm"
        variant="default"
        aria-haspopup="dialog"
        onClick={() => void store.engine.inviteLink(store.id, invite).then(setLink, setError)}
      >
        {t('invites.show')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('invites.label', { type })}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack>
          {error !== undefined && <ErrorState error={error} />}
          {link === null && <Text>{t('invites.elsewhere')}</Text>}
          {typeof link === 'string' && <InviteLink link={link} />}
        </Stack>
      </Modal>
    </>
  );
}
