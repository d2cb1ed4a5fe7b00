import { Badge, type MantineColor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Authorisation } from '../../../shared/network/ledger/model';

const COLORS: Readonly<Record<Authorisation['status'], MantineColor>> = {
  'not-needed': 'gray',
  free: 'green',
  covered: 'green',
  breach: 'red',
  contested: 'orange',
};

/** Whether a payment was authorised, in a word; nothing where there is nothing to say. */
export function AuthorisationBadge({ status }: { readonly status: Authorisation['status'] }) {
  const { t } = useTranslation('ledger');
  if (status === 'not-needed') return null;
  return <Badge color={COLORS[status]}>{t(`authorisation.${status}.label`)}</Badge>;
}
