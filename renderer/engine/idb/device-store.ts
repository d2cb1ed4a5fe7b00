import type { HeldNetwork, Installation, IssuedInvite, PendingJoin } from '../../../shared/engine/ports';
import type { ReceivingKey } from '../../../shared/record/receiving-key';
import type { DeviceKey } from '../../../shared/record/signature';
import { Database } from './database';
import {
  type KeyKeeping,
  KeyRows,
  type StoredJoin,
  type StoredNetwork,
  isUnlocked,
  joinRow,
  networkRow,
} from './key-rows';
import { IdbPeerStore } from './peer-store';

/** What this profile keeps across its networks, in IndexedDB. Secret halves of keys can be used there, and not read out. */
export class DeviceStore implements Installation {
  readonly #db: Database;
  readonly #keys: KeyRows;

  private constructor(db: Database, keep: KeyKeeping) {
    this.#db = db;
    this.#keys = new KeyRows(keep);
  }

  static async open(keep: KeyKeeping): Promise<DeviceStore> {
    const db = await Database.open('peerhold-device', 1, (made) => {
      made.createObjectStore('networks', { keyPath: 'id' });
      made.createObjectStore('invites', { keyPath: 'invite' });
      made.createObjectStore('joins', { keyPath: 'invite' });
      made.createObjectStore('settings');
    });
    return new DeviceStore(db, keep);
  }

  newKey(): Promise<DeviceKey> {
    return this.#keys.newKey();
  }

  keyFromSeed(seed: Uint8Array): Promise<DeviceKey> {
    return this.#keys.keyFromSeed(seed);
  }

  newReceivingKey(): Promise<ReceivingKey> {
    return this.#keys.newReceivingKey();
  }

  async networks(): Promise<readonly HeldNetwork[]> {
    return Promise.all((await this.#rows()).map((row) => this.#keys.network(row)));
  }

  async network(id: string): Promise<HeldNetwork | undefined> {
    const row = await this.#db.read<StoredNetwork | undefined>('networks', (store) => store.get(id));
    return row && this.#keys.network(row);
  }

  /** How many networks' devices here sign by a key that no keychain locks. */
  async unlocked(): Promise<number> {
    return (await this.#rows()).filter(isUnlocked).length;
  }

  #rows(): Promise<readonly StoredNetwork[]> {
    return this.#db.read<StoredNetwork[]>('networks', (store) => store.getAll());
  }

  async keep(network: HeldNetwork): Promise<void> {
    await this.#db.write(['networks'], (open) => open('networks').put(networkRow(network)));
  }

  async change(id: string, change: (held: HeldNetwork) => HeldNetwork): Promise<void> {
    await this.#db.write(['networks'], (open) => {
      const networks = open('networks');
      const reading = networks.get(id) as IDBRequest<StoredNetwork | undefined>;
      reading.onsuccess = () => {
        // Opening a key would end the transaction. Whoever changes a row moves its keys and does not use them.
        if (reading.result !== undefined) networks.put(networkRow(change(reading.result as HeldNetwork)));
      };
    });
  }

  async forget(id: string): Promise<void> {
    await this.#db.write(['networks'], (open) => open('networks').delete(id));
    await this.dropStore(id);
  }

  async keepInvite(invite: IssuedInvite): Promise<void> {
    await this.#db.write(['invites'], (open) => open('invites').put(invite));
  }

  invite(id: string): Promise<IssuedInvite | undefined> {
    return this.#db.read<IssuedInvite | undefined>('invites', (store) => store.get(id));
  }

  async pendingJoin(invite: string): Promise<PendingJoin | undefined> {
    const row = await this.#db.read<StoredJoin | undefined>('joins', (store) => store.get(invite));
    return row && this.#keys.join(row);
  }

  async keepJoin(join: PendingJoin): Promise<void> {
    await this.#db.write(['joins'], (open) => open('joins').put(joinRow(join)));
  }

  async online(): Promise<boolean> {
    return (await this.#db.read<boolean | undefined>('settings', (store) => store.get('online'))) ?? true;
  }

  async setOnline(online: boolean): Promise<void> {
    await this.#db.write(['settings'], (open) => open('settings').put(online, 'online'));
  }

  async endJoin(invite: string): Promise<void> {
    await this.#db.write(['joins'], (open) => open('joins').delete(invite));
  }

  openStore(network: string): Promise<IdbPeerStore> {
    return IdbPeerStore.open(network);
  }

  dropStore(network: string): Promise<void> {
    return IdbPeerStore.drop(network);
  }
}
