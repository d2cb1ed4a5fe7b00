import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { nodes as anyNodes } from '../../../test/kit/rich-text';
import { sourceOf } from '../../bundle/source';
import { utf8 } from '../../record/bytes';
import { type PageNode, addPages, pageTree } from '../pages';
import { tagText } from '../tags';
import { parseMarkdown } from '../text/parse';
import { markdownOf } from '../text/write';
import { importSources } from './import-sources';
import { layOut } from './layout';
import { filesIn, pageFile } from './page-file';
import { type Names, readImport } from './read-import';

const asIs: Names = { page: (place) => `p${place}`, file: (path) => toHash(path) };
const toHash = (path: string): string =>
  Array.from(utf8(path), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 64)
    .padEnd(64, '0');

const read = async (files: Readonly<Record<string, string>>, names = asIs) =>
  readImport(
    await importSources(Object.entries(files).map(([path, text]) => ({ path, content: sourceOf(utf8(text)) }))),
    names,
    async () => undefined,
  );

describe('an import', () => {
  it('of Markdown of other programs has its headings, lists, tables, boxes, links, pictures and files', async () => {
    const { pages, left } = await read({
      'House.md': [
        '# Our house',
        '',
        'See [the roof](House/Roof.md), [the plan](House/plan.pdf) and <b>this</b> ![Front](House/front.png) here.',
        '',
        '![Front](House/front.png)',
        '',
        '* one',
        '  * two',
        '1) first',
        '- [x] done',
        '',
        '| a | b |',
        '|---|:-:|',
        '| [Roof](House/Roof.md#top) | x |',
        '',
        '[a](https://example.org) [b](http://example.org) [c](javascript:alert(1)) [d](missing.md)',
      ].join('\n'),
      'House/Roof.md': 'Back to [the house](../House.md).',
      'House/plan.pdf': 'PDF',
      'House/front.png': 'PNG',
      'House/other.txt': 'unused',
    });
    expect(left).toEqual([]);
    expect(pages.map(({ title, parent, files }) => [title, parent, files])).toEqual([
      ['Our house', null, ['House/plan.pdf', 'House/front.png', 'House/other.txt']],
      ['Roof', 0, []],
    ]);
    expect(pages[0]!.markdown).toBe(
      [
        'See [@the roof](peerhold:page/p1), the plan and \\<b>this\\</b>',
        `![Front](peerhold:file/${toHash('House/front.png')})`,
        'here.',
        `![Front](peerhold:file/${toHash('House/front.png')})`,
        '- one\n\n  - two',
        '1. first',
        '- [x] done',
        '| a | b |\n| --- | --- |\n| [@Roof](peerhold:page/p1) | x |',
        '[a](https://example.org) b (http://example.org) c \\[d\\](missing.md)',
      ].join('\n\n'),
    );
    expect(pages[1]!.markdown).toBe('Back to [@the house](peerhold:page/p0).');
  });

  it('says of each file that can not be read why, and imports the others', async () => {
    const sources = await importSources([
      { path: 'a.md', content: sourceOf(Uint8Array.of(0x61, 0xff, 0x62)) },
      { path: 'a/b.md', content: sourceOf(utf8('Words')) },
      { path: 'c.md', content: sourceOf(utf8('x'.repeat(3_000_000))) },
      { path: 'd.png', content: sourceOf(utf8('x')) },
    ]);
    const { pages, left } = await readImport(sources, asIs, async () => undefined);
    expect(pages.map(({ title, parent }) => [title, parent])).toEqual([['b', null]]);
    expect(left).toEqual([
      { path: 'a.md', code: 'import-not-text' },
      { path: 'c.md', code: 'import-text-too-long' },
      { path: 'd.png', code: 'import-file-of-no-page' },
    ]);
  });

  it('takes pictures out of a text that has them inside', async () => {
    const { pages } = await read({
      'a.md': 'x\n\n![dot](data:image/png;base64,iVBORw==)\n',
      'b.html': '<p>y<img alt="dot" src="data:image/gif;base64,R0lGODdh"></p>',
    });
    expect(pages.map(({ pictures }) => pictures.map(({ name, bytes }) => [name, bytes.length]))).toEqual([
      [['picture-1.png', 4]],
      [['picture-1.gif', 6]],
    ]);
    for (const { markdown } of pages) expect(markdown).toMatch(/^[xy]\n\n!\[dot\]\(peerhold:file\/[0-9a-f]{64}\)$/);
  });

  it('of what was exported has the same pages, in the same tree, with the same canonical texts, tags and files', async () => {
    const ids = ['ab'.repeat(32), '0'.repeat(64), 'c', 'd', 'e'];
    const tag = fc.constantFrom('Winter work', 'a "b"', 'ü', 'x y');
    const page = fc.record({
      title: fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.constantFrom('a', 'A', 'con', '', 'index', 'x.files'),
      ),
      parent: fc.nat(4),
      nodes: anyNodes,
      tags: fc.uniqueArray(tag, { maxLength: 3 }),
      template: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 5 }), async (given) => {
        const doc = new Y.Doc();
        addPages(
          doc,
          given.map(({ title, parent, tags, template }, at) => ({
            ...{ id: ids[at]!, title, by: null, time: 0, template, tags: tags.map(tagText) },
            parent: at === 0 ? null : ids[parent % at]!,
          })),
        );
        const tree = pageTree(doc);
        const texts = new Map(given.map(({ nodes }, at) => [ids[at]!, canonical(nodes)]));
        const { files, idAt } = exported(tree, texts);
        const { pages, left } = await read(files, {
          page: (place) => `p${place}`,
          file: (path) => idAt.get(path)!,
        });
        expect(left).toEqual([]);
        const all = flat(tree);
        const found = [...pages].sort(
          (a, b) =>
            all.findIndex(({ id }) => idAt.get(a.path) === id) - all.findIndex(({ id }) => idAt.get(b.path) === id),
        );
        expect(found.map(({ path }) => idAt.get(path))).toEqual(all.map(({ id }) => id));
        const idOf = (made: string) => idAt.get(pages.find(({ id }) => id === made)!.path)!;
        for (const [at, { markdown, title, tags, template, parent, order, files: kept }] of found.entries()) {
          const was = all[at]!;
          const back = markdown.replace(/peerhold:page\/(p\d+)/g, (_, made: string) => `peerhold:page/${idOf(made)}`);
          expect(back).toBe(texts.get(was.id));
          expect([title, tags, template]).toEqual([was.title, was.tags, was.template]);
          expect(parent === null ? null : idAt.get(pages[parent]!.path)).toBe(was.parent);
          expect(order).toBe(siblings(tree, was.parent).findIndex(({ id }) => id === was.id) + 1);
          expect(new Set(kept.map((path) => idAt.get(path)))).toEqual(new Set(filesIn(texts.get(was.id)!).keys()));
        }
      }),
      { numRuns: 80 },
    );
  });
});

