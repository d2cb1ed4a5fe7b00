import { join } from 'node:path';
import type { HeldNetwork, Installation, IssuedInvite, OpenStore, PendingJoin } from '../../shared/engine/ports';
import { PeerholdError } from '../../shared/errors';
import { type ReceivingKey, receivingKeyFromSeed } from '../../shared/record/receiving-key';
import { type DeviceKey, deviceKeyFromSeed, randomBytes } from '../../shared/record/signature';
import { Level } from './level';
import { LevelPeerStore } from './peer-store';

const NETWORKS = 'networks/';
const INVITES = 'invites/';
const JOINS = 'joins/';
const ONLINE = 'settings/online';
const SEED_BYTES = 32;

/** A key whose secret half this installation can write down. Node keeps no keys that can be used and not read. */
interface Seeded {
  readonly seed: Uint8Array;
}
type SeededKey = DeviceKey & Seeded;
type SeededReceivingKey = ReceivingKey & Seeded;

/** What a peer in Node keeps across its networks, in a folder that only its user may read; each network's replica in a folder below. */
export class LevelInstallation implements Installation {
  readonly #folder: string;
  readonly #level: Level;
  /** Changes run one after the other. */
  #changing: Promise<void> = Promise.resolve();

  private constructor(folder: string, level: Level) {
    this.#folder = folder;
    this.#level = level;
  }

  /** Rejects with `profile-in-use` where another process has it open. */
  static async open(folder: string): Promise<LevelInstallation> {
    return new LevelInstallation(folder, await Level.open(join(folder, 'installation')));
  }

  newKey(): Promise<SeededKey> {
    return keyOf(randomBytes(SEED_BYTES));
  }

  keyFromSeed(seed: Uint8Array): Promise<SeededKey> {
    return keyOf(seed.slice());
  }

  newReceivingKey(): Promise<SeededReceivingKey> {
    return receivingKeyOf(randomBytes(SEED_BYTES));
  }

  async networks(): Promise<readonly HeldNetwork[]> {
    const rows = await this.#level.all(NETWORKS, () => undefined);
    return Promise.all(rows.map(heldOf));
  }

  async network(id: string): Promise<HeldNetwork | undefined> {
    const row = await this.#level.get(NETWORKS + id);
    return row === undefined ? undefined : heldOf(row);
  }

  async keep(network: HeldNetwork): Promise<void> {
    await this.#level.write([[NETWORKS + network.id, rowOf(network)]]);
  }

  change(id: string, change: (held: HeldNetwork) => HeldNetwork): Promise<void> {
    const turn = this.#changing.then(async () => {
      const held = await this.network(id);
      if (held !== undefined) await this.keep(change(held));
    });
    this.#changing = turn.catch(() => undefined);
    return turn;
  }

  async forget(id: string): Promise<void> {
    await this.#level.write([[NETWORKS + id, null]]);
    await this.dropStore(id);
  }

  async keepInvite(invite: IssuedInvite): Promise<void> {
    await this.#level.write([[INVITES + invite.invite, invite]]);
  }

  async invite(id: string): Promise<IssuedInvite | undefined> {
    return (await this.#level.get(INVITES + id)) as IssuedInvite | undefined;
  }

  async pendingJoin(invite: string): Promise<PendingJoin | undefined> {
    const row = (await this.#level.get(JOINS + invite)) as StoredJoin | undefined;
    return row && { ...row, key: await keyOf(row.key) };
  }

  async keepJoin({ key, ...join }: PendingJoin): Promise<void> {
    await this.#level.write([[JOINS + join.invite, { ...join, key: seedOf(key) }]]);
  }

  async endJoin(invite: string): Promise<void> {
    await this.#level.write([[JOINS + invite, null]]);
  }

  async online(): Promise<boolean> {
    return ((await this.#level.get(ONLINE)) as boolean | undefined) ?? true;
  }

  async setOnline(online: boolean): Promise<void> {
    await this.#level.write([[ONLINE, online]]);
  }

  openStore(network: string): Promise<OpenStore> {
    return LevelPeerStore.open(this.#folderOf(network));
  }

  dropStore(network: string): Promise<void> {
    return LevelPeerStore.drop(this.#folderOf(network));
  }

  async close(): Promise<void> {
    await this.#changing;
    await this.#level.close();
  }

  /** Ids are hex: no name of a file can come from outside. */
  #folderOf(network: string): string {
    if (!/^[0-9a-f]{64}$/.test(network)) throw new PeerholdError('network-unknown');
    return join(this.#folder, 'networks', network);
  }
}

/** Keys are written down as their seeds. */
type StoredJoin = Omit<PendingJoin, 'key'> & { readonly key: Uint8Array };
type StoredNetwork = Omit<HeldNetwork, 'key' | 'next' | 'receiving'> & {
  readonly key: Uint8Array;
  readonly next?: Uint8Array;
  readonly receiving?: Uint8Array;
};

async function heldOf(row: unknown): Promise<HeldNetwork> {
  const { key, next, receiving, ...rest } = row as StoredNetwork;
  return {
    ...rest,
    key: await keyOf(key),
    ...(next === undefined ? {} : { next: await keyOf(next) }),
    ...(receiving === undefined ? {} : { receiving: await receivingKeyOf(receiving) }),
  };
}

function rowOf({ key, next, receiving, ...rest }: HeldNetwork): StoredNetwork {
  return {
    ...rest,
    key: seedOf(key),
    ...(next === undefined ? {} : { next: seedOf(next) }),
    ...(receiving === undefined ? {} : { receiving: seedOf(receiving) }),
  };
}

async function keyOf(seed: Uint8Array): Promise<SeededKey> {
  return { ...(await deviceKeyFromSeed(seed)), seed };
}

async function receivingKeyOf(seed: Uint8Array): Promise<SeededReceivingKey> {
  return { ...(await receivingKeyFromSeed(seed)), seed };
}

/** Every key that is kept here was made here. */
function seedOf(key: DeviceKey | ReceivingKey): Uint8Array {
  if (!('seed' in key)) throw new PeerholdError('key-not-readable');
  return (key as Seeded).seed;
}
