import { describe, expect, it } from 'vitest';
import { Network, type Side, attached, content, holds, settle } from '../../test/kit/file-network';
import { hashHere } from '../../test/kit/hash-here';
import { MAX_SERVED, MAX_WANTED, PIECE_BYTES, READ_AHEAD } from './limits';
import { type FilesMessage, MANIFEST, decodeFilesMessage, encodeFilesMessage } from './messages';

hashHere();

describe('a neighbour who lies', () => {
  /** What the liar is told; it answers by hand. */
  async function victim(): Promise<{
    network: Network;
    ben: Side;
    told: () => FilesMessage[];
    say: (message: FilesMessage) => Promise<void>;
  }> {
    const network = new Network();
    const ben = await network.add('ben');
    network.connect('liar', 'ben');
    const told = () => {
      const mine = network.flights.filter(({ to }) => to === 'liar').map(({ bytes }) => decodeFilesMessage(bytes));
      network.flights = network.flights.filter(({ to }) => to !== 'liar');
      return mine;
    };
    const say = async (message: FilesMessage) => {
      await ben.sync.receive('liar', encodeFilesMessage(message));
      await settle();
    };
    return { network, ben, told, say };
  }

  it('sends a wrong piece: it is thrown away, and the liar not asked for that file again, on a new connection neither', async () => {
    const { network, ben, told, say } = await victim();
    const ana = await network.add('ana');
    const bytes = content(6);
    const id = await attached(ana, bytes);
    ben.sync.fetch(id);
    await say({ kind: 'has', id, much: 'all' });
    await say({ kind: 'piece', id, piece: MANIFEST, bytes: ana.files.get(id)!.manifest.bytes });
    expect(told()).toContainEqual({ kind: 'want', id, piece: 0 });
    await say({ kind: 'piece', id, piece: 0, bytes: new Uint8Array(PIECE_BYTES) });
    expect(ben.files.get(id)!.pieces.count).toBe(0);
    told();
    network.cut('liar', 'ben');
    network.connect('liar', 'ben');
    await say({ kind: 'has', id, much: 'all' });
    network.clock.advance(30_000);
    expect(told()).toEqual([]);
    expect(ben.sync.state(id).sources).toBe(0);
    network.connect('ana', 'ben');
    await network.run(() => ben.files.has(id));
    expect(await holds(ben, id, bytes)).toBe(true);
  });

  it('sends a manifest of another file: nothing is begun', async () => {
    const { network, ben, told, say } = await victim();
    const ana = await network.add('ana');
    const [id, other] = [await attached(ana, content(2)), await attached(ana, content(2, 3))];
    ben.sync.fetch(id);
    await say({ kind: 'has', id, much: 'all' });
    told();
    await say({ kind: 'piece', id, piece: MANIFEST, bytes: ana.files.get(other)!.manifest.bytes });
    expect(ben.files.get(id)).toBeUndefined();
    expect(ben.files.get(other)).toBeUndefined();
    expect(told()).toEqual([]);
  });

  it('sends pieces that nobody asked for: they are not even looked at', async () => {
    const { network, ben, say } = await victim();
    const ana = await network.add('ana');
    const id = await attached(ana, content(40));
    await ben.files.begin(ana.files.get(id)!.manifest);
    ben.sync.fetch(id);
    await say({ kind: 'piece', id, piece: 39, bytes: (await ana.files.piece(id, 39))! });
    expect(ben.files.get(id)!.pieces.count).toBe(0);
  });

  it('claims to have what it then has not: it is asked a bounded number at once, and others fetch', async () => {
    const { network, ben, told, say } = await victim();
    const ana = await network.add('ana');
    const id = await attached(ana, content(40));
    await ben.files.begin(ana.files.get(id)!.manifest);
    ben.sync.fetch(id);
    await say({ kind: 'has', id, much: 'all' });
    const wants = told().filter(({ kind }) => kind === 'want') as { id: string; piece: number }[];
    expect(wants.length).toBeGreaterThan(0);
    expect(wants.length).toBeLessThanOrEqual(MAX_WANTED);
    for (const { piece } of wants) await say({ kind: 'lack', id, piece });
    expect(told()).toEqual([]);
    network.connect('ana', 'ben');
    await network.run(() => ben.files.has(id));
    expect(ben.files.has(id)).toBe(true);
  });

  it('wants without end and takes nothing: what is kept and read for it is bounded', async () => {
    const network = new Network();
    const ana = await network.add('ana');
    const id = await attached(ana, content(2));
    let read = 0;
    const { piece } = ana.store;
    ana.store.piece = (...given) => {
      read += 1;
      return piece.apply(ana.store, given);
    };
    let sent = 0;
    let open: () => void = () => undefined;
    const full = new Promise<void>((resolve) => (open = resolve));
    ana.sync.connected('liar', { send: () => (sent += 1), writable: () => full });
    for (let wants = 0; wants < 10_000; wants++)
      await ana.sync.receive('liar', encodeFilesMessage({ kind: 'want', id, piece: wants % 2 }));
    await settle();
    expect(read).toBeLessThanOrEqual(READ_AHEAD);
    open();
    for (let turn = 0; turn < 200; turn++) await settle();
    expect(sent).toBe(MAX_SERVED);
  });

  it('wants what there is not: it hears so', async () => {
    const { network, ben, told, say } = await victim();
    void network;
    const id = await attached(ben, content(2));
    await say({ kind: 'want', id: 'ab'.repeat(32), piece: 0 });
    await say({ kind: 'want', id: 'ab'.repeat(32), piece: MANIFEST });
    await say({ kind: 'want', id, piece: 2 });
    expect(told().map(({ kind }) => kind)).toEqual(['lack', 'lack', 'lack']);
  });

  it('sends what is no message: it is refused with a code', async () => {
    const { ben } = await victim();
    await expect(ben.sync.receive('liar', Uint8Array.of(7, 7))).rejects.toMatchObject({
      code: 'files-message-malformed',
    });
  });
});
