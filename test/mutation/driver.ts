// Keeps one vitest in the private copy it is started in, and runs tests again for each mutant it is told of. A process of its
// own, because a mutant may never end: then the runner ends the process.
import { join, relative } from 'node:path';
import { constants, setPriority } from 'node:os';
import { type CliOptions, type Reporter, type TestSpecification, createVitest } from 'vitest/node';
import type { Answer, Order } from './runner';
import { SETUP } from './workshop';

/** Runs the tests in the order in which they are given. */
class AsGiven {
  sort(specifications: TestSpecification[]): TestSpecification[] {
    return specifications;
  }
  shard(specifications: TestSpecification[]): TestSpecification[] {
    return specifications;
  }
}

/** Milliseconds of the processor that this process has used: what others do on the machine does not count. */
function work(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The path of a test file from the root, as the runner writes it. */
const pathOf = ({ moduleId }: { readonly moduleId: string }): string => relative(root, moduleId).replaceAll('\\', '/');

/** The present run: `began` is what this process had worked when the file that now runs did. */
const run = { took: {} as Record<string, number>, failure: null as string | null, late: false, began: 0 };

/** What a test says whose own time is over; it may be the machine that is busy, or a mutant that never ends. */
const LATE = /timed out/i;

const reporter: Reporter = {
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    if (state !== 'failed' || run.failure !== null) return;
    run.failure = `${test.module.relativeModuleId} > ${test.fullName}`;
    run.late = errors.some(({ message }) => LATE.test(message));
  },
  onTestModuleEnd(testModule) {
    run.took[pathOf(testModule)] = work() - run.began;
    run.began = work();
    if (testModule.state() === 'failed') run.failure ??= testModule.relativeModuleId;
  },
};

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const root = process.cwd();
const options: CliOptions = {
  root,
  config: false,
  watch: false,
  run: true,
  bail: 1,
  reporters: [reporter],
  include: ['shared/**/*.test.ts'],
  environment: 'node',
  setupFiles: [join(root, SETUP)],
  // Threads end with this process. In one thread without isolation, the modules are loaded once a run.
  pool: 'threads',
  isolate: false,
  maxWorkers: 1,
  fileParallelism: false,
  // The runner measures work, not time.
  testTimeout: 120_000,
  sequence: { sequencer: AsGiven },
  // node_modules are those of the tree itself.
  cache: false,
};
const vitest = await createVitest('test', options, { cacheDir: join(root, 'cache') });
const specifications = new Map(
  (await vitest.globTestSpecifications()).map((specification) => [pathOf(specification), specification]),
);

/** Tells when a test file works far longer than it does unchanged. Only the end of the process ends it. */
function watch({ tests, limits }: Order): NodeJS.Timeout | undefined {
  if (limits === undefined) return undefined;
  return setInterval(() => {
    const running = tests.find((test) => run.took[test] === undefined);
    if (running !== undefined && work() - run.began > limits[running]!)
      process.send!({ killedBy: `no end: ${running}`, late: true, took: run.took } satisfies Answer);
  }, 200);
}

async function answer(order: Order): Promise<Answer> {
  const { tests, changed } = order;
  for (const file of changed) vitest.invalidateFile(join(root, file));
  Object.assign(run, { took: {}, failure: null, late: false, began: work() });
  const watching = watch(order);
  const { unhandledErrors } = await vitest.runTestSpecifications(
    tests.map((test) => specifications.get(test)!),
    false,
  );
  clearInterval(watching);
  const { took, late } = run;
  const failure =
    run.failure ??
    (unhandledErrors.length > 0 ? `an error outside of the tests: ${String(unhandledErrors[0])}` : null) ??
    (tests.some((test) => took[test] === undefined) ? 'tests that did not run' : null);
  return { killedBy: failure, late, took };
}

process.on('message', (order: Order) => {
  answer(order).then(
    (given) => process.send!(given),
    (error: unknown) => process.send!({ killedBy: `the run itself: ${String(error)}`, late: false, took: {} }),
  );
});
process.on('disconnect', () => process.exit());
