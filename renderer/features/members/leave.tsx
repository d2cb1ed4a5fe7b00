import { Alert, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unsettledOf } from '../../../shared/network/membership/leaving';
import { useAct, useMe, useNetwork } from '../../app/network';
import { ConfirmButton } from '../../ui';
import { UnsettledList } from './unsettled';

/** The way out: ends one's own rights, keeps the history. */
export function Leave() {
  const { t } = useTranslation('members');
  const act = useAct();
  const { state } = useNetwork();
  const me = useMe()?.member;
  const unsettled = useMemo(() => (me === undefined ? undefined : unsettledOf(state, me)), [state, me]);
  return (
    <section aria-labelledby="leave">
      <Title order={2} id="leave" mb={4}>
        {t('leave.title')}
      </Title>
      <Text c="dimmed" mb="sm" maw="var(--peerhold-measure)">
        {t('leave.text')}
      </Text>
      {unsettled !== undefined && (
        <Alert color="yellow" variant="light" title={t('unsettled.title')} mb="sm" maw="var(--peerhold-measure)">
          <Text size="sm" mb="xs">
            {t('unsettled.own')}
          </Text>
          <UnsettledList of={unsettled} />
        </Alert>
      )}
      <ConfirmButton
        color="red"
        variant="outline"
        title={t('leave.confirmTitle')}
        text={unsettled === undefined ? t('leave.confirmText') : `${t('unsettled.own')} ${t('leave.confirmText')}`}
        confirm={t('leave.confirm')}
        onConfirm={() => act('member.leave', {})}
      >
        {t('leave.action')}
      </ConfirmButton>
    </section>
  );
}
