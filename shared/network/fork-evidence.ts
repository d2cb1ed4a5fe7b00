import { PeerholdError, errorCode } from '../errors';
import { type SignedEvent, networkOf } from '../record/event';
import { checkEvent, isUnchecked } from './check';

/** What two events prove of their signer, if they do; else why they prove nothing. */
export type ForkVerdict =
  | {
      readonly proves: true;
      readonly network: string;
      readonly device: string;
      readonly sequence: number;
      /** The two events, in the order in which they were given. */
      readonly events: readonly [SignedEvent, SignedEvent];
    }
  | { readonly proves: false; readonly why: NoFork };

/**
 * `no-event`: bytes that are none; `signature`: not what its signer signed, or with a proof inside that is none; `one-event`: twice the
 * same, also under two signatures; the others: of two networks, devices or numbers.
 */
export type NoFork = 'no-event' | 'signature' | 'one-event' | 'network' | 'device' | 'number';

const no = (why: NoFork): ForkVerdict => ({ proves: false, why });

/**
 * Whether two events, in their stored form, prove that a device signed two histories: two different events of one network, device and
 * sequence, both rightly signed. Anyone can check it, from these bytes alone. Rejects with `signature-unchecked`.
 */
export async function forkEvidence(a: Uint8Array, b: Uint8Array): Promise<ForkVerdict> {
  try {
    const [one, other] = await Promise.all([checkEvent(a), checkEvent(b)]);
    const { device, sequence } = one;
    const network = networkOf(one);
    // The id covers all that was signed.
    if (one.id === other.id) return no('one-event');
    if (networkOf(other) !== network) return no('network');
    if (other.device !== device) return no('device');
    if (other.sequence !== sequence) return no('number');
    return { proves: true, network, device, sequence, events: [one, other] };
  } catch (error) {
    if (!(error instanceof PeerholdError) || isUnchecked(error)) throw error;
    return no(errorCode(error) === 'signature-wrong' || errorCode(error) === 'proof-wrong' ? 'signature' : 'no-event');
  }
}
