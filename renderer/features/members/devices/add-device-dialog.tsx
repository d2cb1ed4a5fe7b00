import { Alert, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetwork, useNetworkStore } from '../../../app/network';
import { getPlatform } from '../../../platform';
import { FormError, Moment } from '../../../ui';
import { InviteLink } from '../invite-link';
import { LanChoice, useLanOpen } from '../../../app/lan-choice';
import { RelayChoice } from '../relay-choice';
import { NewDeviceRequest } from './new-device-request';

type Step =
  | { readonly at: 'start' }
  | { readonly at: 'link'; readonly link: string; readonly expires: number }
  | { readonly at: 'added'; readonly label: string }
  | { readonly at: 'refused' };

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** From a device link to a device that was compared and added. */
export function AddDeviceDialog({ opened, onClose }: Props) {
  const { t } = useTranslation('members');
  const { newDevice } = useNetwork().status;
  const [step, setStep] = useState<Step>({ at: 'start' });
  const close = (): void => {
    setStep({ at: 'start' });
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('addDevice.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {newDevice !== null ? (
        <NewDeviceRequest
          asking={newDevice}
          focus
          onAdded={(label) => setStep({ at: 'added', label })}
          onRefused={() => setStep({ at: 'refused' })}
        />
      ) : (
        <Body step={step} onMade={(made) => setStep({ at: 'link', ...made })} onClose={close} />
      )}
    </Modal>
  );
}

interface BodyProps {
  readonly step: Step;
  readonly onMade: (made: { readonly link: string; readonly expires: number }) => void;
  readonly onClose: () => void;
}

function Body({ step, onMade, onClose }: BodyProps) {
  const { t } = useTranslation('members');
  switch (step.at) {
    case 'start':
      return <Start onMade={onMade} onCancel={onClose} />;
    case 'link':
      return (
        <Stack>
          <InviteLink link={step.link} kind="deviceLink" />
          <Group role="status">
            <Loader size="sm" aria-hidden />
            <Text>{t('addDevice.waiting')}</Text>
          </Group>
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {t('invites.until')} <Moment time={step.expires} exact />
            </Text>
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
          </Group>
        </Stack>
      );
    case 'added':
    case 'refused':
      return (
        <Stack>
          <Alert
            color={step.at === 'added' ? 'green' : 'gray'}
            role="status"
            icon={step.at === 'added' ? <IconCheck size={18} aria-hidden /> : undefined}
            title={step.at === 'added' ? t('addDevice.added', { label: step.label }) : t('addDevice.refused')}
          >
            {t(step.at === 'added' ? 'addDevice.addedText' : 'addDevice.refusedText')}
          </Alert>
          <Group justify="flex-end">
            <Button ref={(button) => button?.focus()} onClick={onClose}>
              {t('addDevice.finish')}
            </Button>
          </Group>
        </Stack>
      );
  }
}

function Start({ onMade, onCancel }: { readonly onMade: BodyProps['onMade']; readonly onCancel: () => void }) {
  const { t } = useTranslation('members');
  const store = useNetworkStore();
  const lanOpen = useLanOpen();
  const [lan, setLan] = useState(true);
  const [relay, setRelay] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const make = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      // First the door, then the link: it lists the addresses at which this app can be reached.
      if (lan && lanOpen === false) await getPlatform().openLan();
      onMade(await store.engine.deviceLink(store.id, relay));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Stack>
      <Text>{t('addDevice.text')}</Text>
      <Text>{t('addDevice.rights')}</Text>
      <LanChoice
        lanOpen={lanOpen}
        hint={t('invite.lanHint')}
        isOpen={t('invite.lanIsOpen')}
        checkbox={{ checked: lan, onChange: (event) => setLan(event.currentTarget.checked) }}
      />
      <RelayChoice checkbox={{ checked: relay, onChange: (event) => setRelay(event.currentTarget.checked) }} />
      <FormError error={error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button loading={busy} onClick={() => void make()} data-autofocus>
          {t('addDevice.make')}
        </Button>
      </Group>
    </Stack>
  );
}
