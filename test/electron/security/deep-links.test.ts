import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// Declares `window.peerhold`.
import '../../../renderer/platform';
import { foundNetwork, makeInvite } from '../../e2e/kit/steps';
import { boot, launchChromium, type Run } from '../boot';

let browser: Browser;
let run: Run;

beforeAll(async () => {
  browser = await launchChromium();
  run = await boot(browser);
});

afterAll(async () => {
  await run.close();
  await browser.close();
});

/** Links as somebody might put them into a page, a mail or a command line. */
const ATTACKS = [
  'peerhold://join/../settings',
  'peerhold://join/a/b',
  'peerhold://join/a?b',
  'peerhold://join/a#b',
  'peerhold://join/%2e%2e',
  'peerhold://join/',
  'peerhold://join',
  'peerhold:join/a',
  'peerhold:///join/a',
  'peerhold://JOIN/a',
  'peerhold://found/a',
  'peerhold://user@join/a',
  'peerhold://join:80/a',
  'peerhold://join/a b',
  'peerhold://join/a\n',
  'peerhold://join/<script>',
  'peerhold://join/javascript:alert(1)',
  `peerhold://join/${'a'.repeat(9000)}`,
  'https://evil.example/join/a',
  'app://peerhold/#/join/a',
  'file:///etc/passwd',
  '',
];

const opened = (link: string): void => run.appEvents.emit('open-url', { preventDefault: () => undefined }, link);
const startedAgain = (...argv: string[]): void => run.appEvents.emit('second-instance', {}, ['electron', '.', ...argv]);

describe('deep links', () => {
  test.each(ATTACKS)('%j gets nowhere, by neither door', (link) => {
    const before = run.world.sent.length;
    opened(link);
    startedAgain(link);
    startedAgain('--', link);
    startedAgain('--profile', link);
    expect(run.world.sent).toHaveLength(before);
  });

  test('a flood before the page listens is cut off', async () => {
    const flooded = await boot(browser, {
      beforeReady: ({ appEvents }) => {
        for (let count = 0; count < 1000; count += 1)
          appEvents.emit('open-url', { preventDefault: () => undefined }, `peerhold://join/a${count}`);
      },
    });
    await expect.poll(() => flooded.world.sent.length).toBe(8);
    await flooded.close();
  });

  test('the page’s callback is given the link and nothing of Electron’s', async () => {
    const { page } = run;
    await page.evaluate(() => {
      const seen: unknown[][] = [];
      Reflect.set(window, 'seen', seen);
      window.peerhold?.onDeepLink((...args: unknown[]) => seen.push(args));
    });
    opened('peerhold://join/abc');
    await expect
      .poll(() => page.evaluate((): unknown => Reflect.get(window, 'seen')))
      .toEqual([['peerhold://join/abc']]);
  });

  test('one that invites leads to a question: nobody is connected to before the person says so', async () => {
    const founder = await boot(browser);
    await foundNetwork({ page: founder.page }, 'Mill House', 'Ana');
    const link = await makeInvite({ page: founder.page });
    const guest = await boot(browser, { argv: [link] });
    await guest.page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    expect(await guest.page.getByText('Mill House').count()).toBeGreaterThan(0);
    // Longer than an engine that did connect would take to open its first socket.
    await guest.page.waitForTimeout(500);
    expect(guest.window.sockets).toEqual([]);
    await connect(guest.page);
    await expect.poll(() => guest.window.sockets.length).toBeGreaterThan(0);
    await guest.close();
    await founder.close();
  });
});

const connect = (page: Page): Promise<void> => page.getByRole('button', { name: 'Connect', exact: true }).click();
