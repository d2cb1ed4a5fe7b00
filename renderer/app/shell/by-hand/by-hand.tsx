import { Button, Modal, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../../shared/network/state';
import { useNetwork } from '../../network';
import { HandSteps } from './hand-steps';

/** The way to connect without any meeting place. */
export function ByHand() {
  const { t } = useTranslation('app');
  const [opened, { open, close }] = useDisclosure(false);
  const { state, status } = useNetwork();
  // Nobody else has the sample network.
  if (state.network.get(NETWORK_KEY)?.sample === true) return null;
  return (
    <section>
      <Title order={3} size="h4">
        {t('byHand.title')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t(status.online ? 'byHand.hint' : 'byHand.hintOffline')}
      </Text>
      <Button variant="default" mt="xs" disabled={!status.online} onClick={open} aria-haspopup="dialog">
        {t('byHand.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('byHand.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('byHand.close') }}
      >
        <HandSteps onDone={close} />
      </Modal>
    </section>
  );
}
