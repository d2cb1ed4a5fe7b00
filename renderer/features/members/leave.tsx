import { Alert, Group, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unsettledOf } from '../../../shared/network/membership/leaving';
import type { Member } from '../../../shared/network/membership/model';
import { noticeIn } from '../../../shared/network/membership/notice';
import { useAct, useNetwork } from '../../app/network';
import { ClauseLink, ConfirmButton } from '../../ui';
import { WhenGone } from './announced';
import { UnsettledList } from './unsettled';

/** The way out: ends one's own rights after the notice that the agreement asks for or at once, keeps the history. */
export function Leave({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const act = useAct();
  const { state } = useNetwork();
  const unsettled = useMemo(() => unsettledOf(state, member.id), [state, member.id]);
  const notice = useMemo(() => noticeIn(state), [state]);
  const announced = member.leaving !== undefined;
  const words = [
    ...(unsettled === undefined ? [] : [t('unsettled.own')]),
    ...(notice === undefined ? [] : [t('leave.noNotice', { count: notice.days })]),
    t('leave.confirmText'),
  ];
  return (
    <section aria-labelledby="leave">
      <Title order={2} id="leave" mb={4}>
        {t('leave.title')}
      </Title>
      <Text c="dimmed" mb="sm" maw="var(--peerhold-measure)">
        {t('leave.text')}
      </Text>
      {notice !== undefined && !announced && (
        <Text mb="sm" maw="var(--peerhold-measure)" component="div">
          {t('leave.notice', { count: notice.days })} <ClauseLink clause={notice.clause} />
        </Text>
      )}
      {announced && (
        <Text mb="sm" maw="var(--peerhold-measure)" component="div">
          {t('leave.announced')} <WhenGone member={member} />
        </Text>
      )}
      {unsettled !== undefined && (
        <Alert color="yellow" variant="light" title={t('unsettled.title')} mb="sm" maw="var(--peerhold-measure)">
          <Text size="sm" mb="xs">
            {t('unsettled.own')}
          </Text>
          <UnsettledList of={unsettled} />
        </Alert>
      )}
      <Group gap="sm">
        {announced && (
          <ConfirmButton
            variant="default"
            title={t('leave.stayTitle')}
            text={t('leave.stayText')}
            onConfirm={() => act('member.announce', { leaves: false })}
          >
            {t('leave.stay')}
          </ConfirmButton>
        )}
        {notice !== undefined && !announced && (
          <ConfirmButton
            variant="default"
            title={t('leave.announceTitle')}
            text={t('leave.announceText', { count: notice.days })}
            confirm={t('leave.announceConfirm')}
            onConfirm={() => act('member.announce', { leaves: true })}
          >
            {t('leave.announce')}
          </ConfirmButton>
        )}
        <ConfirmButton
          color="red"
          variant="outline"
          title={t('leave.confirmTitle')}
          text={words.join(' ')}
          confirm={t('leave.confirm')}
          onConfirm={() => act('member.leave', {})}
        >
          {t(notice === undefined && !announced ? 'leave.action' : 'leave.atOnce')}
        </ConfirmButton>
      </Group>
    </section>
  );
}
