import { PeerholdError } from '../errors';
import { inForce } from '../network/agreement/in-force';
import { certifies } from '../network/certificates';
import { checkEvent } from '../network/check';
import { hasRight } from '../network/membership/queries';
import type { Replica } from '../replica/replica';
import { MAX_INTRODUCTION_BYTES, MAX_INTRODUCTION_STEPS } from '../sync/channel/handshake';

/**
 * Lets a member in whose admission has not arrived here yet, on the word of a member whom this peer knows: without it, two members
 * who meet before their common acquaintance is back could tell each other nothing. Once the admission itself arrives, the roster decides.
 */
export class Introductions {
  readonly #replica: Replica;
  readonly #devices = new Set<string>();

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** The certificates from a device towards the founder, nearest first, as far as the bounds allow. */
  of(device: string): readonly Uint8Array[] {
    const { record } = this.#replica;
    const steps: Uint8Array[] = [];
    let bytes = 0;
    for (let at = device; steps.length < MAX_INTRODUCTION_STEPS;) {
      const certificate = record.get(record.certificatesOf(at)[0] ?? '');
      if (certificate === undefined || certificate.network === null) break;
      bytes += certificate.bytes.length;
      if (bytes > MAX_INTRODUCTION_BYTES) break;
      steps.push(certificate.bytes);
      at = certificate.device;
    }
    return steps;
  }

  /** Believes an introduction whose chain of signed admissions begins with an entitled member of the roster as it is here. */
  async hear(device: string, events: readonly Uint8Array[]): Promise<void> {
    const { record, state } = this.#replica;
    if (record.memberOf(device) !== undefined || events.length === 0) return;
    // Where members decide, an admission by one of them is an application, and shows nothing.
    if (inForce(state, 'admission').params.mode !== 'invite') return;
    try {
      let wanted = device;
      for (const encoded of events.slice(0, MAX_INTRODUCTION_STEPS)) {
        const event = await checkEvent(encoded);
        if (event.network !== this.#replica.id || certifies(event, '')?.device !== wanted) return;
        const author = state.devices.get(event.device);
        if (author !== undefined) {
          const entitled = author.status === 'active' && hasRight(state, author.member, 'invite');
          if (entitled) this.#devices.add(device);
          return;
        }
        wanted = event.device;
      }
    } catch (error) {
      // An introduction that is no event introduces nobody.
      if (!(error instanceof PeerholdError)) throw error;
    }
  }

  /** Whether a device that the record does not know yet was introduced. */
  has(device: string): boolean {
    return this.#devices.has(device) && this.#replica.record.memberOf(device) === undefined;
  }
}
