import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../app/network';
import { ConfirmButton } from '../../ui';

/** The way out: ends one's own rights, keeps the history. */
export function Leave() {
  const { t } = useTranslation('members');
  const act = useAct();
  return (
    <section aria-labelledby="leave">
      <Title order={2} id="leave" mb={4}>
        {t('leave.title')}
      </Title>
      <Text c="dimmed" mb="sm" maw="var(--peerhold-measure)">
        {t('leave.text')}
      </Text>
      <ConfirmButton
        color="red"
        variant="outline"
        title={t('leave.confirmTitle')}
        text={t('leave.confirmText')}
        confirm={t('leave.confirm')}
        onConfirm={() => act('member.leave', {})}
      >
        {t('leave.action')}
      </ConfirmButton>
    </section>
  );
}
