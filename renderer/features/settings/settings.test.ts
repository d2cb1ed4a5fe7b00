import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatBytes } from '../../ui/bytes';
import { PARTS } from './parts';

const read = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as Record<string, unknown>;

describe('about', () => {
  test('names every part that is shipped, with the licence that its package states', () => {
    const shipped = Object.keys(read('package.json')['dependencies'] as Record<string, string>);
    const stated = shipped.map((name) => ({
      name,
      licence: String(read(`node_modules/${name}/package.json`)['license']).replace(/^\((.*)\)$/, '$1'),
    }));
    expect(PARTS).toEqual(stated);
  });
});

describe('sizes', () => {
  test.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_500, '1.5 kB'],
    [25_400_000, '25 MB'],
    [3_200_000_000, '3.2 GB'],
  ])('%i is %s', (bytes, expected) => {
    expect(formatBytes(bytes, 'en')).toBe(expected);
  });
});
