import { join } from 'node:path';
import { defineConfig } from 'vite';
import { ROOT } from './paths.mjs';

/**
 * What runs in Node or in Electron's main and preload. Dependencies are bundled, so that a package needs no node_modules;
 * `ws` asks for two native helpers that it also works without.
 *
 * @param {{ entry: string, outDir: string, format: 'es' | 'cjs' }} part
 */
export function nodeConfig({ entry, outDir, format }) {
  return defineConfig({
    root: ROOT,
    publicDir: false,
    ssr: { noExternal: true, external: ['electron', 'bufferutil', 'utf-8-validate', 'classic-level', '@roamhq/wrtc'] },
    build: {
      ssr: join(ROOT, entry),
      target: 'node20',
      outDir: join(ROOT, outDir),
      emptyOutDir: true,
      sourcemap: false,
      minify: false,
      rolldownOptions: {
        output: { format, entryFileNames: format === 'cjs' ? 'index.cjs' : 'index.js', codeSplitting: false },
      },
    },
  });
}

export const NODE_PARTS = /** @type {const} */ ([
  { entry: 'electron/main/index.ts', outDir: 'out/electron/main', format: 'es' },
  { entry: 'electron/preload/index.ts', outDir: 'out/electron/preload', format: 'cjs' },
  { entry: 'node/launcher/index.ts', outDir: 'out/node/launcher', format: 'es' },
  { entry: 'node/cli/index.ts', outDir: 'out/node/cli', format: 'es' },
]);
