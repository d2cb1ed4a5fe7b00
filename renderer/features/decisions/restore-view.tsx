import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import { restoringCode } from '../../../shared/invite/check-number';
import type { Effect, Proposal } from '../../../shared/network/decisions/model';
import { useMe, useNetwork, useText } from '../../app/network';
import { CheckNumber, MemberName } from '../../ui';
import classes from './decisions.module.css';

interface Props {
  readonly proposal: Proposal;
  readonly effect: Extract<Effect, { kind: 'restore' }>;
}

/** Who is to be restored on which device, and by what members tell that it is them; to the member themselves, what it would mean. */
export function RestoreView({ proposal, effect }: Props) {
  const { t } = useTranslation('decisions');
  const { id, state } = useNetwork();
  const me = useMe();
  const name = useText(state.members.get(effect.member)?.name) ?? '';
  const isPending = proposal.status === 'open' || (proposal.status === 'adopted' && proposal.sealed === undefined);
  const isMine = me?.member === effect.member && me.device !== effect.device;
  return (
    <Stack gap="sm">
      {isPending && isMine && (
        <Alert
          color="red"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          role="alert"
          title={t('restore.mine.title')}
        >
          <Text className={classes['measure']}>{t('restore.mine.text')}</Text>
        </Alert>
      )}
      <Text>
        <Trans t={t} i18nKey="effect.restore" components={{ name: <MemberName id={effect.member} link /> }} />
      </Text>
      <div>
        <Text fw={550}>{t('restore.number')}</Text>
        <CheckNumber label={t('restore.number')} value={restoringCode(id, effect.device)} />
      </div>
      {isPending && !isMine && <Text className={classes['measure']}>{t('restore.hear', { name })}</Text>}
    </Stack>
  );
}
