import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { FailingStore, type Fate } from '../../test/kit/failing-store';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { stateDigest } from '../network/digest/digest';
import { Peer } from './peer';

const rename = (peer: Peer, name: string) => peer.act({ type: 'member.describe', payload: { name: { text: name } } });
const same = (a: Peer, b: Peer): boolean => stateDigest(a.state) === stateDigest(b.state);
const PAGE = 'page:1';

/** A page's text as one change. */
function typed(words: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, words);
  return Y.encodeStateAsUpdate(doc);
}

async function textOf(peer: Peer): Promise<string> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(PAGE));
  return doc.getText('t').toString();
}

/** What Ana's app called done before the machine went off. */
interface Done {
  readonly events: string[];
  erased: boolean;
  typed: boolean;
}

/** Ana signs, takes in what Ben signs, writes a page, erases and admits. */
async function session(ana: Peer, ben: Peer, done: Done): Promise<void> {
  const event = await rename(ana, 'Anna');
  done.events.push(event);
  const text = ana.state.members.get(ana.id)!.name;
  const wire = link(ana, ben);
  await until(() => same(ana, ben));
  await rename(ben, 'Ben');
  await until(() => same(ana, ben));
  await ana.docs.apply(PAGE, { bytes: typed('Roof'), member: null, time: 1 }, 'screen');
  done.typed = true;
  done.events.push(await rename(ana, 'Ana'));
  await join(ana, await invite(ana), 'cleo', 2);
  done.events.push(await ana.act({ type: 'text.erase', payload: { event, text } }));
  done.erased = true;
  await until(() => same(ana, ben));
  wire.cut();
}

/** Runs the session on a disk with this fate, and starts again from what is on it; gives how many writes there were. */
async function crash(fate: (write: number) => Fate): Promise<number> {
  const first = await founder();
  const ben = await join(first.peer, await invite(first.peer), 'ben');
  await first.peer.close();
  const disk = new FailingStore(first.store);
  const ana = await Peer.open(first.peer.id, first.signer, disk, around);
  disk.fate = fate;
  const done: Done = { events: [], erased: false, typed: false };
  const over = session(ana, ben.peer, done).catch((error: unknown) => error);
  const off = (async () => {
    while (!disk.off) await new Promise((resolve) => setTimeout(resolve, 2));
  })();
  const failure = await Promise.race([over, off]);
  if (!disk.off) expect(failure).toBeUndefined();
  disk.turnOff();
  // Whoever is dead says nothing more, and is heard no more.
  ana.disconnectAll();
  await until(() => ben.peer.connections.length === 0);

  const again = await Peer.open(ana.id, first.signer, disk.contents, around);
  const { record } = again.replica;
  expect(again.problem).toBeNull();
  expect(record.waiting).toBe(0);
  for (const id of done.events) expect(record.has(id)).toBe(true);
  const heard = ben.peer.replica.record.all().filter(({ device }) => device === first.signer.device);
  for (const { id } of heard) expect(record.has(id)).toBe(true);
  if (done.typed) expect(await textOf(again)).toBe('Roof');
  if (done.erased) {
    const texts = (await disk.contents.load()).flatMap((batch) => batch.texts.map(({ text }) => text));
    expect(texts).not.toContain('Anna');
  }
  link(again, ben.peer);
  await rename(again, 'Ana at last');
  await until(() => same(again, ben.peer));
  for (const { replica } of [again, ben.peer]) expect(replica.record.forks().size).toBe(0);
  expect(again.problem).toBeNull();
  await again.close();
  await ben.peer.close();
  return disk.writes;
}

describe('a crash at every write', () => {
  it.each(['off before', 'off after'] as const)(
    'loses nothing that was called done, and forks no chain: %s it',
    async (fate) => {
      const writes = await crash(() => 'done');
      expect(writes).toBeGreaterThan(8);
      for (let at = 1; at <= writes; at++) await crash((write) => (write === at ? fate : 'done'));
    },
    60_000,
  );
});
