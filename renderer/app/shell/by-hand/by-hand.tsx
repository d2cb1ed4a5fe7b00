import { Button, Modal, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../../network';
import { HAND_ID } from '../sync/parts';
import { HandSteps } from './hand-steps';

/** The way to connect without any meeting place. */
export function ByHand() {
  const { t } = useTranslation('app');
  const [opened, { open, close }] = useDisclosure(false);
  const { status } = useNetwork();
  return (
    <section>
      <Title order={3} size="h4">
        {t('byHand.title')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t(status.online ? 'byHand.hint' : 'byHand.hintOffline')}
      </Text>
      <Button id={HAND_ID} variant="default" mt="xs" disabled={!status.online} onClick={open} aria-haspopup="dialog">
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
