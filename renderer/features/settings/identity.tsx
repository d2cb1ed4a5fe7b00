import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMe, useNetwork } from '../../app/network';
import { CopyField } from '../../ui';

/** The ids by which the network and this device are known to the others. */
export function Identity() {
  const { t } = useTranslation('settings');
  const { id } = useNetwork();
  const me = useMe();
  return (
    <section aria-labelledby="identity">
      <Title order={2} id="identity" mb={4}>
        {t('identity.title')}
      </Title>
      <Text c="dimmed" mb="sm" maw="var(--peerhold-measure)">
        {t('identity.hint')}
      </Text>
      <Stack maw="var(--peerhold-measure)">
        <CopyField label={t('identity.network')} value={id} />
        {me !== null && <CopyField label={t('identity.device')} value={me.device} />}
        {me !== null && (
          <Anchor component={Link} href={`/members/${me.member}`} size="sm">
            {t('identity.devices')}
          </Anchor>
        )}
      </Stack>
    </section>
  );
}
