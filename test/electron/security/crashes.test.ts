import type { RenderProcessGoneDetails } from 'electron';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { boot, launchChromium, type Run } from '../boot';

let browser: Browser;
let run: Run;

let hours = 0;

beforeAll(async () => {
  browser = await launchChromium();
  run = await boot(browser);
});
afterAll(async () => {
  await run.close();
  await browser.close();
});

beforeEach(() => {
  // An hour later nothing is left of the test before.
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.UTC(2026, 0, 1, (hours += 1)));
  run.window.reloading = false;
  run.window.reloads = 0;
  run.world.messageBoxes.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a page whose process has ended', () => {
  test.each<RenderProcessGoneDetails['reason']>([
    'abnormal-exit',
    'killed',
    'crashed',
    'oom',
    'launch-failed',
    'integrity-failure',
    'memory-eviction',
  ])('by %s is loaded again', (reason) => {
    run.window.gone(reason);
    expect(run.window.reloads).toBe(1);
  });

  test('because it was to is left alone', () => {
    run.window.gone('clean-exit');
    expect(run.window.reloads).toBe(0);
  });

  test('again and again is not loaded a fourth time: the person is asked', async () => {
    for (let count = 0; count < 4; count += 1) run.window.gone('crashed');
    expect(run.window.reloads).toBe(3);
    expect(run.world.messageBoxes).toMatchObject([{ type: 'error', buttons: ['Load it again', 'Quit'], cancelId: 1 }]);
    // They said to try once more: that is the first of a new row.
    await expect.poll(() => run.window.reloads).toBe(4);
    run.window.gone('crashed');
    expect(run.window.reloads).toBe(5);
  });

  test('now and then over a day is loaded each time', () => {
    for (let count = 0; count < 10; count += 1) {
      vi.setSystemTime(Date.now() + 61_000);
      run.window.gone('crashed');
    }
    expect(run.window.reloads).toBe(10);
    expect(run.world.messageBoxes).toEqual([]);
  });

  test('comes back with what was there, in a real browser', async () => {
    const { page } = run;
    run.window.reloading = true;
    await page.evaluate(() => localStorage.setItem('written', 'before'));
    const session = await page.context().newCDPSession(page);
    // It is answered by nobody.
    session.send('Page.crash').catch(() => undefined);
    await expect.poll(() => run.window.reloads, { timeout: 10_000 }).toBe(1);
    await expect.poll(() => run.page !== page, { timeout: 10_000 }).toBe(true);
    await run.page.waitForFunction(() => (document.getElementById('root')?.childElementCount ?? 0) > 0);
    expect(await run.page.evaluate(() => localStorage.getItem('written'))).toBe('before');
  });

  test('again and again, and the person has enough of it: the app quits', async () => {
    const { window } = run;
    run.world.messageChoice = 1;
    for (let count = 0; count < 4; count += 1) window.gone('crashed');
    await expect.poll(() => run.world.ended).toBe('quit');
    expect(window.reloads).toBe(3);
  });
});
