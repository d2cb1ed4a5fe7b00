// Checks the layers with dependency-cruiser and fails on a violation, and also where nothing was read: a checker that
// sees no module sees no violation either. `--root FOLDER` checks another tree; a test uses it to see the check fail.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './paths.mjs';

const FOLDERS = ['shared', 'renderer', 'node', 'electron', 'test'];

// dependency-cruiser's swc parser does not know JSX and stops at the first .tsx file: the option it lacks is set here,
// before it loads swc.
const require = createRequire(import.meta.url);
/** @type {{ parseFileSync: (file: string, options: object) => unknown }} */
const swc = require('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });
const { cruise } = await import('dependency-cruiser');

const { values } = parseArgs({ options: { root: { type: 'string' } } });
const root = resolve(values.root ?? ROOT);
const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
/** @type {import('dependency-cruiser').IConfiguration} */
const config = require('./dependency-cruiser.cjs');
const { options, ...ruleSet } = config;
const { output } = await cruise(folders, { ...options, ruleSet, validate: true, baseDir: root });
if (typeof output === 'string') throw new Error(output);

const { modules, summary } = output;
let failed = false;
for (const { from, to, rule } of summary.violations) {
  failed = true;
  console.error(`${rule.name}: ${from} -> ${to}`);
}
for (const folder of folders) {
  if (modules.some(({ source }) => source.startsWith(`${folder}/`) && /[.]tsx?$/.test(source))) continue;
  failed = true;
  console.error(`no module read in ${folder}/`);
}
// Modules that were listed but not parsed have no dependencies at all.
if (summary.totalDependenciesCruised === 0) {
  failed = true;
  console.error('no import read');
}
console.log(
  `${modules.length} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations`,
);
process.exitCode = failed ? 1 : 0;
