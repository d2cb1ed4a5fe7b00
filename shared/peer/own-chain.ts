import { PeerholdError } from '../errors';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';
import type { PeerStore } from './store';

const KEY = 'own-chain';
const BEHIND = 'device-behind';
/** What a device that must not go on may still sign: the way to another device, and the end of this one. */
const WAYS_OUT: ReadonlySet<string> = new Set(['device.certify', 'device.revoke', 'member.leave']);

/**
 * Watches over the chain of this device. All that it signs is on the disk before it leaves the machine, so a neighbour who has more of
 * it than the disk says that the disk is a restored backup or a copy: going on could sign a second event of one number, which would be a
 * fork and freeze the device.
 */
export class OwnChain {
  readonly #device: string;
  readonly #record: RecordSet;
  readonly #store: PeerStore;
  /** The disk itself lost events, and says so: getting them back from others is what is wanted. */
  readonly #damaged: boolean;
  #problem: 'device-forked' | 'device-behind' | null = null;

  private constructor(device: string, record: RecordSet, store: PeerStore, damaged: boolean) {
    this.#device = device;
    this.#record = record;
    this.#store = store;
    this.#damaged = damaged;
  }

  static async recall(device: string, record: RecordSet, store: PeerStore, damaged: boolean): Promise<OwnChain> {
    const chain = new OwnChain(device, record, store, damaged);
    if ((await store.recall(KEY)) === BEHIND) chain.#problem = BEHIND;
    chain.signed();
    return chain;
  }

  /** `device-forked`: this key has signed two histories. `device-behind`: others have events of this key that were not on this disk. */
  get problem(): 'device-forked' | 'device-behind' | null {
    return this.#problem;
  }

  /** Throws the problem, unless the action is a way out of it. */
  mayExtend(type: string): void {
    // An event of ours that waits for a lost one shows that the next number is taken.
    if (this.#record.holdsBack(this.#device)) throw new PeerholdError(BEHIND);
    if (this.#problem !== null && !WAYS_OUT.has(type)) throw new PeerholdError(this.#problem);
  }

  /** To be called when an event of this device was taken in: its sibling may have come while it was being stored. */
  signed(): void {
    if (this.#record.forks().has(this.#device)) this.#problem = 'device-forked';
  }

  /** To be called with what neighbours sent and the record took in. Resolves once what follows from it would survive a restart. */
  async received(entries: readonly Entry[]): Promise<void> {
    if (!entries.some(({ device }) => device === this.#device)) return;
    this.signed();
    if (this.#problem !== null || this.#damaged) return;
    this.#problem = BEHIND;
    // A fork shows in the record itself; this is known only now. Without it a restart would let the device go on.
    await this.#store.remember(KEY, BEHIND).catch(() => undefined);
  }
}
