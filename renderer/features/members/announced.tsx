import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Member } from '../../../shared/network/membership/model';
import { Moment } from '../../ui';

/** For all to see: that a member has announced to leave, and from when on they are gone. */
export function Announced({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  if (member.leaving === undefined || member.status !== 'active') return null;
  return (
    <Alert color="blue" variant="light" title={t('announced.title')}>
      <WhenGone member={member} />
    </Alert>
  );
}

/** From when on a seal has them gone, once that is known. */
export function WhenGone({ member: { leaving } }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  if (leaving?.due === undefined) return t('announced.beginning');
  return (
    <>
      {t('announced.until')} <Moment time={leaving.due} exact />
    </>
  );
}
