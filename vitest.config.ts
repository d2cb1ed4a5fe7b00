import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, 'out/**', 'test/layers/fixture/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: ['test/kit/property-sizes.ts'],
          include: ['shared/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}'],
          exclude,
          // What runs anywhere gives back whatever it alters of its process: the next file may run there too, which takes half the work.
          isolate: false,
          // Limits for what hangs, not for what a busy machine makes slow.
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        test: {
          // What has to do with the process itself, or alters what the platform gives.
          name: 'unit-node',
          environment: 'node',
          setupFiles: ['test/kit/property-sizes.ts'],
          include: ['node/**/*.test.ts', 'electron/**/*.test.ts', 'test/**/*.test.{ts,tsx}'],
          exclude: [...exclude, 'test/electron/**', 'test/package/**', 'test/e2e/**'],
          // Limits for what hangs, not for what a busy machine makes slow.
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        // Runs the built main and preload with the stand-in in Electron's place.
        resolve: { alias: { electron: new URL('test/electron/stand-in/electron.ts', import.meta.url).pathname } },
        test: {
          name: 'electron',
          environment: 'node',
          include: ['test/electron/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
          // A real page of a busy machine may take longer than the second that is usual.
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 60_000,
        },
      },
      {
        // Packages what was built, with a stub in Electron's place.
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          exclude,
          // Each file has profiles and ports of its own: `npm test` runs several at once.
          maxConcurrency: 1,
          testTimeout: 180_000,
          // A screen of a busy machine may take longer than the second that is usual.
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
