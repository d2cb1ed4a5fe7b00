// Keeps one vitest in the private copy it is started in, and runs all its tests again for each mutant it is told of. A process of its
// own, because a mutant may never end: then the runner ends the process.
import { join } from 'node:path';
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

/** Milliseconds that a test file took in the first run, in which nothing is changed. */
const duration = new Map<string, number>();

/** What has ended of the present run. */
const run = { ended: 0, failure: null as string | null };

const reporter: Reporter = {
  onTestCaseResult(test) {
    if (test.result().state === 'failed') run.failure ??= `${test.module.relativeModuleId} > ${test.fullName}`;
  },
  onTestModuleEnd(testModule) {
    run.ended += 1;
    if (!duration.has(testModule.moduleId)) duration.set(testModule.moduleId, testModule.diagnostic().duration);
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
  testTimeout: 30_000,
  sequence: { sequencer: AsGiven },
  // node_modules are those of the tree itself.
  cache: false,
};
const vitest = await createVitest('test', options, { cacheDir: join(root, 'cache') });
let specifications = await vitest.globTestSpecifications();

/** Tests next to the change first, then the quick ones: most mutants end in the first seconds. */
function inOrder(folder: string): TestSpecification[] {
  const cost = ({ moduleId }: TestSpecification): number =>
    (duration.get(moduleId) ?? 0) + (moduleId.startsWith(join(root, folder)) ? 0 : 10_000);
  return [...specifications].sort((a, b) => cost(a) - cost(b));
}

async function answer({ tests, changed, folder }: Order): Promise<Answer> {
  if (tests !== undefined)
    specifications = specifications.filter(({ moduleId }) =>
      tests.some((test) => moduleId.startsWith(join(root, test))),
    );
  for (const file of changed) vitest.invalidateFile(join(root, file));
  run.ended = 0;
  run.failure = null;
  const { unhandledErrors } = await vitest.runTestSpecifications(inOrder(folder), false);
  if (run.failure !== null) return { killedBy: run.failure };
  if (unhandledErrors.length > 0) return { killedBy: `an error outside of the tests: ${String(unhandledErrors[0])}` };
  return { killedBy: run.ended === specifications.length && run.ended > 0 ? null : 'tests that did not run' };
}

process.on('message', (order: Order) => {
  answer(order).then(
    (given) => process.send!(given),
    (error: unknown) => process.send!({ killedBy: `the run itself: ${String(error)}` }),
  );
});
process.on('disconnect', () => process.exit());
