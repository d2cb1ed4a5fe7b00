import { PeerholdError } from '../errors';
import { networkOf } from '../record/event';
import { checkEvent } from './check';

/** What two events prove of their signer. */
export interface ForkEvidence {
  readonly network: string;
  readonly device: string;
  readonly sequence: number;
}

/**
 * Whether two events, in their stored form, prove that a device signed two histories: two different events of one network, device and
 * sequence, both rightly signed. Anyone can check it, from these bytes alone. Null where they prove nothing: one event given twice,
 * events of two devices or numbers, a wrong signature, or bytes that are no event.
 */
export async function forkEvidence(a: Uint8Array, b: Uint8Array): Promise<ForkEvidence | null> {
  try {
    const [one, other] = await Promise.all([checkEvent(a), checkEvent(b)]);
    const { device, sequence } = one;
    const network = networkOf(one);
    // The id covers all that was signed; one event under two signatures is still one.
    if (one.id === other.id || networkOf(other) !== network) return null;
    return other.device === device && other.sequence === sequence ? { network, device, sequence } : null;
  } catch (error) {
    if (!(error instanceof PeerholdError)) throw error;
    return null;
  }
}
