import { afterEach, describe, expect, it, vi } from 'vitest';
import { PUBLICATION, protocols, testSigner } from '../../test/kit/group';
import { around, founder } from '../../test/kit/peers';
import { sourceOf } from '../bundle/source';
import { readZip } from '../commons/exchange/zip-read';
import { publicPages } from '../network/publication/queries';
import { Peer } from '../peer/peer';
import type { Surroundings } from '../peer/surroundings';
import { concat, utf8 } from '../record/bytes';
import { PageDesk } from './page-desk';

const open: Peer[] = [];
afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});

/** Seals come by themselves, after what would be seconds. */
const FASTER = 200;
const hurried: Surroundings = {
  ...around,
  clock: {
    now: () => performance.now() * FASTER,
    setTimer: (delay, run) => around.clock.setTimer(delay / FASTER, run),
  },
};
const PICTURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const WORDS = {
  language: 'en',
  direction: 'ltr',
  callouts: { note: 'Note', tip: 'Tip', warning: 'Warning', question: 'Question' },
  heading: 'All of it',
  untitled: 'Untitled',
  unnamed: 'File',
} as const;

async function begin(surroundings = hurried) {
  const { peer: first, store } = await founder([...protocols(), PUBLICATION]);
  await first.close();
  const peer = await Peer.open(first.id, await testSigner('ana'), store, surroundings);
  open.push(peer);
  const desk = new PageDesk({ peer, around, progress: () => undefined });
  const publish = (page: string, title: string, text: string) =>
    peer.act({ type: 'page.publish', payload: { page, title: { text: title }, text: { text } } });
  const sealed = (count: number) =>
    vi.waitFor(() => expect(publicPages(peer.state)).toHaveLength(count), { timeout: 20_000 });
  return { peer, desk, publish, sealed };
}

async function exported(desk: PageDesk) {
  const pieces: Uint8Array[] = [];
  const made = await desk.exportPublic(WORDS, async (piece) => void pieces.push(piece.slice()));
  const entries = await readZip(sourceOf(concat(...pieces)));
  const files = new Map<string, string>();
  for (const entry of entries) files.set(entry.path, new TextDecoder().decode(await entry.read(100_000)));
  return { made, files };
}

describe('what is public, as files for the web', () => {
  it('is none before a seal: then nothing leaves', async () => {
    const { desk, publish } = await begin({ ...around, clock: { now: () => 0, setTimer: () => () => undefined } });
    await publish('house', 'House', 'Come in.');
    await expect(exported(desk)).rejects.toMatchObject({ code: 'nothing-public' });
  });

  it('is each text that was made public, with its files, and of other pages only what it says itself', async () => {
    const { peer, desk, publish, sealed } = await begin();
    const [picture, plan] = await Promise.all(
      [PICTURE, utf8('plan')].map((bytes) => peer.files.held.add(sourceOf(bytes))),
    );
    const absent = 'ef'.repeat(32);
    const text = [
      '# Rooms',
      'See [@the roof](peerhold:page/roof), [@minutes](peerhold:page/minutes), [@Ben](peerhold:member/7).',
      `![Front <b>](peerhold:file/${picture!.id})`,
      `[plan.html](peerhold:file/${plan!.id})`,
      `[gone.pdf](peerhold:file/${absent})`,
      '<script>alert(1)</script> [out](https://example.org)',
    ].join('\n\n');
    await publish('house', 'House', text);
    await publish('roof', 'index', 'Up.');
    await sealed(2);
    const { made, files } = await exported(desk);
    expect([...files.keys()].sort()).toEqual([
      'House.html',
      'files/Front -b-.png',
      'files/plan.html',
      'index (2).html',
      'index.html',
    ]);
    expect(made).toMatchObject({ pages: 2, files: 2, unread: [], absent: [{ page: 'House', file: 'gone.pdf' }] });
    const house = files.get('House.html')!;
    expect(house).toContain('<a href="index%20%282%29.html" rel="noopener noreferrer">the roof</a>');
    // Neither where it is in the commons nor what it is about.
    expect(house).toContain(', minutes, Ben.');
    expect(house).not.toContain('peerhold:');
    expect(house).toContain('<img src="files/Front%20-b-.png" alt="Front &lt;b&gt;">');
    expect(house).toContain('<a href="files/plan.html" rel="noopener noreferrer">plan.html</a>');
    expect(house).toContain('[gone.pdf]');
    expect(house).toContain('&lt;script&gt;');
    expect(house).toContain("default-src 'none'; img-src 'self' data:");
    expect(house).toContain('<nav><a href="index.html" rel="noopener noreferrer">All of it</a></nav>');
    expect(files.get('index.html')).toContain('<a href="House.html" rel="noopener noreferrer">House</a>');
  });

  it('loses at once what is taken back, and a text that was erased', async () => {
    const { peer, desk, publish, sealed } = await begin();
    const erased = await publish('a', 'Erased', 'Words.');
    await publish('b', 'Back', 'More words.');
    await publish('c', 'Kept', 'Some words.');
    await sealed(3);
    await peer.act({ type: 'page.withdraw', payload: { page: 'b' } });
    await peer.act({
      type: 'text.erase',
      payload: { event: erased, text: peer.state.publications.get(erased)!.text },
    });
    const { made, files } = await exported(desk);
    expect([...files.keys()].sort()).toEqual(['Kept.html', 'index.html']);
    expect(made.unread).toEqual(['Erased']);
  });
});
