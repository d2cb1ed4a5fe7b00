import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { carriedMembers } from '../../shared/network/founding/queries';
import { useNetwork } from '../app/network';
import { DetachedText } from './detached-text';

interface Props {
  /** Member id. */
  readonly id: string;
  /** Links to the member's page; not inside another link. */
  readonly link?: boolean;
}

/** A member's name as they last wrote it, marked when it is the person at this device. */
export function MemberName({ id, link = false }: Props) {
  const { t } = useTranslation('ui');
  const { state, status } = useNetwork();
  const member = state.members.get(id);
  const before = member === undefined ? carriedMembers(state).find((one) => one.id === id) : undefined;
  if (before !== undefined)
    return (
      <span>
        <DetachedText of={before.name} /> {t('before')}
      </span>
    );
  const name = (
    <>
      {member === undefined ? t('unknownMember') : <DetachedText of={member.name} />}
      {status.me?.member === id && (
        <Text span inherit c="dimmed" fw="normal">
          {' '}
          {t('you')}
        </Text>
      )}
    </>
  );
  if (!link || member === undefined) return <span>{name}</span>;
  return (
    <Anchor component={Link} href={`/members/${id}`} inherit>
      {name}
    </Anchor>
  );
}
