// npm test: sets up and runs every check, in the order in which they are cheap. `--only a,b` runs some of them.
// The last line on a terminal is the sum of all tests: "N passed, N failed, N skipped".
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './chromium.mjs';
import { ensureIproute } from './iproute.mjs';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';
import { isBuilt } from './stamp.mjs';

const REPORTS = join(ROOT, 'out', 'test');
const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs a tool of node_modules with this Node, so that it works on every system.
 * @param {string} script path inside node_modules
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
const tool = (script, args, env) => run(process.execPath, [join(ROOT, 'node_modules', script), ...args], env);

/** @param {string} script */
const own = (script) => run(process.execPath, [join(ROOT, 'build', script)]);

/**
 * Runs one vitest project and adds up its report.
 * @param {string} project
 */
function vitest(project) {
  const report = join(REPORTS, `${project}.json`);
  const chromium = project === 'unit' ? undefined : ensureChromium();
  if (project !== 'unit' && chromium === undefined) return false;
  const ended = tool(
    'vitest/vitest.mjs',
    [
      // By itself it leaves one processor of two to others, who are not there.
      ...['run', '--project', project, ...(project === 'electron' ? [] : ['--maxWorkers=2'])],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    { ...process.env, ...(chromium === undefined ? {} : { PEERHOLD_CHROMIUM: chromium }) },
  );
  try {
    /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} */
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += numPassedTests;
    total.failed += numFailedTests;
    total.skipped += numPendingTests + numTodoTests;
    // A file that could not be loaded has no failed test in the report: main counts the step itself then.
    return ended && numPassedTests > 0;
  } catch {
    return false;
  }
}

const build = () => isBuilt() || own('build.mjs');

/** The simulator while it runs: resolves with whether no seed failed. @type {Promise<boolean> | undefined} */
let simulation;

/** Starts the simulator at low priority, with its output in a file: the browser tests beside it mostly wait. */
function startSimulation() {
  mkdirSync(REPORTS, { recursive: true });
  const log = openSync(join(REPORTS, 'simulate.log'), 'w');
  const args = [join(ROOT, 'build', 'simulate.mjs'), '--seeds', '2000', '--all'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', log, log] });
  if (child.pid !== undefined) setPriority(child.pid, 10);
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** @type {Record<string, () => boolean | Promise<boolean>>} */
const STEPS = {
  format: () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  // Before the linter, which reads the types of other folders from what this writes.
  types: () => tool('typescript/bin/tsc', ['-b']),
  lint: () => tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']),
  layers: () => own('layers.mjs'),
  unused: () => tool('knip/bin/knip.js', ['--no-progress']),
  build,
  unit: () => vitest('unit'),
  electron: () => build() && vitest('electron'),
  e2e: () => {
    ensureIproute();
    return build() && vitest('e2e');
  },
  // Last, since it is begun before the browser tests and goes on beside them.
  simulate: async () => {
    const ended = await (simulation ?? startSimulation());
    console.log(readFileSync(join(REPORTS, 'simulate.log'), 'utf8'));
    return ended;
  },
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const names = values.only?.split(',') ?? Object.keys(STEPS);
const unknown = names.filter((name) => !Object.hasOwn(STEPS, name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${Object.keys(STEPS).join(', ')}.`);
  process.exit(1);
}

ensureDependencies();
rmSync(REPORTS, { recursive: true, force: true });
const failedSteps = [];
for (const name of names) {
  console.log(`\n== ${name}`);
  if (name === 'electron' || name === 'e2e') simulation ??= names.includes('simulate') ? startSimulation() : undefined;
  const started = performance.now();
  const failedBefore = total.failed;
  const ended = (await STEPS[name]?.()) ?? false;
  console.log(`== ${name}: ${ended ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (ended) continue;
  failedSteps.push(name);
  // Whatever failed shows in the sum, tests or not.
  if (total.failed === failedBefore) total.failed += 1;
}
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
