// Builds a program of the tests that runs in Node, and runs it with this one's arguments.
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';

/**
 * @param {string} name of its folder in out/
 * @param {string} entry path from the root
 * @param {readonly string[]} [flags] of Node
 */
export async function runTool(name, entry, flags = []) {
  ensureDependencies();
  // Only now: on a fresh checkout they have just been installed.
  const { build } = await import('vite');
  const { nodeConfig } = await import('./vite.node.mjs');
  const outDir = join('out', name);
  await build({ configFile: false, logLevel: 'warn', ...nodeConfig({ entry, outDir, format: 'es' }) });
  const args = ['--enable-source-maps', ...flags, join(ROOT, outDir, 'index.js'), ...process.argv.slice(2)];
  process.exitCode = run(process.execPath, args) ? 0 : 1;
}
