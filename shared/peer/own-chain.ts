import { PeerholdError } from '../errors';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';
import type { PeerStore } from './store';

const KEY = 'own-chain';
const BEHIND = 'device-behind';
/** What a device that must not go on may still sign: its own end, and, while its chain is one, the device that takes its place. */
const WAYS_OUT = {
  'device-behind': new Set(['device.certify', 'device.revoke', 'member.leave']),
  'device-forked': new Set(['device.revoke', 'member.leave']),
} as const satisfies Record<string, ReadonlySet<string>>;

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
  /** How many events of this device another has said that it has. */
  readonly #heard: number;
  #problem: keyof typeof WAYS_OUT | null = null;
  #unnoted = false;

  private constructor(device: string, record: RecordSet, store: PeerStore, damaged: boolean, heard: number) {
    this.#device = device;
    this.#record = record;
    this.#store = store;
    this.#damaged = damaged;
    this.#heard = heard;
  }

  /** `heard`: how many events of this device another has said that it has. */
  static async recall(
    device: string,
    record: RecordSet,
    store: PeerStore,
    damaged: boolean,
    heard: number,
  ): Promise<OwnChain> {
    const chain = new OwnChain(device, record, store, damaged, heard);
    // Of the key that is behind: the one that takes its place finds the same disk.
    if ((await store.recall(KEY)) === device) chain.#problem = BEHIND;
    chain.signed();
    return chain;
  }

  /** `device-forked`: this key has signed two histories. `device-behind`: others have events of this key that were not on this disk. */
  get problem(): keyof typeof WAYS_OUT | null {
    return this.#problem;
  }

  /** Throws the problem, unless the action is a way out of it. `caughtUp`: all that neighbours have is here. */
  mayExtend(type: string, caughtUp: boolean): void {
    // An event of ours that waits for a lost one shows that the next number is taken.
    if (this.#record.holdsBack(this.#device)) throw new PeerholdError(BEHIND);
    // So does one that the disk has lost and that another said it has.
    if (this.#damaged && !caughtUp && lengthOf(this.#record, this.#device) < this.#heard)
      throw new PeerholdError(BEHIND);
    if (this.#problem === null) return;
    const waysOut: ReadonlySet<string> = WAYS_OUT[this.#problem];
    if (!waysOut.has(type)) throw new PeerholdError(this.#problem);
  }

  /** To be called when an event of this device was taken in: its sibling may have come while it was being stored. */
  signed(): void {
    if (this.#record.forks().has(this.#device)) this.#problem = 'device-forked';
  }

  /** To be called with what neighbours sent and the record took in. */
  received(entries: readonly Entry[]): void {
    if (!entries.some(({ device }) => device === this.#device)) return;
    this.signed();
    if (this.#problem !== null || this.#damaged) return;
    this.#problem = BEHIND;
    this.#unnoted = true;
  }

  /**
   * To be called before what neighbours sent is stored: a fork shows in the record itself, but that the device was behind is known only
   * now, and a restart would let it go on. Rejects where the disk does not take it.
   */
  async note(): Promise<void> {
    if (!this.#unnoted) return;
    await this.#store.remember(KEY, this.#device);
    this.#unnoted = false;
  }
}

/** How many events of a device are here, on all its branches. */
export function lengthOf(record: RecordSet, device: string): number {
  return record.tips().reduce((sum, tip) => (tip.device === device ? sum + tip.place + 1 : sum), 0);
}
