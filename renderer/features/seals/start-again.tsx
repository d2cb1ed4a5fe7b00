import { Button, Checkbox, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { NextSeal } from '../../../shared/seal/status';
import { useEngine } from '../../app/engine';
import { useMe, useNetwork, useNetworkStore, useText } from '../../app/network';
import { NETWORK_KEY } from '../../../shared/network/state';
import { ClockNow, FormError, Moment, useNow } from '../../ui';
import { MAX_DEVICE, MAX_NAME } from './limits';
import classes from './seals.module.css';
import { useSealWords } from './use-seal-words';

/** Milliseconds for which people may just be away. */
const LONG = 3 * 86_400_000;

interface Props {
  readonly next: NextSeal;
  /** The newest seal; null where there is none. */
  readonly height: number | null;
}

/** Where a seal has waited for others for long: the way out should they never come. */
export function StartAgain({ next, height }: Props) {
  const { t } = useTranslation('seals');
  const me = useMe();
  const now = useNow();
  if (me === null || next.waitingFor.every((member) => member === me.member)) return null;
  if (next.since === null || now - next.since < LONG) return null;
  return (
    <>
      <Text size="sm" c="dimmed" mt="sm" className={classes['measure'] ?? ''}>
        {t('again.since')} <Moment time={next.since} exact />. {t('again.hint')}
      </Text>
      <Opener reason="quorum" height={height} />
    </>
  );
}

/** Where the time of the network is ahead of right clocks: the way out for who does not want to wait until then. */
export function StartAgainInTime({ height }: Pick<Props, 'height'>) {
  return useMe() === null ? null : <Opener reason="time" height={height} />;
}

interface Reasoned {
  readonly reason: 'quorum' | 'time';
  readonly height: number | null;
}

function Opener({ reason, height }: Reasoned) {
  const { t } = useTranslation('seals');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" mt="xs" onClick={() => setOpened(true)}>
        {t(`again.open.${reason}`)}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t(`again.title.${reason}`)}
        size="lg"
        closeButtonProps={{ 'aria-label': t('again.close') }}
      >
        {opened && <Form reason={reason} height={height} onClose={() => setOpened(false)} />}
      </Modal>
    </>
  );
}

function Form({ reason, height, onClose }: Reasoned & { readonly onClose: () => void }) {
  const { t } = useTranslation('seals');
  const { state } = useNetwork();
  const me = useMe();
  const oldName = useText(state.network.get(NETWORK_KEY)?.name) ?? '';
  const ownName = useText(state.members.get(me?.member ?? '')?.name) ?? '';
  const label = state.devices.get(me?.device ?? '')?.label ?? '';
  const [name, setName] = useState<string | null>(null);
  const [founder, setFounder] = useState<string | null>(null);
  const [device, setDevice] = useState(label === '' ? t('again.deviceDefault') : label);
  const [agreed, setAgreed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const engine = useEngine();
  const { id } = useNetworkStore();
  const [, navigate] = useLocation();
  const memoOf = useSealWords();
  const words = { name: (name ?? oldName).trim(), founder: (founder ?? ownName).trim(), device: device.trim() };
  const isComplete = agreed && Object.values(words).every((word) => word !== '');

  const start = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const memo = t('again.memo', { seal: memoOf(height), network: oldName });
      const made = await engine.calls.refound(id, { ...words, memo });
      navigate(`~/n/${made}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void start(event)}>
      <Stack>
        <Text>{t(`again.why.${reason}`)}</Text>
        <List spacing="xs">
          <List.Item>{t(height === null ? 'again.takesNothing' : 'again.takes', { height })}</List.Item>
          <List.Item>{t('again.leaves')}</List.Item>
          <List.Item>{t('again.people')}</List.Item>
          <List.Item>{t('again.stays')}</List.Item>
        </List>
        <TextInput
          label={t('again.name')}
          value={name ?? oldName}
          maxLength={MAX_NAME}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('again.you')}
          value={founder ?? ownName}
          maxLength={MAX_NAME}
          required
          onChange={(event) => setFounder(event.currentTarget.value)}
        />
        <TextInput
          label={t('again.device')}
          value={device}
          maxLength={MAX_DEVICE}
          required
          onChange={(event) => setDevice(event.currentTarget.value)}
        />
        <ClockNow />
        <Checkbox
          label={t('again.agreed')}
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
        />
        <FormError error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('again.cancel')}
          </Button>
          <Button type="submit" disabled={!isComplete} loading={busy}>
            {t('again.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
