import { contentOf } from '../../test/kit/bundles';
import { all } from '../../test/kit/streams';
import { concat } from '../record/bytes';
import { afterEach, describe, expect, it } from 'vitest';
import { around, copyOf, founder, invite, join, link, offerDevice, until } from '../../test/kit/peers';
import { testSigner } from '../../test/kit/group';
import { PeerholdError } from '../errors';
import { Joiner } from '../peer/joiner';
import { MemoryStore } from '../peer/memory-store';
import { Peer } from '../peer/peer';
import type { PeerStore } from '../peer/store';
import { type ReceivingKey, newReceivingKey } from '../record/receiving-key';
import type { Signer } from '../record/signature';
import { keysOf, receivingKeyOf } from './keys';
import type { HeldNetwork, Installation } from './ports';
import { Receiving } from './receiving';

const ending: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

interface Side {
  readonly peer: Peer;
  readonly signer: Signer;
  readonly receiving: Receiving;
  /** Timers that were set, none of which goes off by itself. */
  readonly timers: (() => void)[];
  readonly key: ReceivingKey;
}

/** A peer whose installation keeps its key so. */
function publishing(peer: Peer, signer: Signer, key: () => Promise<ReceivingKey>): Omit<Side, 'key'> {
  const timers: (() => void)[] = [];
  const clock = { ...around.clock, setTimer: (_delay: number, run: () => void) => (timers.push(run), () => undefined) };
  const receiving = new Receiving({ peer, clock, key });
  ending.push(
    () => peer.close(),
    () => receiving.close(),
  );
  return { peer, signer, receiving, timers };
}

const holding = (peer: Peer, signer: Signer, key: ReceivingKey): Side => ({
  ...publishing(peer, signer, () => Promise.resolve(key)),
  key,
});
const open = async (network: string, signer: Signer, store: PeerStore, key: ReceivingKey): Promise<Side> =>
  holding(await Peer.open(network, signer, store, around), signer, key);

/** How often its own device published a key, and the one that counts, as another sees it. */
const published = (at: Peer, device: string) => ({
  times: at.replica.record.all().filter((entry) => entry.type === 'device.receives' && entry.device === device).length,
  key: at.state.devices.get(device)?.receives,
});
const both = async (a: Peer, b: Peer): Promise<() => Promise<void>> => {
  const wire = link(a, b);
  ending.push(() => wire.cut());
  await until(() => a.caughtUp && b.caughtUp);
  return async () => {
    wire.cut();
    await until(() => a.connections.length + b.connections.length === 0);
  };
};
const met = (a: Peer, b: Peer): Promise<void> => until(() => a.replica.record.size === b.replica.record.size);

async function two() {
  const first = await founder();
  const ana = holding(first.peer, first.signer, await newReceivingKey());
  const second = await join(ana.peer, await invite(ana.peer), 'ben');
  const ben = holding(second.peer, second.signer, await newReceivingKey());
  return { ana, ben, anasStore: first.store, bensStore: second.store };
}

