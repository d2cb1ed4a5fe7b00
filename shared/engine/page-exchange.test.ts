import { afterEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { around, founder } from '../../test/kit/peers';
import { sourceOf } from '../bundle/source';
import { attach } from '../commons/attachments';
import { contentOf } from '../commons/beginning';
import { readZip } from '../commons/exchange/zip-read';
import { COMMONS_DOC, type PageNode, addPage, addPages, allPages, pageDoc, pageText, pageTree } from '../commons/pages';
import { textToFragment } from '../commons/text/canonical';
import type { Peer } from '../peer/peer';
import { concat, utf8 } from '../record/bytes';
import { writeDoc } from './new-pages';
import { PageDesk } from './page-desk';

const open: Peer[] = [];
afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});

/** A PNG's first bytes are enough to be taken for one. */
const PICTURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const WORDS = { untitled: 'Untitled', unnamed: 'File', copies: null };
const HTML = {
  language: 'en',
  direction: 'ltr',
  callouts: { note: 'Note', tip: 'Tip', warning: 'Warning', question: 'Question' },
} as const;

async function begin(progress: (done: number, total: number) => void = () => undefined) {
  const { peer } = await founder();
  open.push(peer);
  return { peer, desk: new PageDesk({ peer, around, progress }) };
}

const write = (peer: Peer, doc: string, edit: (doc: Y.Doc) => void) => writeDoc(peer, 1, doc, edit);

/** Three pages that name each other, one with a picture, a file, and one file that is nowhere. */
async function house() {
  const { peer, desk } = await begin();
  await write(peer, COMMONS_DOC, (doc) =>
    addPages(doc, [
      { id: 'house', title: 'House', parent: null, by: null, time: 1, tags: ['Home'] },
      { id: 'roof', title: 'Roof/attic', parent: 'house', by: null, time: 1, template: true },
      { id: 'empty', title: '', parent: null, by: null, time: 1 },
    ]),
  );
  const [picture, plan] = await Promise.all(
    [PICTURE, utf8('plan')].map((bytes) => peer.files.held.add(sourceOf(bytes))),
  );
  const absent = 'ef'.repeat(32);
  await write(peer, pageDoc('house'), (doc) => {
    const text = `# Rooms\n\nSee [@Roof](peerhold:page/roof).\n\n![Front](peerhold:file/${picture!.id})\n\n[gone](peerhold:file/${absent})`;
    textToFragment(text, pageText(doc));
    const by = { size: 1, type: '', time: 1, by: null };
    attach(doc, { ...by, file: picture!.id, name: 'front.png' });
    attach(doc, { ...by, file: plan!.id, name: 'plan.txt', time: 2 });
    attach(doc, { ...by, file: absent, name: 'gone.pdf', time: 3 });
  });
  await write(peer, pageDoc('roof'), (doc) => textToFragment('Up to [@House](peerhold:page/house).', pageText(doc)));
  return { peer, desk, picture: picture!.id, plan: plan!.id };
}

async function exported(desk: PageDesk, page: string | null = null) {
  const pieces: Uint8Array[] = [];
  const made = await desk.export({ page, words: WORDS }, async (piece) => void pieces.push(piece.slice()));
  return { made, archive: concat(...pieces) };
}

const chosen = (path: string, bytes: Uint8Array) => [{ path, content: sourceOf(bytes) }];
const contentAt = (peer: Peer, page: string) => peer.docs.glance(pageDoc(page), 1e9, contentOf);
const shape = (nodes: readonly PageNode[]): unknown =>
  nodes.map(({ title, tags, template, children }) => [title, tags, template, shape(children)]);

