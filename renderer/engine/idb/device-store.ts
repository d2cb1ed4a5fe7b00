import type { HeldNetwork, Installation, IssuedInvite, PendingJoin } from '../../../shared/engine/ports';
import { newReceivingKey } from '../../../shared/record/receiving-key';
import { newDeviceKey } from '../../../shared/record/signature';
import { Database } from './database';
import { IdbPeerStore } from './peer-store';

/** What this profile keeps across its networks, in IndexedDB. Secret halves of keys can be used there, and not read out. */
export class DeviceStore implements Installation {
  readonly newKey = newDeviceKey;
  readonly newReceivingKey = newReceivingKey;
  readonly #db: Database;

  private constructor(db: Database) {
    this.#db = db;
  }

  static async open(): Promise<DeviceStore> {
    const db = await Database.open('peerhold-device', 1, (made) => {
      made.createObjectStore('networks', { keyPath: 'id' });
      made.createObjectStore('invites', { keyPath: 'invite' });
      made.createObjectStore('joins', { keyPath: 'invite' });
      made.createObjectStore('settings');
    });
    return new DeviceStore(db);
  }

  networks(): Promise<readonly HeldNetwork[]> {
    return this.#db.read<HeldNetwork[]>('networks', (store) => store.getAll());
  }

  network(id: string): Promise<HeldNetwork | undefined> {
    return this.#db.read<HeldNetwork | undefined>('networks', (store) => store.get(id));
  }

  async keep(network: HeldNetwork): Promise<void> {
    await this.#db.write(['networks'], (open) => open('networks').put(network));
  }

  async change(id: string, change: (held: HeldNetwork) => HeldNetwork): Promise<void> {
    await this.#db.write(['networks'], (open) => {
      const networks = open('networks');
      const reading = networks.get(id) as IDBRequest<HeldNetwork | undefined>;
      reading.onsuccess = () => {
        if (reading.result !== undefined) networks.put(change(reading.result));
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

  pendingJoin(invite: string): Promise<PendingJoin | undefined> {
    return this.#db.read<PendingJoin | undefined>('joins', (store) => store.get(invite));
  }

  async keepJoin(join: PendingJoin): Promise<void> {
    await this.#db.write(['joins'], (open) => open('joins').put(join));
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
