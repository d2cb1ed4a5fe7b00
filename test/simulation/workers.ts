import { fork } from 'node:child_process';
import { COMES_TO_AN_END, type Outcome } from './run';

export interface Work {
  /** What each worker runs, with which arguments. */
  readonly script: string;
  readonly args: readonly string[];
  /** The next seed, or undefined where there is none. */
  readonly next: () => number | undefined;
  readonly done: (outcome: Outcome) => void;
  /** Milliseconds that a worker has for one seed before it is ended: what its own budget of steps does not catch. */
  readonly patience: number;
}

/** Lets a process run one seed after the other, each when it is asked for; another takes the place of one that hangs or breaks. */
function one(work: Work): Promise<void> {
  const { script, args, next, done, patience } = work;
  return new Promise((resolve, reject) => {
    const worker = fork(script, [...args], { env: { ...process.env, PEERHOLD_WORKER: '1' } });
    let current: number | undefined;
    let timer: NodeJS.Timeout | undefined;
    let hangs = false;
    const give = (): void => {
      clearTimeout(timer);
      current = next();
      if (current === undefined) return worker.disconnect();
      worker.send(current);
      timer = setTimeout(() => (hangs = worker.kill('SIGKILL')), patience);
    };
    worker.on('message', (outcome: Outcome) => {
      done(outcome);
      give();
    });
    worker.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve();
      if (current === undefined) return reject(new Error(`a worker ended with ${code ?? signal}`));
      done(lost(current, hangs ? `no end within ${patience / 1000} s` : `its process ended with ${code ?? signal}`));
      one(work).then(resolve, reject);
    });
    give();
  });
}

export async function runInWorkers(workers: number, work: Work): Promise<void> {
  await Promise.all(Array.from({ length: workers }, () => one(work)));
}

/** What a worker does: one seed at a time. */
export function beWorker(run: (seed: number) => Promise<Outcome>): void {
  process.on('message', (seed: number) => void run(seed).then((outcome) => process.send!(outcome)));
  // Whoever interrupts the run asks the parent, which has no more seeds then.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
}

function lost(seed: number, detail: string): Outcome {
  const failure = { seed, invariant: COMES_TO_AN_END, detail, lines: [] };
  return { seed, failure, machines: 0, liars: 0, events: 0, steps: 0, seals: 0, occurred: {} };
}
