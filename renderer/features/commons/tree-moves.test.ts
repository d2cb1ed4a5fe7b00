import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type PageNode, addPages, movePage, pageTree } from '../../../shared/commons/pages';
import { dropAt, placeByKey, placeOfDrop } from './tree-moves';
import { allNodes } from './tree-rows';

/** a (b, c (d)), e, f */
function commons(): Y.Doc {
  const doc = new Y.Doc();
  const rows = { a: null, b: 'a', c: 'a', d: 'c', e: null, f: null };
  addPages(
    doc,
    Object.entries(rows).map(([id, parent]) => ({ id, title: id, parent, by: null, time: 0 })),
  );
  return doc;
}

const told = (nodes: readonly PageNode[]): string =>
  nodes.map(({ id, children }) => (children.length === 0 ? id : `${id}(${told(children)})`)).join(' ');

function after(place: (tree: readonly PageNode[]) => ReturnType<typeof placeByKey>, id: string): string | null {
  const doc = commons();
  const to = place(pageTree(doc));
  if (to === null) return null;
  movePage(doc, id, to.parent, to.before);
  return told(pageTree(doc));
}

const key = (id: string, name: string, rtl = false) => after((tree) => placeByKey(tree, id, name, rtl), id);
const drop = (id: string, how: 'before' | 'under' | 'after', on: string) =>
  after((tree) => placeOfDrop(tree, id, on, how), id);

describe('a page that is moved by keys', () => {
  it('goes up and down among its siblings', () => {
    expect([key('f', 'ArrowUp'), key('a', 'ArrowDown'), key('b', 'ArrowDown')]).toEqual([
      'a(b c(d)) f e',
      'e a(b c(d)) f',
      'a(c(d) b) e f',
    ]);
    expect([key('a', 'ArrowUp'), key('f', 'ArrowDown')]).toEqual([null, null]);
  });

  it('goes in under the one before it, and out behind the one it is under', () => {
    expect([key('e', 'ArrowRight'), key('c', 'ArrowLeft'), key('d', 'ArrowLeft')]).toEqual([
      'a(b c(d) e) f',
      'a(b) c(d) e f',
      'a(b c d) e f',
    ]);
    expect([key('a', 'ArrowRight'), key('a', 'ArrowLeft'), key('a', 'Enter'), key('x', 'ArrowUp')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([key('e', 'ArrowLeft', true), key('d', 'ArrowRight', true)]).toEqual(['a(b c(d) e) f', 'a(b c d) e f']);
  });
});

describe('a page that is dropped on another', () => {
  it('goes beside it or under it', () => {
    expect([drop('f', 'before', 'a'), drop('f', 'after', 'b'), drop('e', 'under', 'd')]).toEqual([
      'f a(b c(d)) e',
      'a(b f c(d)) e',
      'a(b c(d(e))) f',
    ]);
    expect([drop('e', 'after', 'a'), drop('a', 'after', 'f'), drop('b', 'after', 'c')]).toEqual([
      'a(b c(d)) e f',
      'e f a(b c(d))',
      'a(c(d) b) e f',
    ]);
  });

  it('goes nowhere on itself and on what is under it', () => {
    expect([drop('a', 'under', 'd'), drop('a', 'before', 'b'), drop('e', 'under', 'e')]).toEqual([null, null, null]);
  });

  it('is beside or under by the place in the line', () => {
    expect([0, 0.29, 0.3, 0.5, 0.7, 0.71, 1].map(dropAt)).toEqual([
      'before',
      'before',
      'under',
      'under',
      'under',
      'after',
      'after',
    ]);
  });

  it('stays the only one of its kind, wherever it goes', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const step = fc.tuple(ids, ids, fc.constantFrom('before' as const, 'under' as const, 'after' as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const doc = commons();
        for (const [id, on, how] of steps) {
          const to = placeOfDrop(pageTree(doc), id, on, how);
          if (to === null) continue;
          movePage(doc, id, to.parent, to.before);
          const rows = allNodes(pageTree(doc));
          const [moved, other] = [id, on].map((one) => rows.find((row) => row.id === one)!);
          expect(moved!.parent).toBe(how === 'under' ? on : other!.parent);
        }
        expect(
          allNodes(pageTree(doc))
            .map(({ id }) => id)
            .sort(),
        ).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      }),
      { numRuns: 200 },
    );
  });
});
