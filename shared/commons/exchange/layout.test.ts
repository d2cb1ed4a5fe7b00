import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageNode } from '../pages';
import { addressFrom, layOut, pathAt } from './layout';

const page = (id: string, title: string, ...children: PageNode[]): PageNode => ({
  ...{ id, title, children, parent: null, order: 0, time: 0, by: null, deleted: false, template: false, tags: [] },
});

describe('the layout of pages as files', () => {
  it('is the tree, with a folder for what is under a page and one for its files', () => {
    const tree = [page('a', 'House', page('b', 'Roof'), page('c', 'roof')), page('d', ''), page('e', 'House.files')];
    expect([...layOut(tree, 'Untitled')].map(([id, { path, files }]) => [id, path, files])).toEqual([
      ['a', 'House.md', 'House.files'],
      ['b', 'House/Roof.md', 'House/Roof.files'],
      ['c', 'House/roof (2).md', 'House/roof (2).files'],
      ['d', 'Untitled.md', 'Untitled.files'],
      ['e', 'House.files (2).md', 'House.files (2).files'],
    ]);
  });

  it('goes no deeper than a path may be long, and loses no page', () => {
    let tree = page('p0', 'Page 0');
    for (let at = 1; at < 500; at++) tree = page(`p${at}`, `Page ${at}`, tree);
    const places = [...layOut([tree], 'Untitled').values()].map(({ path }) => path);
    expect(new Set(places).size).toBe(500);
    expect(Math.max(...places.map((path) => path.length))).toBeLessThan(1_000);
  });

  it('of two files each finds the other by its address, whatever they are called', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 10 })
      .filter((name) => !/[/\\]|^\.{1,2}$|\p{Cs}/u.test(name));
    const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, path, (from, to) => {
        const address = addressFrom(from, to);
        expect(address).toMatch(/^[^\s()<>]*$/);
        expect(pathAt(from, address)).toBe(to);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no address that leads out of the folder, or elsewhere', () => {
    const out = [
      '../../x',
      'https://example.org',
      'javascript:alert(1)',
      '//host/x',
      '',
      '#a',
      '%E0%A4%A',
      'data:text/html,x',
    ];
    expect(out.map((address) => pathAt('a/b.md', address))).toEqual(out.map(() => null));
    expect([pathAt('a/b.md', '../c.md#part'), pathAt('a/b.md', '/c.md'), pathAt('a/b.md', 'c\\d.md')]).toEqual([
      'c.md',
      'c.md',
      'a/c/d.md',
    ]);
  });
});
