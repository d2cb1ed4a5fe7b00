import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import './platform';
import { type Outcome, runSeed } from './run';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '60' },
    peers: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    trace: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
const steps = Number(values.steps);
const workers = values.trace ? 1 : Math.min(Number(values.workers), seeds);
const bounds = values.peers?.split('-').map(Number);
const peers = bounds === undefined ? undefined : ([bounds[0]!, bounds.at(-1)!] as const);

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Seeds that one worker takes at a time. */
const LOT = 10;
/** Beyond so many failures a run says nothing new. */
const ENOUGH = 20;

const run = (seed: number): Promise<Outcome> =>
  runSeed({
    seed,
    steps,
    ...(peers === undefined ? {} : { peers }),
    ...(values.trace ? { trace: (line: string) => say(line) } : {}),
  });

const sum = { runs: 0, failures: 0, machines: 0, liars: 0, events: 0, seals: 0, steps: 0 };

function count({ failure, machines, liars, events, seals, steps: taken }: Outcome): void {
  sum.runs += 1;
  sum.machines += machines;
  sum.liars += liars;
  sum.events += events;
  sum.seals += seals;
  sum.steps += taken;
  if (failure === undefined) return;
  sum.failures += 1;
  say(`\nseed ${failure.seed}: not so that ${failure.invariant}\n  ${failure.detail}`);
  for (const line of failure.lines) say(`  | ${line}`);
  say(`  again: npm run simulate -- --from ${failure.seed} --seeds 1 --trace`);
}

function work(): void {
  const live = async (lot: readonly number[]): Promise<void> => {
    const outcomes: Outcome[] = [];
    for (const seed of lot) outcomes.push(await run(seed));
    process.send!(outcomes);
  };
  process.on('message', (lot: readonly number[]) => void live(lot));
}

async function share(): Promise<void> {
  let next = from;
  const take = (): number[] => {
    const lot: number[] = [];
    while (lot.length < LOT && next < from + seeds && sum.failures < ENOUGH && !halt.asked) lot.push(next++);
    return lot;
  };
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = fork(process.argv[1]!, process.argv.slice(2), { env: { ...process.env, PEERHOLD_WORKER: '1' } });
      const give = (): void => {
        const lot = take();
        if (lot.length > 0) worker.send(lot);
        else worker.disconnect();
      };
      worker.on('message', (outcomes: Outcome[]) => {
        outcomes.forEach(count);
        give();
      });
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      give();
    });
  await Promise.all(Array.from({ length: workers }, one));
}

const halt = { asked: false };
// Whoever has waited long enough still gets the sum.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void (halt.asked = true));

const started = performance.now();
if (process.env.PEERHOLD_WORKER === '1') work();
else {
  if (workers <= 1) for (let seed = from; seed < from + seeds; seed++) count(await run(seed));
  else await share();
  const seconds = (performance.now() - started) / 1000;
  say(
    `\n${sum.runs} runs of ${seeds} from seed ${from}: ${sum.failures} failed; ${sum.machines} machines, ${sum.liars} liars, ` +
      `${sum.events} events, ${sum.seals} seals, ${sum.steps} simulated steps, ${seconds.toFixed(0)} s (${(sum.runs / seconds).toFixed(1)} runs a second)`,
  );
  process.exitCode = sum.failures === 0 ? 0 : 1;
}
