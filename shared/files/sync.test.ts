import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Network, type Side, attached, content, holds, settle } from '../../test/kit/file-network';
import { hashHere } from '../../test/kit/hash-here';
import { PeerholdError } from '../errors';
import { PIECE_BYTES } from './limits';
import { MemoryFileStore } from './memory-store';

hashHere();

describe('a file', () => {
  it('has one id for one content, and is the same when it is read', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const bytes = content(3);
    const id = await attached(ana, bytes);
    expect(await attached(ben, bytes)).toBe(id);
    expect(await attached(ben, content(3, 2))).not.toBe(id);
    expect(await holds(ana, id, bytes)).toBe(true);
    const empty = await attached(ana, new Uint8Array(0));
    expect(await ana.files.read(empty)).toEqual(new Uint8Array(0));
  });

  it('that changes while it is read is not taken in', async () => {
    const { files } = await new Network().add('ana');
    let reads = 0;
    const slice = () => ({ arrayBuffer: async () => new Uint8Array(10).fill(reads++).buffer });
    await expect(files.add({ size: 10, slice })).rejects.toMatchObject({ code: 'file-changed' });
  });

  it('that is too large is refused before it is read', async () => {
    const { files } = await new Network().add('ana');
    const slice = () => expect.unreachable('it was read');
    await expect(files.add({ size: 2 ** 40, slice })).rejects.toMatchObject({ code: 'file-too-large' });
  });

  it('of which the disk altered a piece says so, and gets that piece again', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const bytes = content(3);
    const id = await attached(ana, bytes);
    await attached(ben, bytes);
    await ana.store.put(id, [{ index: 1, bytes: new Uint8Array(PIECE_BYTES) }]);
    await expect(ana.files.read(id)).rejects.toMatchObject({ code: 'file-damaged' });
    expect(ana.sync.state(id).state).toBe('absent');
    network.connect('ana', 'ben');
    ana.sync.fetch(id);
    await network.run();
    expect(network.sent.get('ben')).toBe(1);
    expect(await holds(ana, id, bytes)).toBe(true);
  });
});

