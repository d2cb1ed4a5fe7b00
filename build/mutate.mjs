// Builds the mutation check into out/mutate and runs it; options and what it found: docs/mutation.md. It informs: its exit code is 0
// unless it could not run.
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';

const HERE = join(ROOT, 'test', 'mutation');
const OUT = join(ROOT, 'out', 'mutate');

ensureDependencies();
// Only now: on a fresh checkout it has just been installed.
const { build } = await import('vite');
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  root: ROOT,
  ssr: { external: ['@swc/core', 'vitest'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: OUT,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { index: join(HERE, 'main.ts'), driver: join(HERE, 'driver.ts') },
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
});
process.chdir(ROOT);
process.exitCode = run(process.execPath, [join(OUT, 'index.js'), ...process.argv.slice(2)]) ? 0 : 1;
