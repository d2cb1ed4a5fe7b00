import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Mutant, mutated } from './mutants';
import { openWorkshop } from './workshop';

/** `tests` (folders or files, from the root) begins a series by running them unchanged. */
export interface Order {
  readonly tests?: readonly string[];
  /** Files that changed since the last order. */
  readonly changed: readonly string[];
  /** Tests in it come first. */
  readonly folder: string;
}
export interface Answer {
  /** The first test that failed; null where all passed. */
  readonly killedBy: string | null;
}
export interface Task {
  /** Path from the root. */
  readonly file: string;
  readonly mutant: Mutant;
}
export interface Verdict extends Task {
  readonly status: 'killed' | 'survived' | 'timeout';
  readonly killedBy: string | null;
  readonly milliseconds: number;
}

/** Milliseconds after which a mutant is taken to run for ever, and within which the unchanged tests have to end. */
const TIMEOUT = 60_000;
const FIRST = 180_000;

export interface RunnerOptions {
  readonly root: string;
  /** The built driver.ts. */
  readonly driver: string;
  readonly tests: readonly string[];
  /** Of the properties. */
  readonly seed: number;
}

/** Tries one mutant after another in a private copy of its own. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #workshop: ReturnType<typeof openWorkshop>;
  #driver: ChildProcess | null = null;
  /** What the driver may still know as it was with a mutant in it. */
  #before: string[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#workshop = openWorkshop(options.root, options.seed);
  }

  close(): void {
    this.#end();
    this.#workshop.remove();
  }

  /** Rejects where the tests fail without any change. */
  async try({ file, mutant }: Task): Promise<Verdict> {
    await this.#ready();
    const path = join(this.#workshop.root, file);
    const source = readFileSync(path, 'utf8');
    const started = performance.now();
    writeFileSync(path, mutated(source, mutant));
    const answer = await this.#ask({ changed: [...this.#before, file], folder: dirname(file) }, TIMEOUT);
    writeFileSync(path, source);
    this.#before = [file];
    const killedBy = answer?.killedBy ?? null;
    const status = answer === null ? 'timeout' : killedBy === null ? 'survived' : 'killed';
    return { file, mutant, status, killedBy, milliseconds: Math.round(performance.now() - started) };
  }

  /** Starts the driver, where none runs, and lets it run the tests unchanged once. */
  async #ready(): Promise<void> {
    if (this.#driver !== null) return;
    this.#driver = fork(this.#options.driver, [], {
      cwd: this.#workshop.root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#before = [];
    const answer = await this.#ask({ tests: this.#options.tests, changed: [], folder: '' }, FIRST);
    if (answer?.killedBy !== null)
      throw new Error(`The tests fail without any change: ${answer?.killedBy ?? 'no end'}`);
  }

  /** Null where no answer comes in time, or the driver ends; the next try starts another. */
  #ask(order: Order, milliseconds: number): Promise<Answer | null> {
    const driver = this.#driver!;
    return new Promise((resolve) => {
      const settle = (answer: Answer | null): void => {
        clearTimeout(timer);
        driver.removeAllListeners();
        if (answer === null) this.#end();
        resolve(answer);
      };
      const timer = setTimeout(() => settle(null), milliseconds);
      driver.once('message', (answer) => settle(answer as Answer));
      driver.once('exit', () => settle(null));
      driver.send(order);
    });
  }

  #end(): void {
    this.#driver?.kill('SIGKILL');
    this.#driver = null;
  }
}
