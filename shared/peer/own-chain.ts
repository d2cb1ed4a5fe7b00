import { PeerholdError } from '../errors';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';
import type { Replica } from '../replica/replica';
import type { PeerStore } from './store';

const KEY = 'own-chain';
const BEHIND = 'device-behind';
const ADMISSION_KEY = 'own-admission';
const BACKUP_KEY = 'own-backup';
/**
 * What a device that must not go on may still sign: its own end, and, while its chain is one, the device that takes its place. One that may
 * not begin yet has nothing to end.
 */
const WAYS_OUT = {
  'device-behind': new Set(['device.certify', 'device.revoke', 'member.leave']),
  'device-forked': new Set(['device.revoke', 'member.leave']),
  'admission-unsealed': new Set(),
  'backup-unmet': new Set(),
} as const satisfies Record<string, ReadonlySet<string>>;

/**
 * Watches over the chain of this device. All that it signs is on the disk before it leaves the machine, so a neighbour who has more of
 * it than the disk says that the disk is a restored backup or a copy: going on could sign a second event of one number, which would be a
 * fork and freeze the device.
 */
export class OwnChain {
  readonly #device: string;
  readonly #replica: Replica;
  readonly #record: RecordSet;
  readonly #store: PeerStore;
  /** The disk itself lost events, and says so: getting them back from others is what is wanted. */
  readonly #damaged: boolean;
  /** How many events of this device another has said that it has. */
  readonly #heard: number;
  #problem: keyof typeof WAYS_OUT | null = null;
  #unnoted = false;
  /** Another member than the one whose admission is here may have admitted this device as well. */
  #admittedElsewhere = false;
  /** It came from a backup, which may have been restored before this. */
  #fromBackup = false;
  #metByFile = false;

  private constructor(device: string, replica: Replica, store: PeerStore, damaged: boolean, heard: number) {
    this.#device = device;
    this.#replica = replica;
    this.#record = replica.record;
    this.#store = store;
    this.#damaged = damaged;
    this.#heard = heard;
  }

  /** `heard`: how many events of this device another has said that it has. */
  static async recall(
    device: string,
    replica: Replica,
    store: PeerStore,
    damaged: boolean,
    heard: number,
  ): Promise<OwnChain> {
    const chain = new OwnChain(device, replica, store, damaged, heard);
    // Of the key that is behind: the one that takes its place finds the same disk.
    if ((await store.recall(KEY)) === device) chain.#problem = BEHIND;
    chain.#admittedElsewhere = (await store.recall(ADMISSION_KEY)) === device;
    chain.#fromBackup = (await store.recall(BACKUP_KEY)) === device;
    chain.signed();
    return chain;
  }

  /** To be noted before the record is opened, of a device that comes from a backup. */
  static restored(store: PeerStore, device: string): Promise<void> {
    return store.remember(BACKUP_KEY, device);
  }

  /** To be noted before the record is opened, of a device that may have been admitted by more than one member. */
  static admittedElsewhere(store: PeerStore, device: string): Promise<void> {
    return store.remember(ADMISSION_KEY, device);
  }

  /**
   * `device-forked`: this key has signed two histories. `device-behind`: others have events of this key that were not on this disk.
   * `admission-unsealed`, and `backup-unmet` while it has met nobody: the chain can not begin yet.
   */
  problem(caughtUp: boolean): keyof typeof WAYS_OUT | null {
    return this.#problem ?? this.#unbegun(caughtUp);
  }

  /** To be called once what others carried here by file is taken in: it is as if they had been met. */
  metByFile(): void {
    this.#metByFile = true;
  }

  /** Throws the problem, unless the action is a way out of it. `caughtUp`: all that neighbours have is here. */
  mayExtend(type: string, caughtUp: boolean): void {
    // An event of ours that waits for a lost one shows that the next number is taken.
    if (this.#record.holdsBack(this.#device)) throw new PeerholdError(BEHIND);
    // So does one that the disk has lost and that another said it has.
    if (this.#damaged && !caughtUp && lengthOf(this.#record, this.#device) < this.#heard)
      throw new PeerholdError(BEHIND);
    const problem = this.problem(caughtUp);
    if (problem === null) return;
    const waysOut: ReadonlySet<string> = WAYS_OUT[problem];
    if (!waysOut.has(type)) throw new PeerholdError(problem);
  }

  /** Why the chain, which has no event yet, can not begin. */
  #unbegun(caughtUp: boolean): 'admission-unsealed' | 'backup-unmet' | null {
    if (!this.#admittedElsewhere && !this.#fromBackup) return null;
    if (lengthOf(this.#record, this.#device) > 0) return null;
    if (this.#awaitsSeal()) return 'admission-unsealed';
    return this.#fromBackup && !caughtUp && !this.#metByFile && this.#hasOthers() ? 'backup-unmet' : null;
  }

  /** Whether there is any other member: who is alone has nobody who could know of another restoring. */
  #hasOthers(): boolean {
    const { members } = this.#replica.state;
    return [...members.values()].filter(({ status }) => status === 'active').length > 1;
  }

  /**
   * A chain speaks for the admission with which it begins. Were a seal to fix another one, which is still under way, all that the device
   * signs would be of no effect for good; so it begins with the one that a seal has fixed.
   */
  #awaitsSeal(): boolean {
    if (!this.#admittedElsewhere) return false;
    return this.#replica.seals.current?.ground.devices.has(this.#device) !== true;
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
