import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A test file comes to no end when it works this many times as long as unchanged, and this many milliseconds more. */
const TIMES = 5;
const MORE = 4_000;

/** Test files that may fail unchanged; with more, the tree is not in order. */
const MAX_FAILING = 2;

/** Types that are imported are no part of what runs. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?['"]([.][^'"]+)['"]/gm;

/** The files that one imports, from the root. */
function importsOf(root: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(IMPORT)].flatMap(([, path]) => {
    const target = posix.join(posix.dirname(file), path!);
    return [target, `${target}.ts`, `${target}/index.ts`].filter(
      (candidate) => candidate.endsWith('.ts') && existsSync(join(root, candidate)),
    );
  });
}

/** All that a file comes to run, itself included. */
function reached(root: string, file: string, known: Map<string, readonly string[]>): Set<string> {
  const found = new Set([file]);
  for (const next of found) {
    const imports = known.get(next) ?? importsOf(root, next);
    known.set(next, imports);
    for (const one of imports) found.add(one);
  }
  return found;
}

/** Which tests are run on a change of a file, in which order. */
export class TestChoice {
  /** Test files, from the root. */
  all: readonly string[];
  readonly #failing: string[] = [];
  readonly #quick: number;
  /** What each test file comes to run. */
  readonly #reached: ReadonlyMap<string, ReadonlySet<string>>;
  #took: ReadonlyMap<string, number> = new Map();
  /** By changed file: how many of its mutants each test file has noticed. */
  readonly #noticed = new Map<string, Map<string, number>>();

  /** `tests` are folders or files; `quick` as that of the runner. */
  constructor(root: string, tests: readonly string[], quick: number) {
    this.#quick = quick;
    this.all = readdirSync(join(root, 'shared'), { recursive: true, encoding: 'utf8' })
      .map((path) => `shared/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.test.ts') && tests.some((test) => path === test || path.startsWith(`${test}/`)))
      .sort();
    const known = new Map<string, readonly string[]>();
    this.#reached = new Map(this.all.map((test) => [test, reached(root, test, known)]));
  }

  get isMeasured(): boolean {
    return this.#took.size > 0;
  }

  /** Milliseconds of work that each test file took unchanged. */
  measured(took: Readonly<Record<string, number>>): void {
    this.#took = new Map(Object.entries(took));
  }

  /** Those that fail without any change, and those that are not quick. */
  get leftOut(): string[] {
    return [...this.#failing, ...this.all.filter((test) => !this.#isQuick(test))];
  }

  /** Leaves out the test file that failed; false where none did, or too many. */
  leaveOut(failure: string): boolean {
    const failed = this.#testIn(failure);
    if (failed === undefined || this.#failing.length >= MAX_FAILING) return false;
    this.#failing.push(failed);
    this.all = this.all.filter((test) => test !== failed);
    return true;
  }

  get limits(): Record<string, number> {
    return Object.fromEntries([...this.#took].map(([test, took]) => [test, took * TIMES + MORE]));
  }

  /** The tests that come to run a file: what noticed most of its mutants for the work, then those next to it, then the quick ones. */
  for(file: string): string[] {
    const noticed = this.#noticed.get(file);
    const cost = (test: string): number => {
      const took = (this.#took.get(test) ?? 0) + 20;
      const times = noticed?.get(test) ?? 0;
      if (times > 0) return took / times;
      return test.startsWith(`${posix.dirname(file)}/`) ? took + 2_000 : took + 4_000;
    };
    return this.all
      .filter((test) => this.#reached.get(test)!.has(file) && this.#isQuick(test))
      .sort((a, b) => cost(a) - cost(b));
  }

  #testIn(failure: string): string | undefined {
    return this.all.find((test) => failure.startsWith(test));
  }

  #isQuick(test: string): boolean {
    return (this.#took.get(test) ?? 0) <= this.#quick;
  }

  /** Takes note of the test that noticed a mutant of a file. */
  noticed(file: string, by: string | null): void {
    const test = by === null ? undefined : this.#testIn(by);
    if (test === undefined) return;
    const counts = this.#noticed.get(file) ?? new Map<string, number>();
    counts.set(test, (counts.get(test) ?? 0) + 1);
    this.#noticed.set(file, counts);
  }
}
