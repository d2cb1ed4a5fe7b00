// Builds the benchmarks into out/bench and runs them; options and figures: docs/performance.md.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ROOT } from './paths.mjs';
import { ensureDependencies, installFromLock, run } from './setup.mjs';
import { isBuilt } from './stamp.mjs';

const HERE = join(ROOT, 'test', 'performance');
const OUT = join(ROOT, 'out', 'bench');

async function buildBenchmarks() {
  // Only now: on a fresh checkout it has just been installed.
  const { build } = await import('vite');
  const common = /** @type {const} */ ({ configFile: false, logLevel: 'warn', mode: 'production', publicDir: false });
  await build({
    ...common,
    root: join(HERE, 'page'),
    base: './',
    worker: { format: 'es' },
    build: { target: 'es2023', outDir: join(OUT, 'page'), emptyOutDir: true, chunkSizeWarningLimit: 3000 },
  });
  await build({
    ...common,
    root: ROOT,
    ssr: { noExternal: true, external: ['playwright-core', 'bufferutil', 'utf-8-validate'] },
    build: {
      ssr: join(HERE, 'main.ts'),
      target: 'node20',
      outDir: join(OUT, 'node'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'index.js', codeSplitting: false } },
    },
  });
}

/**
 * Puts the scripts of other libraries into out/, with their packages: none of them is a dependency of the app, nor ever installed
 * with it. Where they can not be had, the benchmark says so in their rows.
 */
function prepareRivals() {
  const [from, to] = [join(HERE, 'rivals'), join(OUT, 'rivals')];
  const lock = 'package-lock.json';
  mkdirSync(to, { recursive: true });
  const installed = existsSync(join(to, 'node_modules')) && existsSync(join(to, lock));
  const current = installed && readFileSync(join(from, lock), 'utf8') === readFileSync(join(to, lock), 'utf8');
  for (const file of readdirSync(from)) if (file !== 'node_modules') copyFileSync(join(from, file), join(to, file));
  if (current) return;
  console.log('Installing what the benchmark compares with (npm ci)…');
  // Without their install scripts: what they would build natively is for a disk and for networks, which are not used here.
  if (installFromLock(to, ['--ignore-scripts'])) return;
  rmSync(join(to, lock));
  console.error('They could not be installed; their rows will say so.');
}

ensureDependencies();
const inNodeOnly = /--in[= ]node( |$)/.test(process.argv.join(' '));
const chromium = inNodeOnly ? '' : ensureChromium();
if (chromium === undefined) process.exit(1);
// The built app is measured as well.
if (!inNodeOnly && !isBuilt() && !run(process.execPath, [join(ROOT, 'build', 'build.mjs')])) process.exit(1);
await buildBenchmarks();
prepareRivals();
process.chdir(ROOT);
const env = { ...process.env, PEERHOLD_CHROMIUM: chromium };
const args = ['--expose-gc', '--enable-source-maps', join(OUT, 'node', 'index.js'), ...process.argv.slice(2)];
process.exitCode = run(process.execPath, args, env) ? 0 : 1;
