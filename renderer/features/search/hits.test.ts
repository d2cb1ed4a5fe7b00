import { expect, it } from 'vitest';
import type { SearchHit } from '../../../shared/commons/search/model';
import { groupsOf, hrefOfAll } from './hits';

const hit = (kind: SearchHit['kind'], more: Partial<SearchHit> = {}): SearchHit => ({
  ...{ kind, id: 'x', about: null, title: { text: '', marks: [] }, excerpt: null, gone: false },
  ...more,
});

it('the way to all results carries any words', () => {
  expect(hrefOfAll('a b&kind=#?')).toBe('/search?q=a%20b%26kind%3D%23%3F');
});

it('hits are grouped by kind in the order in which the kinds come', () => {
  const hits = [hit('entry', { id: '1' }), hit('entry', { id: '2' }), hit('page', { id: '3' })];
  const groups = groupsOf({ match: 'all', hits, counts: {}, reading: null, cut: 0 });
  expect(groups.map(({ kind, hits: of }) => [kind, of.map(({ id }) => id)])).toEqual([
    ['entry', ['1', '2']],
    ['page', ['3']],
  ]);
});