describe('fetching', () => {
  it('gets a file from who has it, each piece once, and says how far it is', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const bytes = content(20);
    const id = await attached(ana, bytes);
    network.connect('ana', 'ben');
    const seen: number[] = [];
    ben.sync.changed.add(() => seen.push(ben.sync.state(id).here));
    ben.sync.fetch(id);
    expect(ben.sync.state(id)).toEqual({ state: 'fetching', size: null, here: 0, sources: 0, problem: null });
    await network.run();
    expect(ben.sync.state(id)).toEqual({
      state: 'here',
      size: bytes.length,
      here: bytes.length,
      sources: 1,
      problem: null,
    });
    expect(await holds(ben, id, bytes)).toBe(true);
    // And the manifest.
    expect(network.sent.get('ana')).toBe(21);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).toBeGreaterThan(5);
    expect(ben.wanted).toEqual([]);
  });

  it('gets an empty file', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const id = await attached(ana, new Uint8Array(0));
    network.connect('ana', 'ben');
    ben.sync.fetch(id);
    await network.run();
    expect(ben.sync.state(id)).toMatchObject({ state: 'here', size: 0 });
  });

  it('goes on after a cut and after a restart, without asking again for what is here', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const bytes = content(20);
    const id = await attached(ana, bytes);
    network.connect('ana', 'ben');
    ben.sync.fetch(id);
    await network.run(() => (ben.files.get(id)?.pieces.count ?? 0) >= 5);
    network.cut('ana', 'ben');
    network.connect('ana', 'ben');
    await network.run(() => ben.files.get(id)!.pieces.count >= 10);
    const again = await network.restart('ben');
    const { count } = again.files.get(id)!.pieces;
    expect(count).toBeGreaterThanOrEqual(10);
    network.sent.clear();
    network.connect('ana', 'ben');
    await network.run();
    expect(network.sent.get('ana')).toBe(20 - count);
    expect(await holds(again, id, bytes)).toBe(true);
  });

  it('takes from several at once, also from those who are still fetching it themselves', async () => {
    const network = new Network();
    const sides = [];
    for (const name of ['ana', 'ben', 'cyd']) sides.push(await network.add(name));
    const [ana, ben, cyd] = sides as [Side, Side, Side];
    const bytes = content(30);
    const id = await attached(ana, bytes);
    network.connect('ana', 'ben');
    ben.sync.fetch(id);
    await network.run(() => (ben.files.get(id)?.pieces.count ?? 0) >= 12);
    // Ben keeps what he has got, and hears no more of Ana; Cyd knows both.
    network.cut('ana', 'ben');
    network.sent.clear();
    for (const other of ['ana', 'ben']) network.connect('cyd', other);
    cyd.sync.fetch(id);
    await network.run(() => cyd.files.has(id));
    expect(await holds(cyd, id, bytes)).toBe(true);
    expect(network.sent.get('ana')).toBeGreaterThan(5);
    expect(network.sent.get('ben')).toBeGreaterThan(2);
    // Cyd has it whole now and tells Ben, who had asked.
    await network.run();
    network.clock.advance(5_000);
    await network.run();
    expect(await holds(ben, id, bytes)).toBe(true);
  });

  it('asks another when one has gone silent', async () => {
    const network = new Network();
    const [ana, ben, cyd] = [await network.add('ana'), await network.add('ben'), await network.add('cyd')];
    const bytes = content(6);
    const id = await attached(ana, bytes);
    await attached(cyd, bytes);
    network.connect('ana', 'ben');
    ben.sync.fetch(id);
    await network.run(() => ben.files.get(id) !== undefined);
    // Ana is there and says nothing more.
    network.flights = [];
    network.connect('cyd', 'ben');
    await network.run();
    expect(ben.files.has(id)).toBe(false);
    network.clock.advance(30_000);
    await network.run();
    expect(await holds(ben, id, bytes)).toBe(true);
  });

  it('ends when it is cancelled, keeps what is here, and can be begun again', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const bytes = content(20);
    const id = await attached(ana, bytes);
    network.connect('ana', 'ben');
    ben.sync.fetch(id);
    await network.run(() => (ben.files.get(id)?.pieces.count ?? 0) >= 5);
    ben.sync.cancel(id);
    await network.run();
    expect(ben.sync.state(id)).toMatchObject({ state: 'absent', size: bytes.length });
    expect(ben.sync.state(id).here).toBeGreaterThanOrEqual(5 * PIECE_BYTES);
    expect(ben.wanted).toEqual([]);
    ben.sync.fetch(id);
    await network.run();
    expect(await holds(ben, id, bytes)).toBe(true);
  });

  it('stops with the disk’s own word where it takes no more, and goes on when asked to', async () => {
    const network = new Network();
    const store = new MemoryFileStore();
    const [ana, ben] = [await network.add('ana'), await network.add('ben', store)];
    const id = await attached(ana, content(4));
    network.connect('ana', 'ben');
    const put = store.put.bind(store);
    store.put = () => Promise.reject(new PeerholdError('storage-full'));
    ben.sync.fetch(id);
    await network.run();
    expect(ben.sync.state(id)).toMatchObject({ state: 'absent', problem: 'storage-full' });
    store.put = put;
    ben.sync.fetch(id);
    await network.run();
    expect(ben.sync.state(id)).toMatchObject({ state: 'here', problem: null });
  });

  it('of a file that was looked at says who has it, and fetches nothing', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const id = await attached(ana, content(2));
    network.connect('ana', 'ben');
    ben.sync.look([id]);
    await network.run();
    expect(ben.sync.state(id)).toMatchObject({ state: 'absent', sources: 1 });
    expect(network.sent.size).toBe(0);
    network.cut('ana', 'ben');
    expect(ben.sync.state(id).sources).toBe(0);
  });

  it('tells who has a file that somebody else has it too, before they remove it', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const id = await attached(ana, content(2));
    network.connect('ana', 'ben');
    ana.sync.look([id]);
    await network.run();
    expect(ana.sync.state(id)).toMatchObject({ state: 'here', sources: 0 });
    ben.sync.fetch(id);
    await network.run();
    expect(ana.sync.state(id)).toMatchObject({ state: 'here', sources: 1 });
    // Ben removes it: who looks again hears so.
    await ben.files.drop(id);
    ana.sync.look([id]);
    await network.run();
    expect(ana.sync.state(id).sources).toBe(0);
  });

  it('begins anew with a file that was removed while its pieces came', async () => {
    const network = new Network();
    const [ana, ben] = [await network.add('ana'), await network.add('ben')];
    const bytes = content(8);
    const id = await attached(ana, bytes);
    network.connect('ana', 'ben');
    ben.sync.fetch(id);
    await network.run(() => (ben.files.get(id)?.pieces.count ?? 0) >= 2);
    ben.sync.cancel(id);
    const dropped = ben.files.drop(id);
    ben.sync.fetch(id);
    await dropped;
    await network.run();
    network.clock.advance(30_000);
    await network.run();
    expect(await holds(ben, id, bytes)).toBe(true);
  });

  it('gives the same bytes whatever the order of pieces and neighbours, and whoever is cut off', async () => {
    const bytes = content(7);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (choices) => {
        const network = new Network();
        const choose = (most: number): number => choices.next().value! % most;
        const ben = await network.add('ben');
        let id = '';
        for (const name of ['ana', 'cyd', 'dan']) id = await attached(await network.add(name), bytes);
        for (const name of ['ana', 'cyd', 'dan']) network.connect('ben', name);
        ben.sync.fetch(id);
        for (let step = 0; step < 400 && !ben.files.has(id); step++) {
          await settle();
          if (choose(10) === 0) {
            const other = ['ana', 'cyd', 'dan'][choose(3)]!;
            network.cut('ben', other);
            network.connect('ben', other);
          }
          if (network.flights.length === 0) network.clock.advance(30_000);
          else await network.deliver(choose(network.flights.length));
        }
        expect(await holds(ben, id, bytes)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});
