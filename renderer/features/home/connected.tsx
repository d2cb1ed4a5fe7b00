import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { othersOf, summarise } from '../../app/shell/delivery';
import { MemberName } from '../../ui';

const NAMED = 6;

/** In words what the sync button's panel lists: who is here, and who has all that I did. */
export function Connected() {
  const { t } = useTranslation('home');
  const { state, status } = useNetwork();
  const { online, connected, complete, others } = summarise(status);
  const sample = state.network.get(NETWORK_KEY)?.sample === true;
  const here = othersOf(status).filter((each) => each.connected);
  return (
    <section aria-labelledby="connected">
      <Title order={2} id="connected" mb="xs">
        {t('connected.title')}
      </Title>
      {sample && connected === 0 ? (
        <Text c="dimmed">{t('connected.sample')}</Text>
      ) : others === 0 ? (
        <Text c="dimmed">{t('connected.alone')}</Text>
      ) : (
        <Stack gap={4}>
          <Text>
            {!online ? t('connected.offline') : t('connected.now', { count: connected })}
            {here.slice(0, NAMED).map(({ member }, index) => (
              <span key={member}>
                {index === 0 ? ' ' : ', '}
                <MemberName id={member} link />
              </span>
            ))}
            {here.length > NAMED && '…'}
          </Text>
          <Text c="dimmed">
            {complete === others ? t('connected.allHave') : t('connected.someHave', { complete, count: others })}
          </Text>
        </Stack>
      )}
    </section>
  );
}
