// npm run mutate: how it is used and what it found: docs/mutation.md.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Chance } from '../simulation/random';
import { mutantsOf } from './mutants';
import { describe, scores, table } from './report';
import { Runner, type Task, type Verdict } from './runner';

/** What a change must not survive in: the rules, the seals and the record beneath them. */
const DEFAULT = new RegExp(
  [
    '^shared/network/(.*/)?(rules|outcome|own-ballots|period|effects|rule-of|sealing|sealers|ground|clock|standing|asked|payments|pledges|shares|forks|erasure|leaving|notice|end-notices|restoring|model)[.]ts$',
    '^shared/network/publication/(entitled|foreseen|queries)[.]ts$',
    '^shared/network/distribution/(parts|queries|terms)[.]ts$',
    '^shared/network/dues/(asked|dues|periods)[.]ts$',
    '^shared/network/use/(weighing|terms|refusals|taking-back|days|queries)[.]ts$',
    '^shared/network/digest/(digest|row-tree)[.]ts$',
    '^shared/network/(apply|certificates|check|event-index|fork-evidence|network|order|ends|tables)[.]ts$',
    '^shared/network/agreement/(in-force|parameters|problems|amended|protection|queries)[.]ts$',
    '^shared/network/membership/queries[.]ts$',
    '^shared/seal/[^/]*[.]ts$',
    '^shared/record/(record|ancestry|forks|shape|cbor-reader|cbor-writer|event|signature|waiting-room)[.]ts$',
    '^shared/replica/[^/]*[.]ts$',
  ].join('|'),
);
const TESTS = ['shared/record', 'shared/network', 'shared/seal', 'shared/replica'];

const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    tests: { type: 'string', default: TESTS.join(',') },
    sample: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    quick: { type: 'string', default: 'Infinity' },
    again: { type: 'string' },
    out: { type: 'string', default: 'out/mutation.json' },
  },
});

/** The mutants of every chosen file; `path:line` chooses one line of a file, a folder all its sources. */
function tasksOf(root: string): Task[] {
  const sources = readdirSync(join(root, 'shared'), { recursive: true, encoding: 'utf8' })
    .map((path) => `shared/${path.replaceAll('\\', '/')}`)
    .filter((path) => /(?<![.]test)[.]ts$/.test(path))
    .sort();
  const chosen = values.files?.split(',').map((one) => one.split(':'));
  const tasks: Task[] = [];
  for (const file of sources) {
    const lines = chosen?.filter(([path]) => file === path || file.startsWith(`${path}/`));
    if (lines === undefined ? !DEFAULT.test(file) : lines.length === 0) continue;
    const isChosen = (line: number) => lines?.every(([, only]) => only !== undefined && Number(only) !== line) !== true;
    for (const mutant of mutantsOf(readFileSync(join(root, file), 'utf8')))
      if (isChosen(mutant.line)) tasks.push({ file, mutant });
  }
  return tasks;
}

/** Files in turn where all is run; else by chance, so that whatever part is reached speaks for the whole. */
function inTurn(tasks: readonly Task[]): Task[] {
  if (values.sample === undefined && values.minutes === undefined) return [...tasks];
  const chance = new Chance(values.seed);
  const drawn = tasks.map((task) => ({ task, place: chance.next() })).sort((a, b) => a.place - b.place);
  return drawn.slice(0, Number(values.sample ?? tasks.length)).map(({ task }) => task);
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const nameOf = ({ file, mutant }: Task): string => `${file} ${mutant.name}`;

/** Of earlier runs, what was noticed then and need not be tried again. */
function noticedBefore(tasks: readonly Task[]): Verdict[] {
  const planned = new Map(tasks.map((task) => [nameOf(task), task]));
  const noticed = new Map<string, Verdict>();
  for (const path of values.again?.split(',') ?? []) {
    const { verdicts } = JSON.parse(readFileSync(path, 'utf8')) as { readonly verdicts: readonly Verdict[] };
    for (const verdict of verdicts) {
      const task = planned.get(nameOf(verdict));
      if (task !== undefined && verdict.status !== 'survived') noticed.set(nameOf(verdict), { ...verdict, ...task });
    }
  }
  return [...noticed.values()];
}

async function run(root: string): Promise<void> {
  const tasks = tasksOf(root);
  const planned = new Map<string, number>();
  for (const { file } of tasks) planned.set(file, (planned.get(file) ?? 0) + 1);
  const verdicts = noticedBefore(tasks);
  const noticed = new Set(verdicts.map(nameOf));
  const queue = inTurn(tasks.filter((task) => !noticed.has(nameOf(task))));
  const until = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
  const runners = new Set<Runner>();
  say(`${queue.length} of ${tasks.length} mutants`);

  const save = (): void => {
    const out = resolve(root, values.out);
    mkdirSync(dirname(out), { recursive: true });
    const { seed, tests } = values;
    writeFileSync(out, JSON.stringify({ seed, tests, scores: scores(verdicts, planned), verdicts }, null, 2));
  };
  const tell = (): void => {
    save();
    say(`\n${table(scores(verdicts, planned))}`);
  };
  const stop = (): void => {
    for (const runner of runners) runner.close();
    tell();
    process.exit();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);

  const work = async (): Promise<void> => {
    const runner = new Runner({
      root,
      driver: join(import.meta.dirname, 'driver.js'),
      tests: values.tests.split(','),
      seed: Number(values.seed),
      quick: Number(values.quick),
      leftOut: (left) => say(`left out, since they fail unchanged or work too long: ${left.join(', ') || 'none'}`),
    });
    runners.add(runner);
    try {
      for (let task = queue.shift(); task !== undefined && performance.now() < until; task = queue.shift()) {
        const verdict = await runner.try(task);
        verdicts.push(verdict);
        save();
        if (verdict.status !== 'killed') say(`${verdict.status}: ${describe(verdict)}`);
      }
    } finally {
      runners.delete(runner);
      runner.close();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.workers)) }, work));
  tell();
}

await run(process.cwd());
