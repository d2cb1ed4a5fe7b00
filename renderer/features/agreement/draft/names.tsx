import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { MemberName } from '../../../ui';

/** Members one after the other; null: somebody unknown. */
export function Names({ members }: { readonly members: readonly (string | null)[] }) {
  const { t } = useTranslation('suggestions');
  return members.map((member, index) => (
    <Fragment key={member ?? ''}>
      {index > 0 && ', '}
      {member === null ? t('somebody') : <MemberName id={member} />}
    </Fragment>
  ));
}
