import { parseArgs } from 'node:util';
import { keep } from './keep';
import { FuzzFailure, TAKEN, fuzz } from './run';
import type { Target } from './target';
import { TARGETS } from './targets';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Inputs to a target before the next has its turn: a run that is ended early has been at each. */
const LOT = 10_000;
const MINUTE = 60_000;

interface Sum {
  tried: number;
  slowest: number;
  time: number;
  readonly outcomes: Map<string, number>;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'boolean' },
  },
});
const targets = TARGETS.filter(({ name }) => values.only === undefined || values.only === name);
if (values.keep === true) {
  for (const target of targets) say(`${target.name}: ${await keep(target)} changed in its corpus`);
} else await run(targets);

async function run(all: readonly Target[]): Promise<void> {
  const count = Number(values.count ?? 1_000_000);
  const until = performance.now() + Number(values.minutes ?? Infinity) * MINUTE;
  const seed = values.seed ?? '1';
  const sums = new Map<Target, Sum>(
    all.map((target) => [target, { tried: 0, slowest: 0, time: 0, outcomes: new Map() }]),
  );
  const broken = new Set<Target>();
  for (let done = 0; done < count && performance.now() < until; done += LOT) {
    for (const [target, sum] of sums) {
      if (broken.has(target) || performance.now() >= until) continue;
      await runLot(target, sum, Math.min(LOT, count - done), `${seed}/${done}`).catch((error: unknown) => {
        if (!(error instanceof FuzzFailure)) throw error;
        // The others go on: a long run is not to end at its first fault.
        broken.add(target);
        say(error.message);
      });
    }
    say(`${new Date().toISOString()} ${total(sums)} inputs`);
  }
  for (const [{ name }, { tried, slowest, time, outcomes }] of sums) {
    const codes = [...outcomes.keys()].filter((outcome) => outcome !== TAKEN).sort();
    const rate = Math.round(tried / (time / 1_000));
    say(
      `${name}: ${tried} inputs, ${outcomes.get(TAKEN) ?? 0} taken, refused with ${codes.join(', ')}; ` +
        `${rate} a second, the slowest ${Math.ceil(slowest)} ms`,
    );
  }
  say(
    `${total(sums)} inputs to ${sums.size} readers from seed ${seed}, ${broken.size === 0 ? 'no fault' : `${broken.size} of them broken`}`,
  );
  if (broken.size > 0) process.exitCode = 1;
}

async function runLot(target: Target, sum: Sum, count: number, seed: string): Promise<void> {
  const began = performance.now();
  const { tried, outcomes, slowest } = await fuzz(target, count, seed);
  sum.time += performance.now() - began;
  sum.tried += tried;
  sum.slowest = Math.max(sum.slowest, slowest);
  for (const [outcome, times] of outcomes) sum.outcomes.set(outcome, (sum.outcomes.get(outcome) ?? 0) + times);
}

function total(sums: ReadonlyMap<Target, Sum>): number {
  return [...sums.values()].reduce((all, { tried }) => all + tried, 0);
}
