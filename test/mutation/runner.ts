import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mutant, mutated } from './mutants';
import { TestChoice } from './tests';
import { openWorkshop } from './workshop';

export interface Order {
  /** Test files, from the root, in their order. */
  readonly tests: readonly string[];
  /** Files that changed since the last order. */
  readonly changed: readonly string[];
  /** Milliseconds of work after which a test file is taken to run for ever; where nothing is changed there are none. */
  readonly limits?: Readonly<Record<string, number>>;
}
export interface Answer {
  /** The first test that failed; null where all passed. */
  readonly killedBy: string | null;
  /** Whether it only came to no end. */
  readonly late: boolean;
  /** Milliseconds of work, by test file. */
  readonly took: Readonly<Record<string, number>>;
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

/** Milliseconds after which a run is given up though it does no work, and within which the unchanged tests have to end. */
const TIMEOUT = 600_000;

export interface RunnerOptions {
  readonly root: string;
  /** The built driver.ts. */
  readonly driver: string;
  /** Folders or files, from the root. */
  readonly tests: readonly string[];
  /** Leaves out test files that take more work than this, in milliseconds. */
  readonly quick: number;
  /** Told which those are. */
  leftOut(tests: readonly string[]): void;
  /** Of the properties, and of keys and salts. */
  readonly seed: number;
}

/** Tries one mutant after another in a private copy of its own. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #workshop: ReturnType<typeof openWorkshop>;
  readonly #choice: TestChoice;
  #driver: ChildProcess | null = null;
  /** What the driver may still know as it was with a mutant in it. */
  #before: string[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#workshop = openWorkshop(options.root, options.seed);
    this.#choice = new TestChoice(this.#workshop.root, options.tests, options.quick);
  }

  close(): void {
    this.#end();
    this.#workshop.remove();
  }

  async try({ file, mutant }: Task): Promise<Verdict> {
    await this.#measure();
    const path = join(this.#workshop.root, file);
    const source = readFileSync(path, 'utf8');
    const started = performance.now();
    writeFileSync(path, mutated(source, mutant));
    const tests = this.#choice.for(file);
    const changed = [...this.#before, file];
    const answer =
      tests.length === 0
        ? { killedBy: null, late: false }
        : await this.#ask({ tests, changed, limits: this.#choice.limits });
    writeFileSync(path, source);
    this.#before = [file];
    const { killedBy, late } = answer ?? { killedBy: 'no answer', late: true };
    if (late) this.#end();
    this.#choice.noticed(file, killedBy);
    const status = late ? 'timeout' : killedBy === null ? 'survived' : 'killed';
    return { file, mutant, status, killedBy, milliseconds: Math.round(performance.now() - started) };
  }

  /** Runs the tests unchanged once; those that fail so say nothing about a change. */
  async #measure(): Promise<void> {
    if (this.#choice.isMeasured) return;
    let answer = await this.#ask({ tests: this.#choice.all, changed: [] });
    while (answer !== null && answer.killedBy !== null && this.#choice.leaveOut(answer.killedBy))
      answer = await this.#ask({ tests: this.#choice.all, changed: [] });
    if (answer?.killedBy !== null) throw new Error(`The unchanged tests: ${answer?.killedBy ?? 'no end'}`);
    this.#choice.measured(answer.took);
    this.#options.leftOut(this.#choice.leftOut);
  }

  /** Null where no answer comes in time, or the driver ends; the next try starts another. */
  #ask(order: Order): Promise<Answer | null> {
    if (this.#driver === null) {
      this.#driver = fork(this.#options.driver, [], {
        cwd: this.#workshop.root,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      this.#before = [];
    }
    const driver = this.#driver;
    return new Promise((resolve) => {
      const settle = (answer: Answer | null): void => {
        clearTimeout(timer);
        driver.removeAllListeners();
        resolve(answer);
      };
      const timer = setTimeout(() => settle(null), TIMEOUT);
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
