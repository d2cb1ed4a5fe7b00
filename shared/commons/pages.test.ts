import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type PageNode, addPage, allPages, deletePage, movePage, pageTree, renamePage, restorePage } from './pages';

const withPages = (...ids: string[]) => {
  const doc = new Y.Doc();
  for (const id of ids) addPage(doc, { id, title: id.toUpperCase(), parent: null, by: null, time: 1 });
  return doc;
};
const shape = (nodes: readonly PageNode[]): unknown =>
  nodes.map(({ id, children }) => (children.length === 0 ? id : [id, shape(children)]));
const count = (nodes: readonly PageNode[]): number => nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);
const merge = (...docs: Y.Doc[]) => {
  for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
};
const copy = (doc: Y.Doc) => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};

describe('pages', () => {
  it('are added last, renamed, moved before one another and under one another', () => {
    const doc = withPages('a', 'b', 'c');
    movePage(doc, 'c', null, 'a');
    expect(shape(pageTree(doc))).toEqual(['c', 'a', 'b']);
    movePage(doc, 'b', 'c');
    renamePage(doc, 'b', 'Below');
    expect(shape(pageTree(doc))).toEqual([['c', ['b']], 'a']);
    expect(pageTree(doc)[0]!.children[0]!.title).toBe('Below');
  });

  it('of a deleted page its children move up, and back when it is restored', () => {
    const doc = withPages('a', 'b', 'c');
    movePage(doc, 'b', 'a');
    movePage(doc, 'c', 'b');
    deletePage(doc, 'b');
    expect(shape(pageTree(doc))).toEqual([['a', ['c']]]);
    restorePage(doc, 'b');
    expect(shape(pageTree(doc))).toEqual([['a', [['b', ['c']]]]]);
  });

  it('a page can not be moved under itself', () => {
    const doc = withPages('a', 'b');
    movePage(doc, 'b', 'a');
    movePage(doc, 'a', 'b');
    movePage(doc, 'a', 'a');
    expect(shape(pageTree(doc))).toEqual([['a', ['b']]]);
  });

  it('two moves at the same time that would make a circle show the same tree everywhere, with the smallest id on top', () => {
    const one = withPages('a', 'b', 'c');
    const two = copy(one);
    movePage(one, 'c', 'b');
    movePage(two, 'b', 'c');
    merge(one, two);
    expect(shape(pageTree(one))).toEqual(['a', ['b', ['c']]]);
    expect(shape(pageTree(two))).toEqual(shape(pageTree(one)));
  });

  it('a hundred moves into the same gap keep their order', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `p${index}`);
    const doc = withPages('first', 'last', ...ids);
    for (const id of ids) movePage(doc, id, null, 'last');
    expect(pageTree(doc).map(({ id }) => id)).toEqual(['first', ...ids, 'last']);
  });

  it('any moves and deletions on several peers end in one tree that holds every living page once', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const action = fc.record({
      peer: fc.nat(2),
      page: fc.constantFrom(...ids),
      parent: fc.constantFrom(null, ...ids),
      what: fc.constantFrom('move', 'move', 'delete', 'restore', 'merge'),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const first = withPages(...ids);
        const docs = [first, copy(first), copy(first)];
        for (const { peer, page, parent, what } of actions) {
          const doc = docs[peer]!;
          if (what === 'move') movePage(doc, page, parent);
          if (what === 'delete') deletePage(doc, page);
          if (what === 'restore') restorePage(doc, page);
          if (what === 'merge') merge(doc, docs[(peer + 1) % 3]!);
        }
        merge(...docs);
        const living = [...allPages(first).values()].filter(({ deleted }) => !deleted).length;
        for (const doc of docs) {
          expect(count(pageTree(doc))).toBe(living);
          expect(pageTree(doc)).toEqual(pageTree(first));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('values of the wrong type in the index do no harm', () => {
    const doc = withPages('a');
    const index = doc.getMap('pages');
    index.set('b', 'not a page');
    index.set('../c', new Y.Map());
    index.set(
      'd',
      new Y.Map<unknown>([
        ['title', 7],
        ['parent', {}],
        ['order', 'x'],
        ['deleted', 'yes'],
      ]),
    );
    expect(shape(pageTree(doc))).toEqual(['d', 'a']);
    expect(allPages(doc).get('d')).toMatchObject({
      title: '',
      parent: null,
      order: 0,
      time: 0,
      by: null,
      deleted: false,
    });
  });
});