describe('the key by which a device receives', () => {
  it('is published once the device has met another, and then no more', async () => {
    const { ana, ben, bensStore } = await two();
    await ben.peer.act({ type: 'member.describe', payload: { name: { text: 'Ben' } } });
    await ben.receiving.settled();
    expect(published(ben.peer, ben.signer.device).times).toBe(0);
    const part = await both(ana.peer, ben.peer);
    for (const { signer, key } of [ana, ben])
      await until(() => [ana, ben].every(({ peer }) => published(peer, signer.device).key === key.receives));
    await part();
    await ben.receiving.close();
    await ben.peer.close();
    const again = await open(ana.peer.id, ben.signer, bensStore, ben.key);
    await both(ana.peer, again.peer);
    await again.peer.act({ type: 'member.describe', payload: { name: { text: 'Ben' } } });
    await again.receiving.settled();
    await met(ana.peer, again.peer);
    expect(published(ana.peer, ben.signer.device)).toEqual({ times: 1, key: ben.key.receives });
  });

  it('is published anew where the installation holds another one', async () => {
    const { ana, ben, bensStore } = await two();
    const part = await both(ana.peer, ben.peer);
    await until(() => published(ana.peer, ben.signer.device).times === 1);
    await part();
    await ben.receiving.close();
    await ben.peer.close();
    const other = await open(ana.peer.id, ben.signer, bensStore, await newReceivingKey());
    await both(ana.peer, other.peer);
    await until(() => published(ana.peer, ben.signer.device).key === other.key.receives);
    expect(published(ana.peer, ben.signer.device).times).toBe(2);
  });

  it('is published by a device that meets nobody once it has taken in a bundle', async () => {
    const { ana, ben } = await two();
    const content = concat(...(await all(ana.peer.bundles.make(null).content)));
    await ben.peer.bundles.take(contentOf(content));
    ben.receiving.heard();
    await ben.receiving.settled();
    expect(published(ben.peer, ben.signer.device)).toEqual({ times: 1, key: ben.key.receives });
  });

  it('is not published by a restored backup, which learns from others that it is behind', async () => {
    const { ana, ben, bensStore } = await two();
    const backup = await copyOf(bensStore);
    const part = await both(ana.peer, ben.peer);
    await until(() => published(ana.peer, ben.signer.device).times === 1);
    await part();
    const restored = await open(ana.peer.id, ben.signer, backup, await newReceivingKey());
    await both(ana.peer, restored.peer);
    await restored.receiving.settled();
    expect(restored.peer.problem).toBe('device-behind');
    expect(published(restored.peer, ben.signer.device)).toEqual({ times: 1, key: ben.key.receives });
    expect(ana.peer.replica.record.forks().size).toBe(0);
  });

  it('is not published by a keeper', async () => {
    const { ana } = await two();
    const cellar = await testSigner('cellar');
    const disk = new MemoryStore();
    const joiner = await Joiner.start(await offerDevice(ana.peer), cellar, disk, around);
    const wire = link(ana.peer, joiner);
    await joiner.askToBeAdded('cellar', 2_000, 'keeper');
    const added = joiner.added(2_000);
    await until(() => ana.peer.devices.asking !== null);
    await ana.peer.devices.confirm(cellar.device);
    await added;
    joiner.close();
    wire.cut();
    const keeper = await open(ana.peer.id, cellar, disk, await newReceivingKey());
    await both(ana.peer, keeper.peer);
    await until(() => published(ana.peer, ana.signer.device).times === 1);
    await keeper.receiving.settled();
    expect(keeper.peer.isKeeper).toBe(true);
    expect(published(keeper.peer, cellar.device).times).toBe(0);
  });

  it('is published later where the installation could not keep it at once', async () => {
    const { ana, ben, bensStore } = await two();
    await ben.receiving.close();
    await ben.peer.close();
    let full = true;
    const keep = () => (full ? Promise.reject(new PeerholdError('storage-full')) : Promise.resolve(ben.key));
    const again = publishing(await Peer.open(ana.peer.id, ben.signer, bensStore, around), ben.signer, keep);
    await both(ana.peer, again.peer);
    await until(() => again.timers.length === 1);
    full = false;
    again.timers[0]!();
    await until(() => published(ana.peer, ben.signer.device).times === 1);
    expect(again.timers).toHaveLength(1);
  });
});

describe('the key that an installation keeps for a network', () => {
  const installation = (row: Partial<HeldNetwork>) => {
    let held = row as HeldNetwork;
    const made: ReceivingKey[] = [];
    return {
      made,
      network: () => Promise.resolve(held),
      change: async (_id: string, change: (row: HeldNetwork) => HeldNetwork) => void (held = change(held)),
      newReceivingKey: async () => {
        made.push(await newReceivingKey());
        return made.at(-1)!;
      },
    } as Partial<Installation> as Installation & { readonly made: readonly ReceivingKey[] };
  };

  it('is the same for two that ask at once, and later', async () => {
    const kept = installation({});
    const [one, other] = await Promise.all([receivingKeyOf(kept, 'n'), receivingKeyOf(kept, 'n')]);
    expect(one).toBe(other);
    expect(await receivingKeyOf(kept, 'n')).toBe(one);
    expect(kept.made).toContain(one);
  });

  it('goes with the device whose it is: the one in its place receives by another', async () => {
    const receiving = await newReceivingKey();
    const next = { device: 'd', secret: {} };
    const kept = installation({ receiving, next });
    await keysOf(kept, 'n').change();
    expect(await kept.network('n')).toEqual({ key: next });
    const unchanged = installation({ receiving, stopped: true });
    await keysOf(unchanged, 'n').change();
    expect(await receivingKeyOf(unchanged, 'n')).toBe(receiving);
  });
});
