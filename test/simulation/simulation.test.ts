import './platform';
import { describe, expect, it } from 'vitest';
import { runSeed } from './run';

/** Tens of runs; `npm run simulate` makes any number. */
const SEEDS = 24;

describe('simulated networks', () => {
  it('keep every promise, whatever breaks and whoever lies', async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { failure } = await runSeed({ seed, steps: 60, peers: [2, 5] });
      expect(failure).toBeUndefined();
    }
  }, 120_000);

  it('come out the same from the same seed', async () => {
    const traced = async (): Promise<string[]> => {
      const lines: string[] = [];
      await runSeed({ seed: 4, steps: 60, peers: [4, 4], trace: (line) => lines.push(line) });
      return lines;
    };
    expect(await traced()).toEqual(await traced());
  }, 30_000);
});
