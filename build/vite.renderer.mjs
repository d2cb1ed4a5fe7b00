import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { ROOT } from './paths.mjs';

/** The page. Relative addresses, so that it is the same under app:// and http://; no inline script, for the CSP. */
export default defineConfig({
  root: join(ROOT, 'renderer'),
  base: './',
  publicDir: false,
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Keeps `light-dark()` as it is: what it is lowered to for older browsers follows no colour scheme set at run time.
    cssTarget: 'chrome123',
    outDir: join(ROOT, 'out', 'renderer'),
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 3000,
  },
});
