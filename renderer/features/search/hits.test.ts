import { expect, it } from 'vitest';
import { SEARCH_KINDS, type SearchHit } from '../../../shared/commons/search/model';
import { groupsOf, hrefOf, hrefOfAll } from './hits';

const hit = (kind: SearchHit['kind'], more: Partial<SearchHit> = {}): SearchHit => ({
  ...{ kind, id: 'x', about: null, title: { text: '', marks: [] }, excerpt: null, gone: false },
  ...more,
});

it('every kind leads to where it can be read', () => {
  expect(SEARCH_KINDS.map((kind) => hrefOf(hit(kind, { about: kind === 'discussion' ? 'page' : null })))).toEqual([
    '/commons/x',
    '/agreement?protocol=x',
    '/agreement?view=draft',
    '/decisions/x',
    '/commons/x',
    '/resources/x',
    '/members/x',
    '/ledger/x',
  ]);
  expect(hrefOf(hit('discussion', { about: 'proposal' }))).toBe('/decisions/x');
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
