// npm test: sets up and runs every check, in the order in which they are cheap. `--only a,b` runs some of them.
// The last line on a terminal is the sum of all tests: "N passed, N failed, N skipped".
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { ensureHeadlessChromium } from './chromium.mjs';
import { ensureCoturn } from './coturn.mjs';
import { ensureIproute } from './iproute.mjs';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';
import { isBuilt } from './stamp.mjs';

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: readonly string[] | null }} TestReport
 * @typedef {{ name: string, status: string, message?: string, assertionResults: readonly TestReport[] }} FileReport
 */

const REPORTS = join(ROOT, 'out', 'test');
/** Files at once. Those in browsers mostly wait, for a seal or for each other. What is run again has nothing beside it. */
const WORKERS = { unit: 2, electron: 2, package: 1, e2e: 3 };
/** More files of browser tests than that do not fail by a busy machine. */
const MOST_AGAIN = 3;
/** Lines of a failure that the end of the run repeats. */
const LINES_OF_FAILURE = 12;
const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, with why: said again at the end, where whoever sees only the tail of a long log finds it. @type {string[]} */
const failures = [];

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
 * Runs one vitest project, or some of its files, and reads its report.
 * @param {'unit' | 'electron' | 'package' | 'e2e'} project
 * @param {readonly string[]} [files]
 * @returns {{ ended: boolean, files: readonly FileReport[] } | undefined} undefined: it did not come to a report
 */
function vitest(project, files = []) {
  const report = join(REPORTS, `${project}${files.length > 0 ? '-again' : ''}.json`);
  const chromium = project === 'unit' ? undefined : ensureHeadlessChromium();
  if (project !== 'unit' && chromium === undefined) return undefined;
  const ended = tool(
    'vitest/vitest.mjs',
    [
      // The unit tests are two projects: vitest.config.ts.
      ...['run', '--project', project === 'unit' ? 'unit*' : project],
      `--maxWorkers=${files.length > 0 ? 1 : WORKERS[project]}`,
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files],
    ],
    { ...process.env, ...(chromium === undefined ? {} : { PEERHOLD_CHROMIUM: chromium }) },
  );
  try {
    return { ended, files: JSON.parse(readFileSync(report, 'utf8')).testResults };
  } catch {
    return undefined;
  }
}

/**
 * Adds the tests of some files to the sum.
 * @param {readonly FileReport[]} files
 */
function count(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(({ status }) => status === 'failed').length;
  total.passed += passed;
  total.failed += failed;
  total.skipped += tests.length - passed - failed;
  failures.push(...files.filter(({ status }) => status !== 'passed').flatMap(whyFailed));
  return passed;
}

/** @param {'unit' | 'electron' | 'package'} project */
function tests(project) {
  const run = vitest(project);
  // A file that could not be loaded has no failed test in the report: main counts the step itself then.
  return run !== undefined && count(run.files) > 0 && run.ended;
}

/**
 * What failed in a file, by name: its tests, or all of it where it could not be loaded.
 * @param {FileReport} file
 */
function failuresOf({ name, assertionResults }) {
  const file = relative(ROOT, name);
  const tests = assertionResults.filter(({ status }) => status === 'failed');
  return tests.length === 0 ? [file] : tests.map(({ fullName }) => `${file}: ${fullName}`);
}

/** @param {string} message */
const firstLines = (message) =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, LINES_OF_FAILURE);

/**
 * The same, each with the first lines of its message.
 * @param {FileReport} file
 */
function whyFailed(file) {
  const messages = file.assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ failureMessages }) => failureMessages?.join('\n'));
  const said = messages.length === 0 ? [file.message] : messages;
  return failuresOf(file).map((name, i) => [name, ...firstLines(said[i] ?? '')].join('\n    '));
}

/**
 * The browser tests. Some files that failed are run once more, alone, and named if they pass then: docs/decisions/0023.
 */
function browserTests() {
  const first = vitest('e2e');
  if (first === undefined) return false;
  const failed = first.files.filter(({ status }) => status !== 'passed');
  const again =
    failed.length > 0 && failed.length <= MOST_AGAIN
      ? vitest(
          'e2e',
          failed.map(({ name }) => name),
        )
      : undefined;
  if (again === undefined) return count(first.files) > 0 && first.ended;
  const passed = count([...first.files.filter((file) => !failed.includes(file)), ...again.files]);
  if (again.ended)
    console.log(`\nPassed at the second attempt only, to be looked into:\n  ${failed.flatMap(whyFailed).join('\n  ')}`);
  return again.ended && passed > 0;
}

const build = () => isBuilt() || own('build.mjs');

/** The simulator while it runs: resolves with whether no seed failed. @type {Promise<boolean> | undefined} */
let simulation;

/** Starts the simulator at the lowest priority, with its output in a file: the steps beside it often wait, or use one processor. */
function startSimulation() {
  mkdirSync(REPORTS, { recursive: true });
  const log = openSync(join(REPORTS, 'simulate.log'), 'w');
  const args = [join(ROOT, 'build', 'simulate.mjs'), '--seeds', '2000', '--all'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', log, log] });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
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
  unit: () => tests('unit'),
  electron: () => build() && tests('electron'),
  package: () => build() && tests('package'),
  e2e: () => {
    ensureIproute();
    ensureCoturn();
    return build() && browserTests();
  },
  // Last, since it is begun before all others and goes on beside them.
  simulate: async () => {
    const ended = (await simulation) ?? false;
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
// From the start: whatever the other steps leave of the processors is its.
if (names.includes('simulate')) simulation = startSimulation();
const failedSteps = [];
for (const name of names) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const failedBefore = total.failed;
  const ended = (await STEPS[name]?.()) ?? false;
  console.log(`== ${name}: ${ended ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (ended) continue;
  failedSteps.push(name);
  // Whatever failed shows in the sum, tests or not.
  if (total.failed === failedBefore) total.failed += 1;
}
if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
