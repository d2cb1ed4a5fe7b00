import { Badge, Tooltip } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNetwork } from '../network';

/** Whether all that is shown is sealed, or how much is not; leads to the seals. */
export function SealsBadge() {
  const { t } = useTranslation('app');
  const { sealed, unsealed, events } = useNetwork().status;
  // The first status has not come yet.
  if (events === 0) return null;
  const all = sealed !== null && unsealed === 0;
  return (
    <Tooltip label={t('seals.hint')} multiline maw="18rem">
      <Badge
        component={Link}
        href="/seals"
        color={all ? 'green' : 'gray'}
        variant={all ? 'light' : 'outline'}
        style={{ cursor: 'pointer' }}
        {...(all ? { leftSection: <IconShieldCheck size={13} aria-hidden /> } : {})}
      >
        {all ? t('seals.all') : unsealed === 0 ? t('seals.none') : t('seals.waiting', { count: unsealed })}
      </Badge>
    </Tooltip>
  );
}
