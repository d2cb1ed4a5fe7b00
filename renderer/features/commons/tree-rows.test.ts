import { describe, expect, it } from 'vitest';
import type { PageNode } from '../../../shared/commons/pages';
import { foundRows, keyMove, pathTo, visibleRows } from './tree-rows';

const node = (id: string, title: string, parent: string | null, children: PageNode[] = []): PageNode => ({
  id,
  title,
  parent,
  children,
  order: 0,
  time: 0,
  by: null,
  deleted: false,
  template: false,
  tags: id === 'c' || id === 'd' ? ['Winter'] : [],
});
const tree = [
  node('a', 'House', null, [node('b', 'Kitchen', 'a', [node('c', 'Stove', 'b')]), node('d', 'Garden', 'a')]),
  node('e', 'Money', null),
];
const ids = (open: string[]) => visibleRows(tree, new Set(open)).map(({ id, level }) => `${id}${level}`);

describe('the tree of pages', () => {
  it('shows what is under opened pages', () => {
    expect(ids([])).toEqual(['a1', 'e1']);
    expect(ids(['a'])).toEqual(['a1', 'b2', 'd2', 'e1']);
    expect(ids(['a', 'b'])).toEqual(['a1', 'b2', 'c3', 'd2', 'e1']);
  });

  it('knows the way to a page', () => {
    expect(pathTo(tree, 'c').map(({ id }) => id)).toEqual(['a', 'b']);
    expect(pathTo(tree, 'd').map(({ id }) => id)).toEqual(['a']);
    expect(pathTo(tree, 'e')).toEqual([]);
    expect(pathTo(tree, 'x')).toEqual([]);
  });

  it('finds pages by all the words typed, whatever their case', () => {
    expect(foundRows(tree, { words: 'KITCH', tag: null }, 'en').map(({ id }) => id)).toEqual(['b']);
    expect(foundRows(tree, { words: 'o e', tag: null }, 'en').map(({ id }) => id)).toEqual(['a', 'c', 'e']);
    expect(foundRows(tree, { words: 'nothing', tag: null }, 'en')).toEqual([]);
    expect(foundRows(tree, { words: 'o e', tag: null }, 'en').map(({ above }) => above)).toEqual([
      [],
      ['House', 'Kitchen'],
      [],
    ]);
  });

  it('finds pages by a tag, and by words among them', () => {
    const found = (words: string, tag: string) => foundRows(tree, { words, tag }, 'en').map(({ id }) => id);
    expect([found('', 'winter'), found('gard', 'winter'), found('', 'summer')]).toEqual([['c', 'd'], ['d'], []]);
  });

  it('is walked and folded by keys, also from right to left', () => {
    const rows = visibleRows(tree, new Set(['a']));
    expect(keyMove(rows, 0, 'ArrowDown', false)).toEqual({ do: 'focus', row: 1 });
    expect(keyMove(rows, 0, 'ArrowUp', false)).toBeNull();
    expect(keyMove(rows, 3, 'ArrowDown', false)).toBeNull();
    expect(keyMove(rows, 1, 'ArrowRight', false)).toEqual({ do: 'open', id: 'b' });
    expect(keyMove(rows, 0, 'ArrowRight', false)).toEqual({ do: 'focus', row: 1 });
    expect(keyMove(rows, 0, 'ArrowLeft', false)).toEqual({ do: 'close', id: 'a' });
    expect(keyMove(rows, 2, 'ArrowLeft', false)).toEqual({ do: 'focus', row: 0 });
    expect(keyMove(rows, 0, 'ArrowLeft', true)).toEqual({ do: 'focus', row: 1 });
    expect(keyMove(rows, 2, 'Home', false)).toEqual({ do: 'focus', row: 0 });
    expect(keyMove(rows, 0, 'End', false)).toEqual({ do: 'focus', row: 3 });
    expect(keyMove(rows, 0, 'm', false)).toEqual({ do: 'focus', row: 3 });
    expect(keyMove(rows, 0, 'x', false)).toBeNull();
    expect(keyMove([], 0, 'ArrowDown', false)).toBeNull();
  });
});