describe('pages as files', () => {
  it('are put into folders with their files, and what is not here is named', async () => {
    const { desk } = await house();
    const { made, archive } = await exported(desk);
    const entries = await readZip(sourceOf(archive));
    expect(entries.map(({ path }) => path)).toEqual([
      'House.files/front.png',
      'House.files/plan.txt',
      'House.md',
      'House/Roof-attic.md',
      'Untitled.md',
    ]);
    expect(made).toEqual({
      ...{ pages: 3, files: 2, bytes: archive.length, unread: [] },
      absent: [{ page: 'House', file: 'gone.pdf' }],
    });
    const text = new TextDecoder().decode(await entries[2]!.read(10_000));
    expect(text).toContain('title: "House"\ntags: ["Home"]\norder: 1\n---\n');
    expect(text).toContain('See [Roof](House/Roof-attic.md).\n\n![Front](House.files/front.png)\n');
    const under = await exported(desk, 'roof');
    expect((await readZip(sourceOf(under.archive))).map(({ path }) => path)).toEqual(['Roof-attic.md']);
    await expect(exported(desk, 'none')).rejects.toMatchObject({ code: 'page-unknown' });
  });

  it('come into another network as they were: tree, titles, tags, texts, files', async () => {
    const { desk, peer, picture, plan } = await house();
    const { archive } = await exported(desk);
    const other = await begin();
    await write(other.peer, COMMONS_DOC, (doc) =>
      addPage(doc, { id: 'old', title: 'Old', parent: null, by: null, time: 1 }),
    );
    const preview = await other.desk.preview(chosen('all.zip', archive));
    expect(preview).toMatchObject({
      pages: [
        { title: 'House', level: 1, files: 2 },
        { title: 'Roof/attic', level: 2, files: 0 },
        { title: '', level: 1, files: 0 },
      ],
      files: 2,
      left: [],
    });
    expect(other.peer.docs.ids()).toEqual([COMMONS_DOC]);
    const done = await other.desk.import({ files: chosen('all.zip', archive), parent: 'old' });
    expect(done).toMatchObject({ pages: 3, files: 2, left: [] });
    const tree = (await other.peer.docs.glance(COMMONS_DOC, 1e9, pageTree))!;
    expect(shape(tree)).toEqual([
      [
        'Old',
        [],
        false,
        [
          ['House', ['Home'], false, [['Roof/attic', [], true, []]]],
          ['', [], false, []],
        ],
      ],
    ]);
    const all = (await other.peer.docs.glance(COMMONS_DOC, 1e9, allPages))!;
    const idOf = (title: string) => [...all.values()].find((page) => page.title === title)!.id;
    const mapped = (text: string) =>
      text.replace('page/roof', `page/${idOf('Roof/attic')}`).replace('page/house', `page/${idOf('House')}`);
    for (const [from, title] of [
      ['house', 'House'],
      ['roof', 'Roof/attic'],
    ] as const) {
      const [before, after] = [await contentAt(peer, from), await contentAt(other.peer, idOf(title))];
      expect(after!.markdown).toBe(mapped(before!.markdown));
    }
    const files = (await contentAt(other.peer, idOf('House')))!.files;
    expect(new Set(files.map(({ file, name, type }) => [file, name, type].join()))).toEqual(
      new Set([`${picture},front.png,image/png`, `${plan},plan.txt,`]),
    );
    expect(await other.peer.files.held.read(picture)).toEqual(PICTURE);
    expect(done.first).toBe(idOf('House'));
  });

  it('that can not be stored are not made at all', async () => {
    const { peer, desk } = await begin();
    const apply = peer.docs.apply.bind(peer.docs);
    let writes = 0;
    peer.docs.apply = (...given) => {
      writes += 1;
      if (writes === 2) throw new Error('the disk is full');
      return apply(...given);
    };
    const files = ['a', 'b', 'c'].map((name) => ({ path: `${name}.md`, content: sourceOf(utf8(`Words of ${name}`)) }));
    await expect(desk.import({ files, parent: null })).rejects.toThrow('the disk is full');
    expect((await peer.docs.glance(COMMONS_DOC, 1e9, allPages))!.size).toBe(0);
    expect(await desk.import({ files, parent: null })).toMatchObject({ pages: 3 });
    expect([...(await peer.docs.glance(COMMONS_DOC, 1e9, allPages))!.values()].map(({ title }) => title)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('come in without a file that is damaged in the archive, which is said', async () => {
    const { desk } = await house();
    const { archive } = await exported(desk);
    const spoilt = archive.slice();
    // The picture stands first in the archive, unpacked, behind its header of 30 bytes and its name.
    spoilt[30 + 'House.files/front.png'.length + 2]! ^= 1;
    const other = await begin();
    const done = await other.desk.import({ files: chosen('all.zip', spoilt), parent: null });
    expect(done).toMatchObject({ pages: 3, files: 1, left: [{ path: 'House.files/front.png', code: 'zip-damaged' }] });
    const house2 = (await contentAt(other.peer, done.first!))!;
    expect(house2.markdown).toContain('.\n\nFront\n\n');
    expect(house2.files.map(({ name }) => name)).toEqual(['plan.txt']);
  });

  it('can be called off, one at a time', async () => {
    const { desk } = await house();
    const first = exported(desk);
    await expect(exported(desk)).rejects.toMatchObject({ code: 'pages-busy' });
    desk.cancel();
    await expect(first).rejects.toMatchObject({ code: 'pages-cancelled' });
    expect((await exported(desk)).made.pages).toBe(3);
  });

  it('one alone is its Markdown, or HTML with its pictures and without anything from elsewhere', async () => {
    const { desk, picture } = await house();
    expect(await desk.exportPage('house', null)).toContain(`![Front](peerhold:file/${picture})\n`);
    const html = await desk.exportPage('house', HTML);
    expect(html).toContain('<h1 dir="auto">House</h1>');
    expect(html).toContain(`<img src="data:image/png;base64,${btoa(String.fromCharCode(...PICTURE))}" alt="Front">`);
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!.slice(0, 5))).toEqual(['data:']);
    await expect(desk.exportPage('none', HTML)).rejects.toMatchObject({ code: 'page-unknown' });
  });

  it('can begin with a text or as another page is, and never over what is written', async () => {
    const { peer, desk, plan } = await house();
    await desk.begin('new', { markdown: '- [ ] one' });
    await desk.begin('new', { markdown: 'other' });
    await desk.begin('copy', { page: 'house' });
    expect((await contentAt(peer, 'new'))!.markdown).toBe('- [ ] one');
    const copy = (await contentAt(peer, 'copy'))!;
    expect(copy.markdown).toBe((await contentAt(peer, 'house'))!.markdown);
    expect(copy.files.map(({ file }) => file)).toContain(plan);
  });
});
