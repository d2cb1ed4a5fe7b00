import { PeerholdError } from '../errors';
import { restoringCode } from '../invite/check-number';
import { MAX_NAME } from '../invite/exchange';
import { restoringMessage } from '../network/certificates';
import type { Proposal } from '../network/decisions/model';
import { type Of, boolean, bytes, id, integer, list, object, text } from '../record/shape';
import { verify } from '../record/signature';
import { Listeners } from '../sync/listeners';
import type { Host } from './host';
import type { PeerStore } from './store';
import type { Surroundings } from './surroundings';

const KEY = 'restorations';
/** How many are remembered; the oldest gives way. Whoever has a link can ask. */
const MAX_ASKING = 5;

const asking = object({
  device: id,
  name: text(MAX_NAME, 1),
  consent: bytes(64),
  /** When it asked first, in milliseconds since 1970. */
  since: integer(0, Number.MAX_SAFE_INTEGER),
  /** The person here did not believe it. */
  refused: boolean,
});
export type Asking = Of<typeof asking>;
const shape = list(asking, MAX_ASKING);

/** Somebody who says that they are a member, lost all devices, and want to be restored on this new one. */
export interface Restoring {
  readonly device: string;
  /** Who they say they are. */
  readonly name: string;
  /** To be compared with what the person reads out from the new device. */
  readonly code: string;
  /** The new device's, for a proposal by this device of the member. */
  readonly consent: Uint8Array;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Keeps who came with an invite and asks to be restored, until this device's person has put it to the members, or refused it. */
export class RestoringDesk {
  readonly changed = new Listeners<void>();
  readonly #host: Host;
  readonly #store: PeerStore;
  readonly #around: Surroundings;
  #asking: readonly Asking[];

  constructor(host: Host, store: PeerStore, around: Surroundings, asking: readonly Asking[]) {
    this.#host = host;
    this.#store = store;
    this.#around = around;
    this.#asking = asking;
  }

  static async recall(store: PeerStore): Promise<readonly Asking[]> {
    const stored = await store.recall(KEY);
    return shape(stored) ? stored : [];
  }

  /** Those about whom nothing has been proposed that is still to be decided or has been. */
  get asking(): readonly Restoring[] {
    const { replica, state } = this.#host;
    return this.#asking
      .filter(({ device, refused }) => !refused && !state.devices.has(device) && this.#pending(device) === undefined)
      .map(({ device, name, consent, since }) => ({
        device,
        name,
        consent,
        since,
        code: restoringCode(replica.id, device),
      }));
  }

  /** Takes one in that came with an open invite. Rejects with `join-restore-refused`, `proof-wrong`, `not-a-member-here`, or as the disk does. */
  async ask(device: string, { name, consent }: { readonly name: string; readonly consent: Uint8Array }): Promise<void> {
    const { me, replica } = this.#host;
    if (me === null) throw new PeerholdError('not-a-member-here');
    if (this.#pending(device) !== undefined) return;
    const known = this.#asking.find((one) => one.device === device);
    if (known?.refused === true) throw new PeerholdError('join-restore-refused');
    if (!(await verify(device, restoringMessage(replica.id, me.device), consent)))
      throw new PeerholdError('proof-wrong');
    const since = known?.since ?? this.#around.now();
    await this.#keep([...this.#others(device), { device, name, consent, since, refused: false }]);
  }

  /** The person here does not believe it: it is told so when it comes again. */
  async refuse(device: string): Promise<void> {
    const known = this.#asking.find((one) => one.device === device);
    if (known !== undefined) await this.#keep([...this.#others(device), { ...known, refused: true }]);
  }

  #others(device: string): readonly Asking[] {
    return this.#asking.filter((one) => one.device !== device);
  }

  /** What is being decided about a device, or has been and waits for its seal. */
  #pending(device: string): Proposal | undefined {
    return [...this.#host.state.proposals.values()].find(
      ({ effect, status, sealed }) =>
        effect.kind === 'restore' &&
        effect.device === device &&
        (status === 'open' || (status === 'adopted' && sealed === undefined)),
    );
  }

  /** Rejects where the disk does not take it; nothing is changed then. */
  async #keep(all: readonly Asking[]): Promise<void> {
    const kept = all.slice(-MAX_ASKING);
    await this.#store.remember(KEY, kept);
    this.#asking = kept;
    this.changed.emit();
  }
}
