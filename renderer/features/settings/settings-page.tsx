import { Anchor, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PageHeader } from '../../ui';
import { VerifyEverything } from '../seals';
import { About } from './about';
import { Appearance } from './appearance';
import { ByFile } from './by-file';
import { Identity } from './identity';
import { InBackground } from './in-background';
import { Keys } from './keys';
import { LanDoor } from './lan-door';
import { NewVersion } from './new-version';
import { Notices } from './notices';
import { Storage } from './storage';

/** How the app looks and what it is, outside any network. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <>
      <Anchor component={Link} href="/" size="sm" mb="md" display="inline-block">
        {t('back')}
      </Anchor>
      <PageHeader title={t('title')} />
      <Stack gap="xl">
        <Appearance />
        <LanDoor />
        <Notices />
        <InBackground />
        <Keys />
        <Storage />
        <NewVersion />
        <About />
      </Stack>
    </>
  );
}

/** The same inside a network, with what identifies this device in it. */
export function NetworkSettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <>
      <PageHeader title={t('title')} />
      <Stack gap="xl">
        <Appearance />
        <LanDoor />
        <Notices />
        <InBackground />
        <Identity />
        <ByFile />
        <Keys />
        <Storage />
        <VerifyEverything />
        <NewVersion />
        <About />
      </Stack>
    </>
  );
}
