import { describe, expect, it } from 'vitest';
import { Turns } from './turns';

describe('turns', () => {
  it('run in order, never more at once than allowed, and go on after one that failed', async () => {
    const turns = new Turns(2);
    const begun: number[] = [];
    const ends: ((failed: boolean) => void)[] = [];
    const results = Array.from({ length: 5 }, (_, index) =>
      turns
        .run(() => {
          begun.push(index);
          return new Promise<number>((resolve, reject) =>
            ends.push((failed) => (failed ? reject(new Error('as asked')) : resolve(index))),
          );
        })
        .catch(() => -1),
    );
    const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    await settle();
    expect(begun).toEqual([0, 1]);
    ends[1]!(true);
    await settle();
    expect(begun).toEqual([0, 1, 2]);
    ends[0]!(false);
    ends[2]!(false);
    await settle();
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    ends[3]!(false);
    ends[4]!(false);
    expect(await Promise.all(results)).toEqual([0, -1, 2, 3, 4]);
  });
});
