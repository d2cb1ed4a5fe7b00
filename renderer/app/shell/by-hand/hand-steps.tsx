import { Alert, Button, Divider, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { PeerholdError } from '../../../../shared/errors';
import type { ByHand, HandState } from '../../../../shared/sync/meeting/by-hand/by-hand';
import { CopyField, Moment, QrCode, useErrorText } from '../../../ui';
import { useEngine } from '../../engine';
import { useNetworkStore } from '../../network';
import { CodeForm } from './code-form';

/** What is to be done next, until the two devices are connected. It goes on while this is closed. */
export function HandSteps({ onDone }: { readonly onDone: () => void }) {
  const engine = useEngine();
  const hand = engine.byHand(useNetworkStore().id);
  const subscribe = useCallback((told: () => void) => hand.changed.add(told), [hand]);
  const state = useSyncExternalStore(subscribe, () => hand.state);
  return (
    <Stack>
      <Step hand={hand} state={state} onDone={onDone} />
    </Stack>
  );
}

interface Props {
  readonly hand: ByHand;
  readonly state: HandState;
  readonly onDone: () => void;
}

function Step({ hand, state, onDone }: Props) {
  const { t } = useTranslation('app');
  switch (state.at) {
    case 'idle':
    case 'ended':
      return <Beginning hand={hand} ended={state.at === 'ended' ? state : undefined} />;
    case 'making':
    case 'connecting':
      return (
        <>
          <Busy words={t(`byHand.${state.at}`)} />
          <GiveUp hand={hand} />
        </>
      );
    case 'waiting':
      return <Waiting hand={hand} {...state} />;
    case 'connected':
      return (
        <>
          <Alert color="green" role="status" icon={<IconCheck size={18} aria-hidden />} title={t('byHand.connected')}>
            {t('byHand.connectedText')}
          </Alert>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => hand.cancel()}>
              {t('byHand.another')}
            </Button>
            <Button ref={(button) => button?.focus()} onClick={onDone}>
              {t('byHand.close')}
            </Button>
          </Group>
        </>
      );
  }
}

interface BeginningProps {
  readonly hand: ByHand;
  readonly ended: { readonly why: string; readonly connected: boolean } | undefined;
}

function Beginning({ hand, ended }: BeginningProps) {
  const { t } = useTranslation('app');
  const errorText = useErrorText();
  return (
    <>
      {ended !== undefined && (
        <Alert
          color="orange"
          role="alert"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={t(ended.connected ? 'byHand.lost' : 'byHand.failed')}
        >
          {errorText(new PeerholdError(ended.why))}
        </Alert>
      )}
      <Text>{t('byHand.text')}</Text>
      <Group>
        <Button onClick={() => void hand.offer()} data-autofocus>
          {t('byHand.make')}
        </Button>
      </Group>
      <Divider />
      <CodeForm
        label={t('byHand.received')}
        description={t('byHand.receivedHint')}
        action={t('byHand.answer')}
        take={(code) => hand.answer(code)}
      />
    </>
  );
}

type WaitingProps = HandState & { readonly at: 'waiting' } & { readonly hand: ByHand };

function Waiting({ hand, type, code, expires }: WaitingProps) {
  const { t } = useTranslation('app');
  const isOffer = type === 'offer';
  return (
    <>
      <Text>{t(isOffer ? 'byHand.offerHint' : 'byHand.yourAnswerHint')}</Text>
      <CopyField label={t(isOffer ? 'byHand.offer' : 'byHand.yourAnswer')} value={code} />
      <QrCode text={code} label={t(isOffer ? 'byHand.offerQr' : 'byHand.yourAnswerQr')} />
      <Text size="sm" c="dimmed">
        {t('byHand.until')} <Moment time={expires} exact />
      </Text>
      {isOffer ? (
        <>
          <Text>{t('byHand.then')}</Text>
          <CodeForm
            label={t('byHand.answerFrom')}
            action={t('byHand.connect')}
            // A wrong code throws at once; as a promise, so that both kinds are told alike.
            take={async (answer) => hand.accept(answer)}
          />
        </>
      ) : (
        <Busy words={t('byHand.waiting')} />
      )}
      <GiveUp hand={hand} />
    </>
  );
}

function Busy({ words }: { readonly words: string }) {
  return (
    <Group role="status" wrap="nowrap">
      <Loader size="sm" aria-hidden />
      <Text>{words}</Text>
    </Group>
  );
}

function GiveUp({ hand }: { readonly hand: ByHand }) {
  const { t } = useTranslation('app');
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={() => hand.cancel()}>
        {t('byHand.cancel')}
      </Button>
    </Group>
  );
}
