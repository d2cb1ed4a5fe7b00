// Builds the fuzzer into out/fuzz and runs it: `npm run fuzz -- --count 1000000 --seed 1 [--only events]`. See test/fuzz.
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';

const OUT = join(ROOT, 'out', 'fuzz');

ensureDependencies();
// Only now: on a fresh checkout it has just been installed.
const { build } = await import('vite');
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  root: ROOT,
  ssr: { noExternal: true, external: ['bufferutil', 'utf-8-validate'] },
  build: {
    ssr: join(ROOT, 'test', 'fuzz', 'main.ts'),
    target: 'node20',
    outDir: OUT,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'index.js', codeSplitting: false } },
  },
});
const args = ['--enable-source-maps', join(OUT, 'index.js'), ...process.argv.slice(2)];
process.exitCode = run(process.execPath, args) ? 0 : 1;
