import { describe, expect, it } from 'vitest';
import { partsOf } from './hash-location';

describe('routes in the fragment', () => {
  it.each([
    ['', '/', ''],
    ['#', '/', ''],
    ['#/n/abc/ledger', '/n/abc/ledger', ''],
    ['/n/abc/ledger?account=bank', '/n/abc/ledger', 'account=bank'],
    ['#n/abc?a=1?b', '/n/abc', 'a=1?b'],
    ['#/n/abc?', '/n/abc', ''],
  ])('%j is the path %j and the search %j', (fragment, path, search) => {
    expect(partsOf(fragment)).toEqual({ path, search });
  });
});
