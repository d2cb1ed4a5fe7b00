import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { activeMembers, hasRight } from '../../../shared/network/membership/queries';
import { useNetwork } from '../../app/network';
import { EmptyState, PageHeader, WithRight } from '../../ui';
import { InviteDialog } from './invite-dialog';
import { Invites } from './invites';
import { MembersTable } from './members-table';
import { RestoringRequests } from './restoring';

/** Who is in, and the invites that let others in. */
export function MembersPage() {
  const { t } = useTranslation('members');
  const { state, status } = useNetwork();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).has('invite');
  const active = activeMembers(state);
  const mayInvite = status.me !== null && hasRight(state, status.me.member, 'invite');
  const [inviting, { open, close }] = useDisclosure(asked && mayInvite);
  const leave = (): void => {
    close();
    // Else it would open again when the window is loaded again.
    if (asked) navigate('/members', { replace: true });
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle', { count: active.length })}
        actions={
          <WithRight right="invite" what={t('invite.action')}>
            <Button leftSection={<IconUserPlus size={18} />} onClick={open} aria-haspopup="dialog">
              {t('invite.action')}
            </Button>
          </WithRight>
        }
      />
      <Stack gap="xl">
        <RestoringRequests />
        <MembersTable />
        {active.length < 2 && mayInvite && state.invites.size === 0 && (
          <EmptyState title={t('alone.title')} text={t('alone.text')} icon={<IconUserPlus size={28} stroke={1.5} />} />
        )}
        <Invites />
      </Stack>
      <InviteDialog opened={inviting} onClose={leave} />
    </>
  );
}
