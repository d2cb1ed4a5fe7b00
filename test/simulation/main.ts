import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import './platform';
import { addTo, linesOf, missingFrom } from './coverage';
import { type Outcome, runSeed } from './run';
import { beWorker, runInWorkers } from './workers';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string' },
    peers: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    all: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
/** None: in this process. */
const workers = values.trace ? 0 : Math.min(Number(values.workers), seeds);
const bounds = values.peers?.split('-').map(Number);
const peers = bounds === undefined ? undefined : ([bounds[0]!, bounds.at(-1)!] as const);

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Beyond so many failures a run says nothing new. */
const ENOUGH = 20;
/** Milliseconds between two lines that say how far it is. */
const PROGRESS = 15_000;
/** Milliseconds after which a seed hangs: some thousand times what most take. */
const PATIENCE = 600_000;

const run = (seed: number): Promise<Outcome> =>
  runSeed({
    seed,
    ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
    ...(peers === undefined ? {} : { peers }),
    ...(values.trace ? { trace: (line: string) => say(line) } : {}),
  });

const sum = { runs: 0, failures: 0, machines: 0, liars: 0, events: 0, seals: 0, steps: 0 };
const occurred = new Map<string, number>();
const halt = { asked: false };
const started = performance.now();
let last = started;
let ahead = from;

function next(): number | undefined {
  return ahead < from + seeds && sum.failures < ENOUGH && !halt.asked ? ahead++ : undefined;
}

function done({ seed, failure, ...outcome }: Outcome): void {
  sum.runs += 1;
  sum.machines += outcome.machines;
  sum.liars += outcome.liars;
  sum.events += outcome.events;
  sum.seals += outcome.seals;
  sum.steps += outcome.steps;
  addTo(occurred, outcome.occurred);
  if (failure !== undefined) {
    sum.failures += 1;
    say(`\nseed ${seed}: not so that ${failure.invariant}\n  ${failure.detail}`);
    for (const line of failure.lines) say(`  | ${line}`);
    say(`  again: npm run simulate -- --from ${seed} --seeds 1 --trace`);
  }
  if (performance.now() - last < PROGRESS) return;
  last = performance.now();
  say(`${sum.runs} of ${seeds} runs, ${sum.failures} failed, ${speed()}; last: seed ${seed}`);
}

const speed = (): string => `${(sum.runs / ((performance.now() - started) / 1000)).toFixed(1)} runs a second`;

/** Whether nothing failed, and, where asked for, everything occurred. */
function report(): boolean {
  for (const line of linesOf(occurred)) say(line);
  say(
    `${sum.runs} runs of ${seeds} from seed ${from}: ${sum.failures} failed; ${sum.machines} machines, ${sum.liars} liars, ` +
      `${sum.events} events, ${sum.seals} seals, ${sum.steps} simulated steps, ${speed()}`,
  );
  const missing = values.all ? missingFrom(occurred) : [];
  if (missing.length > 0) say(`Never occurred: ${missing.join('; ')}`);
  return sum.failures === 0 && missing.length === 0;
}

if (process.env.PEERHOLD_WORKER === '1') beWorker(run);
else {
  // Whoever has waited long enough still gets the sum; who asks twice does not.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void (halt.asked = true));
  if (workers > 0)
    await runInWorkers(workers, {
      script: process.argv[1]!,
      args: process.argv.slice(2),
      next,
      done,
      patience: PATIENCE,
    });
  else for (let seed = next(); seed !== undefined; seed = next()) done(await run(seed));
  process.exitCode = report() ? 0 : 1;
}
