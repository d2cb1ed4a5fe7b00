import { describe, expect, it } from 'vitest';
import type { Backlink } from '../../shared/commons/links/backlinks';
import { readSeen, unseen } from './mentions';

const link = (id: string, times: number): Backlink => ({
  ...{ kind: 'page', id, title: id, times },
  excerpt: { text: '', marks: [] },
});

describe('mentions of the person', () => {
  it('are news where they are more than when they were last followed', () => {
    const links = [link('a', 1), link('b', 2), link('c', 1)];
    expect(unseen(links, { 'page:a': 1, 'page:b': 1 }).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(unseen(links, { 'page:a': 1, 'page:b': 3, 'page:c': 1 })).toEqual([]);
  });

  it('are none before somebody has looked at the network on this device', () => {
    expect(unseen([link('a', 1)], undefined)).toEqual([]);
  });

  it.each([
    [null, {}],
    ['text', {}],
    [{ of: null }, {}],
    [{ of: { n: null, m: { 'page:a': 2, 'page:b': 'x', 'page:c': 1.5 } } }, { n: {}, m: { 'page:a': 2 } }],
  ])('are read as far as they can be from %j', (stored, of) => {
    expect(readSeen(stored)).toEqual({ of });
  });
});
