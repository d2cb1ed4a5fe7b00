import { describe, expect, it } from 'vitest';
import type { Steps } from '../../shared/steps';
import { Work } from './steps';

let time = 0;
const now = (): number => time;
let steps = 0;

/** So many steps of a millisecond each. */
function* counted(to: number): Steps<number> {
  for (let at = 0; at < to; at++) {
    time += 1;
    steps += 1;
    yield;
  }
  return to;
}

describe('work in slices', () => {
  it('is there at once where it is little', () => {
    expect(new Work(counted(3), now).result).toEqual({ value: 3 });
  });

  it('goes on between other work until it is done, and tells its result once', async () => {
    const work = new Work(counted(50), now);
    expect(work.result).toBeUndefined();
    const told: unknown[] = [];
    work.follow((result) => told.push(result));
    await expect.poll(() => told).toEqual([{ value: 50 }]);
    expect(work.result).toEqual({ value: 50 });
  });

  it('stops with who waits for it, and can be gone on with', async () => {
    const work = new Work(counted(5_000), now);
    work.follow(() => undefined)();
    const before = steps;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(steps).toBe(before);
    const told: unknown[] = [];
    work.follow((result) => told.push(result));
    await expect.poll(() => told, { timeout: 10_000 }).toEqual([{ value: 5_000 }]);
  });
});
