import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build, preview, type PreviewServer } from 'vite';
import type { Verdicts } from '../signatures/page/page';
import { VECTORS } from '../signatures/vectors';

const ROOT = fileURLToPath(new URL('../signatures/page', import.meta.url));
const OUT = fileURLToPath(new URL('../../out/signatures-page', import.meta.url));

let server: PreviewServer;
let browser: Browser;
beforeAll(async () => {
  const quiet = { root: ROOT, configFile: false, logLevel: 'error' } as const;
  const output = { outDir: OUT, emptyOutDir: true, target: 'es2023' };
  await build({ ...quiet, worker: { format: 'es' }, build: output });
  server = await preview({ ...quiet, build: output, preview: { host: '127.0.0.1', port: 0 } });
  browser = await chromium.launch({
    executablePath: process.env['PEERHOLD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('signatures are judged alike by a page, by a worker and by Node', async () => {
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const said: Verdicts = await page.evaluate(() => window.verdicts());
  const expected = VECTORS.map(({ valid }) => valid);
  expect(said).toEqual({ page: expected, worker: expected });
});
