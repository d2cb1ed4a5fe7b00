import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../network';

/** Says what a person who is not (or no longer) a full member should know on every screen. */
export function Banner() {
  const { t } = useTranslation('app');
  const { state, status } = useNetwork();
  const me = status.me === null ? undefined : state.members.get(status.me.member);
  if (status.me !== null && me?.status === 'active') return null;
  const key = status.me === null || me === undefined ? 'unknown' : me.status;
  return (
    <Alert variant="light" icon={<IconInfoCircle size={18} />} mb="lg" title={t(`banner.${key}.title`)}>
      {t(`banner.${key}.text`)}
    </Alert>
  );
}
