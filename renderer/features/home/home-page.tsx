import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { DetachedText, PageHeader } from '../../ui';
import { Connected } from './connected';
import { Disputed } from './disputed';
import classes from './home.module.css';
import { NeedsMe } from './needs-me';
import { Recent } from './recent';
import { Stages } from './stages';

/** Where things stand: what needs me, what happened, who has received what, how far the network has come, and what is disputed. */
export function HomePage() {
  const { t } = useTranslation('home');
  const network = useNetwork().state.network.get(NETWORK_KEY);
  return (
    <>
      <PageHeader
        title={<DetachedText of={network?.name} fallback={t('title')} />}
        documentTitle={t('title')}
        subtitle={<DetachedText of={network?.purpose} />}
      />
      <div className={classes['columns']}>
        <Stack gap="xl">
          <NeedsMe />
          <Recent />
        </Stack>
        <Stack gap="xl">
          <Stages />
          <Disputed />
          <Connected />
        </Stack>
      </div>
    </>
  );
}
