import { useCallback, useState } from 'react';
import { errorCode } from '../../../shared/errors';
import { useEngine } from '../../app/engine';
import { linkOf } from './invite-text';

/** Where the way from a device link to a device of the member's stands. */
export type DeviceStep =
  | { readonly at: 'named'; readonly error?: unknown }
  | { readonly at: 'connecting' }
  /** The other device shows the question; both show the number. */
  | { readonly at: 'asked'; readonly checkNumber: string };

export interface DeviceWay {
  readonly step: DeviceStep;
  readonly ask: (label: string) => void;
  readonly cancel: () => void;
}

/** Has this installation added by the device that made the link; `onAdded` gets the network's id. */
export function useDeviceLink(payload: string, onAdded: (network: string) => void): DeviceWay {
  const { calls } = useEngine();
  const link = linkOf(payload);
  const [step, setStep] = useState<DeviceStep>({ at: 'named' });

  const ask = useCallback(
    (label: string) => {
      const failed = (error: unknown): void =>
        setStep(errorCode(error) === 'join-cancelled' ? { at: 'named' } : { at: 'named', error });
      setStep({ at: 'connecting' });
      calls.askToBeAdded(link, label).then(({ checkNumber }) => {
        setStep({ at: 'asked', checkNumber });
        calls.beAdded(link).then(onAdded, failed);
      }, failed);
    },
    [calls, link, onAdded],
  );

  const cancel = useCallback(() => {
    void calls.cancelJoin().catch(() => undefined);
    setStep({ at: 'named' });
  }, [calls]);

  return { step, ask, cancel };
}
