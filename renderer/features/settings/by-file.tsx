import { Anchor, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';

/** The way to where the network is made into a file. */
export function ByFile() {
  const { t } = useTranslation('settings');
  // Nobody else has the sample network.
  if (useNetwork().state.network.get(NETWORK_KEY)?.sample === true) return null;
  return (
    <section aria-labelledby="by-file">
      <Title order={2} id="by-file" mb={4}>
        {t('byFile.title')}
      </Title>
      <Text c="dimmed" mb="xs" maw="var(--peerhold-measure)">
        {t('byFile.hint')}
      </Text>
      <Group gap="lg">
        <Anchor component={Link} href="/bundles">
          {t('byFile.open')}
        </Anchor>
        <Anchor component={Link} href="/backup">
          {t('byFile.backup')}
        </Anchor>
      </Group>
    </section>
  );
}
