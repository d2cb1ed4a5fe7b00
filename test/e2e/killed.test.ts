import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NodeEngine } from '../../node/peer/node-engine';
import { attachments } from '../../shared/commons/attachments';
import { COMMONS_DOC, addPage, pageDoc } from '../../shared/commons/pages';
import type { Peer } from '../../shared/peer/peer';
import { Terminal } from './kit/cli';

const PAGE = 'Diary';
const PAGE_ID = 'a'.repeat(32);
const FILE_BYTES = 300_000;
const KILLED = /profile-holder-ended|ECONNRESET|EPIPE/;

let ann: Terminal;
let keeper: Terminal;
let folder = '';
let network = '';
let place = '';

/** Works on the disk of one that has been ended, in this process. */
async function onDisk<T>(of: Terminal, work: (peer: Peer, engine: NodeEngine) => Promise<T>): Promise<T> {
  const engine = await NodeEngine.open(of.profile, { meets: false });
  try {
    await engine.host.open(network);
    return await work(await engine.host.peer(network), engine);
  } finally {
    await engine.close();
  }
}

async function docOf(peer: Peer, id: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(id));
  return doc;
}

const signedBy = (peer: Peer, device: string) => peer.replica.record.all().filter((entry) => entry.device === device);

beforeAll(async () => {
  [ann, keeper] = await Promise.all([Terminal.open('ann'), Terminal.open('keeper')]);
  folder = await mkdtemp(join(tmpdir(), 'peerhold-killed-'));
  const founded = await ann.ok('found', '--name', 'Lime', '--purpose', 'P', '--you', 'Ann', '--preset', 'circle');
  network = String(founded['network']);
  await onDisk(ann, async (peer) => {
    const doc = await docOf(peer, COMMONS_DOC);
    addPage(doc, { id: PAGE_ID, title: PAGE, parent: null, by: peer.me!.member, time: Date.now() });
    const change = { bytes: Y.encodeStateAsUpdate(doc), member: peer.me!.member, time: Date.now() };
    await peer.docs.apply(COMMONS_DOC, change, null);
  });
  const link = (await ann.start(/(peerhold:\/\/join\/\S+)/, 'add-device'))[1]!;
  await keeper.start(/Number to compare/, 'keeper', link, '--label', 'Cellar');
  await ann.hear(/Number: /);
  ann.write('yes\n');
  await ann.ended();
  place = (await keeper.hear(/meeting place: (\S+)/))[1]!;
  await keeper.stop();
});
afterAll(async () => {
  await Promise.all([ann?.end(), keeper?.end()]);
  await rm(folder, { recursive: true, force: true });
});

/** What a member's own process called done, by the ids of it. */
const events = new Set<string>();
const files = new Map<string, string>();
let amount = 0;

/** Signs, writes and attaches, all at once; `count` is told of each that is called done. What the kill leaves undone is nobody's fault. */
function burst(count: () => void): Promise<unknown> {
  const doing: Promise<void>[] = [];
  for (let each = 0; each < 24; each++) {
    amount += 1;
    const name = `File ${amount}`;
    const path = join(folder, name);
    const attached = async (): Promise<void> => {
      await writeFile(path, randomBytes(FILE_BYTES));
      const { file } = await ann.beside('attach', PAGE, path);
      files.set(String(file), name);
    };
    const signed = async (): Promise<void> => {
      const { event } = await ann.beside('post', 'income', String(amount), '--category', 'rent');
      events.add(String(event));
    };
    const doOne = each % 3 === 0 ? attached : signed;
    doing.push(doOne().then(() => count()));
  }
  return Promise.allSettled(doing).then((results) => {
    for (const result of results) if (result.status === 'rejected') expect(String(result.reason)).toMatch(KILLED);
  });
}

describe('processes that are killed while they write', () => {
  it.each([0, 1, 3, 7, 12, 18])(
    'after %i things were done: both disks are in order and have what they said they have',
    async (wanted) => {
      await Promise.all([
        keeper.start(/online with Lime/, 'keeper'),
        ann.start(/connected: Keeper Cellar/, 'sync', '--at', place),
      ]);
      let finished = 0;
      let reached = (): void => undefined;
      const enough = new Promise<void>((resolve) => (reached = resolve));
      const writing = burst(() => (finished += 1) >= wanted && reached());
      if (wanted > 0) await enough;
      // What of hers the keeper has said that it has, as far as she has heard. Counted first: she goes on signing.
      const { events: own } = await ann.beside('events', '--limit', '1000');
      const { deliveries, me } = await ann.beside('status');
      const { device } = me as { device: string };
      const before = (own as { device: string }[]).filter((one) => one.device === device).length;
      const { lacks } = (deliveries as { keeper?: string; lacks: number }[]).find((one) => one.keeper !== undefined)!;
      await Promise.all([ann.stop('SIGKILL'), keeper.stop('SIGKILL')]);
      await writing;

      const signed = await onDisk(ann, async (peer, engine) => {
        expect(await engine.host.verify(network)).toMatchObject({ wrongs: 0 });
        expect([...events].filter((id) => !peer.replica.record.has(id))).toEqual([]);
        const named = new Map(attachments(await docOf(peer, pageDoc(PAGE_ID))).map(({ file, name }) => [file, name]));
        for (const [file, name] of files) {
          expect(named.get(file)).toBe(name);
          expect((await engine.host.readFile(network, file)).byteLength).toBe(FILE_BYTES);
        }
        expect(peer.problem).toBeNull();
        // The next event stands where the last one on the disk ended.
        events.add(await peer.act({ type: 'proposal.open', payload: proposal(wanted) }));
        return signedBy(peer, device).length;
      });
      const kept = await onDisk(keeper, async (peer, engine) => {
        expect(await engine.host.verify(network)).toMatchObject({ wrongs: 0 });
        expect(peer.problem).toBeNull();
        return signedBy(peer, device).length;
      });
      expect(kept).toBeGreaterThanOrEqual(before - lacks);
      expect(kept).toBeLessThan(signed);
    },
  );

  it('have the same in the end, and nobody has two histories', async () => {
    await keeper.start(/online with Lime/, 'keeper');
    await ann.ok('sync', '--once', '--at', place);
    await keeper.stop();
    const [mine, theirs] = await Promise.all([ann, keeper].map((of) => of.ok('verify')));
    expect(mine).toMatchObject({ wrongs: 0, digest: theirs!['digest'], events: theirs!['events'] });
    expect(files.size).toBeGreaterThan(0);
    await onDisk(keeper, async (peer) => {
      expect([...events].filter((id) => !peer.replica.record.has(id))).toEqual([]);
      expect([...peer.state.devices.values()].filter(({ fork }) => fork !== undefined)).toEqual([]);
      const named = new Set(attachments(await docOf(peer, pageDoc(PAGE_ID))).map(({ file }) => file));
      expect([...files.keys()].filter((file) => !named.has(file))).toEqual([]);
    });
  });
});

const proposal = (number: number) => ({
  title: { text: `After ${number}` },
  text: { text: '' },
  effect: { kind: 'none' as const },
  deadline: Date.now() + 86_400_000,
});
