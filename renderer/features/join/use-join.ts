import { useCallback, useEffect, useState } from 'react';
import { PeerholdError } from '../../../shared/errors';
import { useEngine } from '../../app/engine';
import type { InvitePreview, JoinPreview } from '../../../shared/engine/contract';
import { linkOf } from './invite-text';

/** Where the way from a link to a membership stands. */
export type JoinStep =
  | { readonly at: 'reading' }
  /** The link itself is of no use. */
  | { readonly at: 'bad-link'; readonly error: unknown }
  | { readonly at: 'invited'; readonly invite: InvitePreview; readonly error?: unknown }
  | { readonly at: 'connecting'; readonly invite: InvitePreview }
  | { readonly at: 'preview'; readonly preview: JoinPreview; readonly error?: unknown }
  | { readonly at: 'joining'; readonly preview: JoinPreview }
  /** The members decide; this device holds nothing of the network yet. */
  | { readonly at: 'applied'; readonly preview: JoinPreview; readonly name: string }
  /** The members decide whether this is the device of who says to be `name`; `code` is what they compare. */
  | {
      readonly at: 'restoring';
      readonly preview: JoinPreview;
      readonly name: string;
      readonly code: string;
      readonly error?: unknown;
    };

export interface JoinWay {
  readonly step: JoinStep;
  readonly connect: () => void;
  /** Joins or applies; for who has applied: looks whether the members have decided. */
  readonly join: (name: string) => void;
  /** Of a member who lost all devices: asks to be restored on this one, or looks whether the members have decided. */
  readonly restore: (name: string) => void;
  readonly cancel: () => void;
}

/** Takes a person from an invite's payload to a membership; `onJoined` gets the network's id. */
export function useJoin(payload: string, onJoined: (network: string) => void): JoinWay {
  const { calls } = useEngine();
  const link = linkOf(payload);
  const [step, setStep] = useState<JoinStep>({ at: 'reading' });

  useEffect(() => {
    let stale = false;
    setStep({ at: 'reading' });
    calls.readInvite(link).then(
      (invite) => stale || setStep({ at: 'invited', invite }),
      (error: unknown) => stale || setStep({ at: 'bad-link', error }),
    );
    return () => {
      stale = true;
      // Nothing may go on in the background once the person has left this screen.
      void calls.cancelJoin().catch(() => undefined);
    };
  }, [calls, link]);

  const connect = useCallback(() => {
    if (step.at !== 'invited') return;
    const { invite } = step;
    setStep({ at: 'connecting', invite });
    calls.previewInvite(link).then(
      (preview) => setStep({ at: 'preview', preview }),
      (error: unknown) => setStep({ at: 'invited', invite, ...problem(error) }),
    );
  }, [calls, link, step]);

  const join = useCallback(
    (name: string) => {
      if (step.at !== 'preview' && step.at !== 'applied') return;
      const { preview } = step;
      setStep({ at: 'joining', preview });
      calls.join(link, name).then(
        (network) => (network === null ? setStep({ at: 'applied', preview, name }) : onJoined(network)),
        (error: unknown) => setStep({ at: 'preview', preview, ...problem(error) }),
      );
    },
    [calls, link, step, onJoined],
  );

  const restore = useCallback(
    (name: string) => {
      if (step.at !== 'preview' && step.at !== 'restoring') return;
      const { preview } = step;
      setStep({ at: 'joining', preview });
      calls.restore(link, name).then(
        ({ network, code }) =>
          network === null ? setStep({ at: 'restoring', preview, name, code }) : onJoined(network),
        (error: unknown) =>
          setStep(
            step.at === 'restoring' ? { ...step, ...problem(error) } : { at: 'preview', preview, ...problem(error) },
          ),
      );
    },
    [calls, link, step, onJoined],
  );

  const cancel = useCallback(() => {
    void calls.cancelJoin().catch(() => undefined);
    if (step.at === 'connecting') setStep({ at: 'invited', invite: step.invite });
    if (step.at === 'joining') setStep({ at: 'preview', preview: step.preview });
  }, [calls, step]);

  return { step, connect, join, restore, cancel };
}

/** What the person cancelled themselves is no error to show. */
function problem(error: unknown): { error?: unknown } {
  return error instanceof PeerholdError && CANCELLED.includes(error.code) ? {} : { error };
}
const CANCELLED: readonly string[] = ['join-cancelled'];
