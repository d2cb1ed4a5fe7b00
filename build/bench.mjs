// Builds the benchmarks into out/bench and runs them; options and figures: docs/performance.md.
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';

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

ensureDependencies();
const chromium = ensureChromium();
if (chromium === undefined) process.exit(1);
await buildBenchmarks();
process.chdir(ROOT);
const env = { ...process.env, PEERHOLD_CHROMIUM: chromium };
const args = ['--expose-gc', '--enable-source-maps', join(OUT, 'node', 'index.js'), ...process.argv.slice(2)];
process.exitCode = run(process.execPath, args, env) ? 0 : 1;
