import type { DeviceKey } from '../../../shared/record/signature';
import { Database } from './database';
import { IdbPeerStore } from './peer-store';

/** A network that this device holds, with the key by which it acts there. */
export interface HeldNetwork {
  readonly id: string;
  readonly key: DeviceKey;
  readonly name: string;
  readonly sample: boolean;
  readonly members: number;
  readonly changed: number;
  /** Signalling servers of others, from the invite. */
  readonly meetingPlaces: readonly string[];
  /** The network that it goes on from, and who started it again. */
  readonly refounds?: { readonly network: string; readonly by: string };
  /** The key that is to take the place of `key`, of a device that others know more of than it does itself. */
  readonly next?: DeviceKey;
  /** Set when the device can sign nothing more. */
  readonly stopped?: boolean;
}

/** An invite that this device issued: its secret is here and in the link only. */
export interface IssuedInvite {
  readonly invite: string;
  readonly network: string;
  readonly secret: Uint8Array;
  readonly expires: number;
}

/** A join under way: the key stays the same if the person has to try again. */
export interface PendingJoin {
  readonly invite: string;
  readonly key: DeviceKey;
  /** Devices of members whom it has asked to admit this key. */
  readonly asked: readonly string[];
}

/** What this device holds across its networks. */
export class DeviceStore {
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

  /** Changes a network's row, if it is still here, in one transaction: two changes at once must not undo each other, least of all a key's. */
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
    await IdbPeerStore.drop(id);
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

  /** Whether the person wants to be reached; a choice to work offline outlasts a restart. */
  async online(): Promise<boolean> {
    return (await this.#db.read<boolean | undefined>('settings', (store) => store.get('online'))) ?? true;
  }

  async setOnline(online: boolean): Promise<void> {
    await this.#db.write(['settings'], (open) => open('settings').put(online, 'online'));
  }

  async endJoin(invite: string): Promise<void> {
    await this.#db.write(['joins'], (open) => open('joins').delete(invite));
  }
}
