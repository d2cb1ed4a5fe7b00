import { expect, it } from 'vitest';
import { SEARCH_KINDS } from '../../../shared/commons/search/model';
import { foundHref } from './href';

it('every kind leads to where it can be read', () => {
  expect(
    SEARCH_KINDS.map((kind) => foundHref({ kind, id: 'x', about: kind === 'discussion' ? 'page' : null })),
  ).toEqual([
    '/commons/x',
    '/agreement?protocol=x',
    '/agreement?view=draft&protocol=x',
    '/decisions/x',
    '/commons/x',
    '/resources/x',
    '/members/x',
    '/ledger/x',
  ]);
  expect(foundHref({ kind: 'discussion', id: 'x', about: 'proposal' })).toBe('/decisions/x');
  expect(foundHref({ kind: 'discussion', id: 'x', about: 'clause' })).toBe('/agreement?view=draft&protocol=x');
});
