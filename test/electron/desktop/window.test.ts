import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, launchChromium } from '../boot';

let browser: Browser;
let home: string;

beforeAll(async () => {
  browser = await launchChromium();
  home = await mkdtemp(join(tmpdir(), 'peerhold-window-'));
});
afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const kept = async (): Promise<unknown> =>
  JSON.parse(await readFile(join(home, 'default', 'shell.json'), 'utf8').catch(() => '{}'));

describe('the window', () => {
  const place = { x: 300, y: 200, width: 900, height: 700 };

  test('opens where it was, and in sight where that screen is gone', async () => {
    const first = await boot(browser, { home });
    expect(first.window.options).toMatchObject({ width: 1200, height: 800, show: false });
    expect(first.window.options).not.toHaveProperty('x');
    first.window.moveTo(place);
    await expect.poll(kept).toMatchObject({ window: { ...place, maximized: false } });
    await first.close();

    const again = await boot(browser, { home });
    expect(again.window.options).toMatchObject(place);
    expect(again.window.maximized).toBe(false);
    again.window.maximized = true;
    again.window.close();
    // What it goes back to is kept beside.
    await expect.poll(kept).toMatchObject({ window: { ...place, maximized: true } });
    await again.close();

    const elsewhere = await boot(browser, {
      home,
      prepare: ({ world }) => (world.screens = [{ x: 2000, y: 0, width: 800, height: 600 }]),
    });
    expect(elsewhere.window.options).toMatchObject({ width: 800, height: 600 });
    expect(elsewhere.window.options).not.toHaveProperty('x');
    expect(elsewhere.window.maximized).toBe(true);
    await elsewhere.close();
  });
});
