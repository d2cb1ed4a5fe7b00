import { describe, expect, test } from 'vitest';
import { PAGE_SIZE, keepNear, pagesBetween } from './pages';

describe('pages of the record', () => {
  test('a stretch of the list is covered by the pages that it touches', () => {
    expect(pagesBetween(0, 10)).toEqual([0]);
    expect(pagesBetween(PAGE_SIZE - 1, PAGE_SIZE)).toEqual([0, 1]);
    expect(pagesBetween(-3, 2 * PAGE_SIZE)).toEqual([0, 1, 2]);
  });

  test('the nearest pages are kept', () => {
    expect(keepNear([0, 1, 2, 7, 8, 9], 8, 3)).toEqual([8, 7, 9]);
  });
});
