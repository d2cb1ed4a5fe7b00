import './platform';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMES_TO_AN_END, type Outcome, runSeed } from './run';
import { runInWorkers } from './workers';

/** A few runs, so that whoever runs the unit tests alone has some; `npm test` makes thousands in a step of its own. */
const SEEDS = 8;

describe('simulated networks', () => {
  it('keep every promise, whatever breaks and whoever lies', async () => {
    let slept = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { failure, occurred } = await runSeed({ seed, steps: 60, peers: [2, 5] });
      expect(failure).toBeUndefined();
      slept += occurred['trouble: sleep'] ?? 0;
    }
    // Machines slept and woke in between, with what came meanwhile in their hands.
    expect(slept).toBeGreaterThan(0);
  }, 120_000);

  it('come out the same from the same seed', async () => {
    const traced = async (): Promise<string[]> => {
      const lines: string[] = [];
      await runSeed({ seed: 4, steps: 60, peers: [4, 4], trace: (line) => lines.push(line) });
      return lines;
    };
    expect(await traced()).toEqual(await traced());
  });

  it('fail where they do not come to an end', async () => {
    const { failure } = await runSeed({ seed: 1, steps: 10, peers: [2, 2], budget: 100 });
    expect(failure).toMatchObject({ seed: 1, invariant: COMES_TO_AN_END });
    expect(failure!.detail).toContain('100 steps');
  });
});

describe('workers', () => {
  const HANG = `process.on('message', (seed) => { if (seed === 2) for (;;); if (seed === 3) process.exit(7); process.send({ seed }); });`;

  it('are ended and replaced where a seed hangs or breaks them, and that seed has failed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'peerhold-simulate-'));
    try {
      const script = join(folder, 'worker.cjs');
      writeFileSync(script, HANG);
      const outcomes: Outcome[] = [];
      let seed = 0;
      const next = () => (seed < 5 ? (seed += 1) : undefined);
      await runInWorkers(2, { script, args: [], next, done: (outcome) => outcomes.push(outcome), patience: 3_000 });
      expect(outcomes.map((outcome) => outcome.seed).sort()).toEqual([1, 2, 3, 4, 5]);
      const failures = outcomes.flatMap(({ failure }) => failure ?? []);
      expect(failures.map(({ invariant }) => invariant)).toEqual([COMES_TO_AN_END, COMES_TO_AN_END]);
      expect(failures.find((failure) => failure.seed === 2)!.detail).toBe('no end within 3 s');
      expect(failures.find((failure) => failure.seed === 3)!.detail).toBe('its process ended with 7');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
