import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from '../../e2e/kit/axe';
import { foundNetwork, propose, settled } from '../../e2e/kit/steps';
import { boot, launchChromium, type Run } from '../boot';

let browser: Browser;
let run: Run;

beforeAll(async () => {
  browser = await launchChromium();
  run = await boot(browser);
  await foundNetwork(run, 'Mill House', 'Ana');
});
afterAll(async () => {
  await run.close();
  await browser.close();
});

const toSettings = async (): Promise<void> => {
  await run.page.getByRole('link', { name: 'Settings' }).first().click();
  await settled(run.page);
};
/** What the shell is asked first is so a moment later. */
const choose = async (label: string, isOn: boolean): Promise<void> => {
  const control = run.page.getByRole('switch', { name: label });
  expect(await control.isChecked()).toBe(!isOn);
  await control.click();
  await expect.poll(() => control.isChecked()).toBe(isOn);
};
/** A browser without a window always has the keyboard. */
const look = (isLooking: boolean): Promise<void> =>
  run.page.evaluate((value) => {
    document.hasFocus = () => value;
    window.dispatchEvent(new Event(value ? 'focus' : 'blur'));
  }, isLooking);
const told = () => run.world.notifications.map(({ title, body }) => ({ title, body }));

describe('what needs the person', () => {
  test('is told by nobody before they choose so', async () => {
    await look(false);
    await propose(run, 'Buy a stove');
    await run.page.waitForTimeout(1_500);
    expect(told()).toEqual([]);
    expect(run.world.badge).toBe(0);
  });

  test('is told when they do not look, without saying what it is', async () => {
    await toSettings();
    await choose('Tell me when something needs me', true);
    await choose('Count on the app’s icon what needs me', true);
    // What is there already is counted, and no news.
    await expect.poll(() => run.world.badge, { timeout: 10_000 }).toBe(1);
    expect(told()).toEqual([]);
    await propose(run, 'Mend the roof');
    await expect.poll(told, { timeout: 10_000 }).toEqual([{ title: 'Peerhold', body: 'One thing needs you.' }]);
    await expect.poll(() => run.world.badge).toBe(2);
  });

  test('is not told to who looks at it', async () => {
    await look(true);
    await propose(run, 'Clear the gutter');
    await expect.poll(() => run.world.badge, { timeout: 10_000 }).toBe(3);
    await look(false);
    expect(told()).toHaveLength(1);
  });

  test('is named only where they chose that, and not in their quiet hours', async () => {
    await toSettings();
    await choose('Say what it is', true);
    await choose('Quiet hours', true);
    // Through the whole day but its last minute, from now on.
    const now = await run.page.evaluate(() => new Date().getHours() * 60 + new Date().getMinutes());
    const text = (minutes: number): string =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    await run.page.getByLabel('From').fill(text(now));
    await run.page.getByLabel('Until').fill(text((now + 12 * 60) % (24 * 60)));
    await propose(run, 'Paint the door');
    await expect.poll(() => run.world.badge, { timeout: 10_000 }).toBe(4);
    expect(told()).toHaveLength(1);
    await toSettings();
    await choose('Quiet hours', false);
    // What came meanwhile is told now.
    await expect.poll(told, { timeout: 10_000 }).toContainEqual({ title: 'Mill House', body: 'Vote' });
  });

  test('leads to its network by a click', async () => {
    await run.page.evaluate(() => (location.hash = '#/'));
    await settled(run.page);
    run.world.notifications.at(-1)?.events.emit('click');
    await run.page.waitForFunction(() => /^#\/n\/[0-9a-f]{64}/.test(location.hash));
    await run.page.getByRole('heading', { level: 1 }).first().waitFor();
  });

  test('is settled on a screen that everybody can use', async () => {
    await toSettings();
    expect(await axeFaults(run.page)).toEqual([]);
    // By the keyboard alone.
    const background = run.page.getByRole('switch', { name: 'Go on syncing when the window is closed' });
    await background.focus();
    await run.page.keyboard.press('Space');
    await expect.poll(() => run.world.trays.length).toBe(1);
    await expect.poll(() => background.isChecked()).toBe(true);
  });
});
