import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundNetwork, goTo, makeInvite, openProposal, propose, seeStatus, shutLan, vote } from '../e2e/kit/steps';
// Declares `window.peerhold`.
import '../../renderer/platform';
import { boot, launchChromium, type Run } from './boot';

/** Two desktop apps, each main with its own page, over real WebRTC and the shell's own signalling: the heart of the whole job. */
let browser: Browser;
let ana: Run;
let ben: Run;

beforeAll(async () => {
  browser = await launchChromium();
  ana = await boot(browser, { argv: ['--profile', 'ana'] });
});
afterAll(async () => {
  await ben?.close();
  await ana.close();
  await browser.close();
});

/** A seal is begun after half a minute. */
const SEALED = { timeout: 120_000 };

const connected = (run: Run, count: number): Promise<void> =>
  run.page.getByRole('button', { name: new RegExp(`^${count === 0 ? 'Nobody' : count} connected`) }).waitFor();

describe('two desktop apps', () => {
  test('found a network and join it by a deep link', async () => {
    await foundNetwork(ana, 'Lindenhof', 'Ana');
    ben = await boot(browser, { argv: ['--profile', 'ben', await makeInvite(ana)] });
    const { page } = ben;
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByLabel('Your name in this network').fill('Ben');
    await shutLan(page);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('heading', { name: 'Lindenhof', level: 1 }).waitFor();
    for (const run of [ana, ben]) await connected(run, 1);
  });

  test('decide while one machine sleeps, and agree once it has woken', async () => {
    // Whom a seal has not yet as a member does not decide.
    for (const { page } of [ana, ben])
      await page.getByRole('banner').getByRole('link', { name: 'All sealed' }).waitFor(SEALED);
    await propose(ana, 'Paint the door?');
    await openProposal(ben, 'Paint the door?');
    ben.powerEvents.emit('suspend');
    await connected(ana, 0);
    await vote(ana, 'Agree');
    await vote(ben, 'Agree');
    await connected(ben, 0);
    ben.powerEvents.emit('resume');
    for (const run of [ana, ben]) await connected(run, 1);
    for (const run of [ana, ben]) await seeStatus(run, 'Paint the door?', 'Adopted');
  }, 240_000);

  test('go on in the background: what is signed while a window is closed arrives there', async () => {
    await ben.page.evaluate(() => window.peerhold?.setBackground(true));
    expect(ben.window.close()).toBe(false);
    await propose(ana, 'Mend the fence?');
    ben.world.trays[0]?.events.emit('click');
    await goTo(ben, 'Decisions');
    await ben.page.getByRole('link', { name: 'Mend the fence?' }).first().waitFor();
  });
});
