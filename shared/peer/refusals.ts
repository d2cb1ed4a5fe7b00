import type { State } from '../network/state';
import { SIGNATURE_UNCHECKED } from '../record/signature';
import type { Channel } from '../sync/channel/channel';
import type { CloseReason } from '../sync/channel/ports';

/**
 * Why somebody who was reached is not a neighbour. `not-known`: no member's device, as far as is known here; `removed`, `left`, `revoked`:
 * a member or a device that was; `not-accepted`: the other side does not take this device for a member's; `unproved`: it did not
 * prove who it is; `broken`: one of the two sent what the other could not take.
 */
export type RefusalReason =
  'not-known' | 'removed' | 'left' | 'revoked' | 'not-accepted' | 'version' | 'other-network' | 'unproved' | 'broken';

export interface Refusal {
  /** The device, where it proved that it is that one. */
  readonly device: string | null;
  readonly member: string | null;
  readonly reason: RefusalReason;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Devices that are remembered; those who proved nothing take one place together. */
const MOST = 32;
/** Milliseconds. Whoever proved nothing can not be known to have come back, so it is told for as long as it would take to try again. */
const UNPROVED_FOR = 10 * 60_000;
/** Connections end so every day, or it is about a joiner, whom the screens for joining tell. */
const ORDINARY: ReadonlySet<string> = new Set(
  ['closed', 'offline', 'replaced', 'make-room', 'lost', 'dead', 'peer-left', 'superseded', 'own-device', 'same-role']
    .concat('both-join', 'unknown-invite', 'bad-invite-proof', 'attempt-failed', 'attempt-timeout', 'by-hand-unreached')
    .map((name) => `channel.${name}`)
    // The runtime of one of the two could not check a signature: neither is to blame.
    .concat(SIGNATURE_UNCHECKED),
);

/** The newest reason for each device that was reached and is not connected. Kept in memory: after a restart it is tried anew. */
export class Refusals {
  readonly #newest = new Map<string, CloseReason & { readonly at: number }>();
  readonly #now: () => number;
  readonly #changed: () => void;

  constructor(now: () => number, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** Remembers how a channel ends, where that is a reason. */
  watch(channel: Pick<Channel, 'onClose' | 'proved' | 'remote'>): void {
    channel.onClose((reason) => {
      if (ORDINARY.has(reason.code) || channel.remote?.purpose === 'join') return;
      const device = channel.proved ?? '';
      this.#newest.delete(device);
      this.#newest.set(device, { ...reason, at: this.#now() });
      const [oldest] = this.#newest.keys();
      if (this.#newest.size > MOST && oldest !== undefined) this.#newest.delete(oldest);
      this.#changed();
    });
  }

  /** A device is connected: what was, is over. */
  connected(device: string): void {
    this.#newest.delete(device);
  }

  /** Newest first. */
  list(state: State): readonly Refusal[] {
    const now = this.#now();
    return [...this.#newest]
      .filter(([device, { at }]) => device !== '' || now - at < UNPROVED_FOR)
      .map(([key, { code, by, at }]) => {
        const device = key === '' ? null : key;
        const member = state.devices.get(key)?.member ?? null;
        return { device, member, reason: reasonOf(code, by, device, state), at };
      })
      .reverse();
  }
}

/** The other side's own words are not passed on: of the codes that it may send, those are told that are known here. */
function reasonOf(code: string, by: CloseReason['by'], device: string | null, state: State): RefusalReason {
  if (code === 'channel.not-authorised') return by === 'there' ? 'not-accepted' : standingOf(device, state);
  if (code === 'channel.version') return 'version';
  if (code === 'channel.wrong-network') return 'other-network';
  if (code === 'channel.bad-proof' || code === 'channel.bad-hello' || code === 'channel.handshake-timeout')
    return 'unproved';
  return 'broken';
}

function standingOf(id: string | null, state: State): RefusalReason {
  const device = state.devices.get(id ?? '');
  const member = state.members.get(device?.member ?? '');
  if (member?.status === 'removed' || member?.status === 'left') return member.status;
  return device?.status === 'revoked' ? 'revoked' : 'not-known';
}
