import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconLifebuoy, IconPlant2, IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNetworks } from '../../app/engine';
import { ErrorState, Loading, PageHeader } from '../../ui';
import { NetworkList } from './network-list';
import { OpenSample } from './open-sample';
import classes from './start.module.css';

/** The first screen: what Peerhold is, the networks on this device, and the four ways in. */
export function StartPage() {
  const { t } = useTranslation('start');
  const { list, error, reload } = useNetworks();
  const some = list !== undefined && list.length > 0;
  return (
    <Stack gap="xl">
      <div>
        <PageHeader title={t('title')} documentTitle="" subtitle={t('what')} />
        {!some && <Text maw="var(--peerhold-measure)">{t('how')}</Text>}
      </div>
      {error !== undefined && <ErrorState error={error} retry={reload} />}
      {list === undefined && error === undefined && <Loading />}
      {some && <NetworkList networks={list} />}
      <section aria-labelledby="begin">
        <Title order={2} id="begin" mb="sm">
          {t(some ? 'more' : 'begin')}
        </Title>
        <div className={classes['ways']}>
          <div className={classes['way']}>
            <IconPlant2 size={28} stroke={1.5} aria-hidden />
            <Title order={3}>{t('found.title')}</Title>
            <Text c="dimmed">{t('found.text')}</Text>
            <Button component={Link} href="/found" variant={some ? 'default' : 'filled'}>
              {t('found.action')}
            </Button>
          </div>
          <div className={classes['way']}>
            <IconTicket size={28} stroke={1.5} aria-hidden />
            <Title order={3}>{t('join.title')}</Title>
            <Text c="dimmed">{t('join.text')}</Text>
            <Button component={Link} href="/join" variant="default">
              {t('join.action')}
            </Button>
          </div>
          <div className={classes['way']}>
            <IconLifebuoy size={28} stroke={1.5} aria-hidden />
            <Title order={3}>{t('restore.title')}</Title>
            <Text c="dimmed">{t('restore.text')}</Text>
            <Button component={Link} href="/restore" variant="default">
              {t('restore.action')}
            </Button>
          </div>
        </div>
      </section>
      <OpenSample known={list?.find(({ sample }) => sample)?.id} first={!some} />
      <Group justify="space-between" component="footer">
        <Text size="sm" c="dimmed" maw="34rem">
          {t('privacy')}
        </Text>
        <Anchor component={Link} href="/settings" size="sm">
          {t('settings')}
        </Anchor>
      </Group>
    </Stack>
  );
}
