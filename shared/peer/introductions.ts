import { PeerholdError } from '../errors';
import { inForce } from '../network/agreement/in-force';
import { certifies } from '../network/certificates';
import { checkEvent, isUnchecked } from '../network/check';
import { hasRight, maySign } from '../network/membership/queries';
import type { Replica } from '../replica/replica';
import { MAX_INTRODUCTION_BYTES } from '../sync/channel/handshake';

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

  /** A device's own admission: what introduces it. */
  of(device: string): readonly Uint8Array[] {
    const { record } = this.#replica;
    const certificate = record.get(record.certificatesOf(device)[0] ?? '');
    return certificate === undefined || certificate.bytes.length > MAX_INTRODUCTION_BYTES ? [] : [certificate.bytes];
  }

  /**
   * Believes an admission that was signed by an entitled member of the roster as it is here, or a certificate by one for a device of their
   * own. One step only: whether somebody whom this peer does not know was entitled to admit is not to be seen from here.
   */
  async hear(device: string, [encoded]: readonly Uint8Array[]): Promise<void> {
    const { record, state } = this.#replica;
    if (record.memberOf(device) !== undefined || encoded === undefined) return;
    try {
      const event = await checkEvent(encoded);
      const author = state.devices.get(event.device);
      // A proposal to restore somebody lets no device in: only the seal does that fixes it.
      if (event.network !== this.#replica.id || event.type === 'proposal.open') return;
      if (certifies(event, '')?.device !== device) return;
      // Where members decide, an admission by one of them is an application, and shows nothing.
      const mayAdmit = (member: string): boolean =>
        inForce(state, 'admission').params.mode === 'invite' && hasRight(state, member, 'invite');
      const may = (member: string): boolean =>
        event.type === 'device.certify' ? state.members.get(member)?.status === 'active' : mayAdmit(member);
      if (author !== undefined && maySign(author) && may(author.member)) this.#devices.add(device);
    } catch (error) {
      // An introduction that is no event introduces nobody.
      if (!(error instanceof PeerholdError) || isUnchecked(error)) throw error;
    }
  }

  /** Whether a device that the record does not know yet was introduced. */
  has(device: string): boolean {
    return this.#devices.has(device) && this.#replica.record.memberOf(device) === undefined;
  }
}
