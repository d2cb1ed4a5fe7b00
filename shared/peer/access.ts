import { UNSEALED } from '../record/entry';
import type { Replica } from '../replica/replica';
import type { RemoteIdentity } from '../sync/channel/handshake';
import { Introductions } from './introductions';

/** Who may be on a channel of this network, and who may write to its commons: the roster check, asked again whenever the roster changes. */
export class Access {
  readonly #replica: Replica;
  readonly #introductions: Introductions;

  constructor(replica: Replica) {
    this.#replica = replica;
    this.#introductions = new Introductions(replica);
  }

  permits(remote: Pick<RemoteIdentity, 'device' | 'purpose'>): boolean {
    // What a joiner may see is the desk's business.
    if (remote.purpose === 'join') return true;
    const { state } = this.#replica;
    const device = state.devices.get(remote.device);
    if (device === undefined) return this.#introductions.has(remote.device);
    // Who forked by a restored backup must still hear of it; what a frozen device signs has no effect.
    if (device.status === 'revoked') return false;
    const member = state.members.get(device.member);
    if (member?.status !== 'removed' && member?.status !== 'left') return member?.status === 'active';
    // Until a seal fixes it, a removal may still turn out otherwise, and the seal itself may need whoever goes.
    const { until } = member;
    if (member.status === 'left') return this.#replica.record.get(until ?? '')?.seal === UNSEALED;
    return state.proposals.get(until ?? '')?.sealed === undefined;
  }

  /** Whose device it is; undefined where it was introduced and its certificate is not here. What else claims it has no say. */
  memberOf(device: string): string | undefined {
    return this.#replica.state.devices.get(device)?.member;
  }

  /** Whether a device's member may write to the commons now: the writes of one who is being removed are held. */
  mayWrite(device: string): boolean {
    const member = this.memberOf(device);
    return member === undefined || this.#replica.state.members.get(member)?.status === 'active';
  }

  introductionOf(device: string): readonly Uint8Array[] {
    return this.#introductions.of(device);
  }

  hear(device: string, events: readonly Uint8Array[]): Promise<void> {
    return this.#introductions.hear(device, events);
  }
}