/** As a document would hold it. */
const canonical = (nodes: Parameters<typeof markdownOf>[0]): string => markdownOf(parseMarkdown(markdownOf(nodes)));

const flat = (tree: readonly PageNode[]): readonly PageNode[] => tree.flatMap((node) => [node, ...flat(node.children)]);
const siblings = (tree: readonly PageNode[], parent: string | null): readonly PageNode[] =>
  parent === null ? tree : flat(tree).find(({ id }) => id === parent)!.children;

/** The files of an export, and which page or file is at which path. */
function exported(tree: readonly PageNode[], texts: ReadonlyMap<string, string>) {
  const places = layOut(tree, 'Untitled');
  const files: Record<string, string> = {};
  const idAt = new Map<string, string>();
  for (const one of flat(tree)) {
    const place = places.get(one.id)!;
    const text = texts.get(one.id)!;
    const paths = new Map([...filesIn(text).keys()].map((file, at) => [file, `${place.files}/file ${at}.bin`]));
    for (const [file, path] of paths) {
      files[path] = 'content';
      idAt.set(path, file);
    }
    const order = siblings(tree, one.parent).findIndex(({ id }) => id === one.id) + 1;
    files[place.path] = pageFile(one, text, order, place.path, {
      page: (id) => places.get(id)?.path,
      file: (id) => paths.get(id),
    });
    idAt.set(place.path, one.id);
  }
  return { files, idAt };
}
