import { Anchor, AppShell, Badge, Burger, Group, ScrollArea, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsExchange } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { NETWORK_KEY } from '../../../shared/network/state';
import { DetachedText } from '../../ui/detached-text';
import { TitleSuffix } from '../../ui/page-header';
import { useNetwork, useText } from '../network';
import { SkipLink } from '../skip-link';
import { Banner } from './banner';
import { Navigation } from './navigation';
import { SealsBadge } from './seals-badge';
import { SearchButton } from './search-button';
import { SyncButton } from './sync-button';
import classes from './shell.module.css';

/** The frame around every screen of a network. */
export function NetworkShell({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('app');
  const [opened, { toggle, close }] = useDisclosure(false);
  const { state } = useNetwork();
  const network = state.network.get(NETWORK_KEY);
  const name = useText(network?.name);
  return (
    <TitleSuffix value={`${name ?? t('unnamed')} · Peerhold`}>
      <SkipLink />
      <AppShell
        header={{ height: '3.5rem' }}
        navbar={{ width: '14rem', breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={0}
      >
        <AppShell.Header>
          <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
            <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
              <Burger
                opened={opened}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={t('menu')}
                aria-expanded={opened}
              />
              <Text component={Link} href="/" fw={650} truncate className={classes['name']}>
                <DetachedText of={network?.name} fallback={t('unnamed')} />
              </Text>
              {network?.sample === true && (
                <Tooltip label={t('sample.hint')}>
                  <Badge color="yellow" tabIndex={0} style={{ flexShrink: 0 }}>
                    {t('sample.label')}
                  </Badge>
                </Tooltip>
              )}
              <span className={classes['seals']}>
                <SealsBadge />
              </span>
            </Group>
            <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
              <SearchButton />
              <SyncButton />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" className={classes['navbar']} data-closed={!opened || undefined}>
          <AppShell.Section grow component={ScrollArea}>
            <Navigation onGo={close} />
          </AppShell.Section>
          <AppShell.Section>
            <Anchor component={Link} href="~/" className={classes['networks']} size="sm" c="dimmed">
              <IconArrowsExchange size={16} aria-hidden /> {t('allNetworks')}
            </Anchor>
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} className={classes['main']}>
          <div className={classes['page']}>
            <Banner />
            {children}
          </div>
        </AppShell.Main>
      </AppShell>
    </TitleSuffix>
  );
}
