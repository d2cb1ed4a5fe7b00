import { describe, expect, it } from 'vitest';
import { apportion } from './shares';

const rank = (member: string): number => Number(member);
const shares = (total: number, ...weights: number[]): (readonly [string, number])[] =>
  apportion(
    total,
    weights.map((weight, index) => [`${index + 1}`, weight] as const),
    rank,
  ).map(({ member, shares: own }) => [member, own] as const);

describe('shares', () => {
  it('are proportional, sum exactly, and the rest goes to the largest remainders', () => {
    expect(shares(10, 1, 1)).toEqual([
      ['1', 5],
      ['2', 5],
    ]);
    expect(shares(100, 1, 2, 3)).toEqual([
      ['1', 17],
      ['2', 33],
      ['3', 50],
    ]);
    expect(shares(10, 29, 36, 35)).toEqual([
      ['1', 3],
      ['2', 4],
      ['3', 3],
    ]);
    expect(shares(10, 25, 26, 49)).toEqual([
      ['1', 2],
      ['2', 3],
      ['3', 5],
    ]);
  });

  it('go to who joined first where remainders are equal, whatever the order they come in', () => {
    expect(shares(1_000, 1, 1, 1)).toEqual([
      ['1', 334],
      ['2', 333],
      ['3', 333],
    ]);
    expect(shares(5, 1, 1, 1)).toEqual([
      ['1', 2],
      ['2', 2],
      ['3', 1],
    ]);
    const reversed = [
      ['3', 1],
      ['2', 1],
      ['1', 1],
    ] as const;
    expect(apportion(5, reversed, rank)).toEqual([
      { member: '1', shares: 2 },
      { member: '2', shares: 2 },
      { member: '3', shares: 1 },
    ]);
  });

  it('leave out who gets none, and are none where nobody has any weight', () => {
    expect(shares(2, 1, 100, 100)).toEqual([
      ['2', 1],
      ['3', 1],
    ]);
    expect(shares(10, 0, 5)).toEqual([['2', 10]]);
    expect(shares(10)).toEqual([]);
    expect(shares(10, 0, 0)).toEqual([]);
  });
});
