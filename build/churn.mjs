// Builds the churn of many peers into out/churn and runs it: `npm run churn -- --peers 20 --minutes 10`. See test/churn.
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';

const OUT = join(ROOT, 'out', 'churn');

ensureDependencies();
// Only now: on a fresh checkout it has just been installed.
const { build } = await import('vite');
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  root: ROOT,
  ssr: { noExternal: true, external: ['bufferutil', 'utf-8-validate', '@roamhq/wrtc'] },
  build: {
    ssr: join(ROOT, 'test', 'churn', 'main.ts'),
    target: 'node20',
    outDir: OUT,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'index.js', codeSplitting: false } },
  },
});
const args = ['--expose-gc', '--enable-source-maps', join(OUT, 'index.js'), ...process.argv.slice(2)];
process.exitCode = run(process.execPath, args) ? 0 : 1;
