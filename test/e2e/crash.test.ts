import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftEntry } from '../../shared/network/ledger/drafts';
import type { Action } from '../../shared/network/events';
import { App } from './kit/app';
import { readDisk } from './kit/disk';
import { ask, burst, reachEngine } from './kit/engine';
import { foundNetwork, goTo, joinNetwork, makeInvite, openPage, setOffline, write } from './kit/steps';

const NETWORK = 'Windmill';
let ana: App;
let ben: App;
let network = '';
/** Ids of the events that Ana's engine called done. */
const done = new Set<string>();

beforeAll(async () => {
  [ana, ben] = await Promise.all([
    App.start('ana', { prepare: (context) => reachEngine(context, (id) => void done.add(id)) }),
    App.start('ben'),
  ]);
  await foundNetwork(ana, NETWORK, 'Ana');
  await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
  network = /[0-9a-f]{64}/.exec(ana.page.url())?.[0] ?? '';
});
afterAll(async () => {
  await Promise.all([ana, ben].map((app) => app?.end()));
});

const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

let recorded = 0;
/** Money that came in, each entry another amount. */
const incomes = (count: number): Action[] =>
  Array.from({ length: count }, () => {
    recorded += 1;
    const entry = draftEntry({ what: 'income', category: 'rent', into: 'bank', unit: 'EUR', amount: recorded });
    return { type: 'entry.post', payload: { ...entry, date: '2026-03-01', memo: { text: `Rent ${recorded}` } } };
  });

async function openNetwork(page: Page): Promise<void> {
  await page.getByRole('link', { name: NETWORK }).first().click();
  await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
}

const connected = (app: App, count: number): Promise<void> =>
  app.page
    .getByRole('button', { name: count === 0 ? 'Nobody connected' : new RegExp(`^${count} connected`) })
    .waitFor();

/** Both disks hold the same whole record, nothing of it refused and no chain forked, with all that was called done. */
async function expectConverged(): Promise<void> {
  const both = () => Promise.all([readDisk(ana.page, network), readDisk(ben.page, network)]);
  await expect
    .poll(async () => new Set((await both()).map(({ digest }) => digest)).size, { timeout: 20_000, interval: 250 })
    .toBe(1);
  for (const disk of await both()) {
    expect({ refused: disk.refused, waiting: disk.waiting, forks: disk.forks }).toEqual({
      refused: [],
      waiting: 0,
      forks: 0,
    });
    expect([...done].filter((id) => !disk.ids.has(id))).toEqual([]);
  }
  for (const { page } of [ana, ben]) expect(await page.getByRole('button', { name: 'Problem' }).count()).toBe(0);
}

describe('a browser that is killed', () => {
  it.each([60, 300, 700, 1_300])(
    'while it signs, %i ms in, has all that it called done, and forks nothing',
    async (after) => {
      const before = done.size;
      await burst(ana.page, network, incomes(400));
      await sleep(after);
      await ana.killBrowser();
      const acknowledged = new Set(done);
      await ana.openWindow();
      await openNetwork(ana.page);
      // Before Ben can have helped out: what is on her own disk.
      const disk = await readDisk(ana.page, network);
      expect([...acknowledged].filter((id) => !disk.ids.has(id))).toEqual([]);
      if (after > 500) expect(acknowledged.size).toBeGreaterThan(before);
      // The next event stands where the last one on the disk ended.
      await burst(ana.page, network, incomes(3));
      await expect.poll(() => done.size).toBeGreaterThanOrEqual(acknowledged.size + 3);
      await connected(ana, 1);
      await expectConverged();
    },
  );

  it('while a person writes a page has what they wrote up to some keystroke, none left out', async () => {
    await goTo(ana, 'Commons');
    await ana.page.getByRole('button', { name: 'Write the first page' }).click();
    const dialog = ana.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Diary');
    await dialog.getByRole('button', { name: 'Create' }).click();
    // Nobody else has a copy from which the page could be mended.
    await setOffline(ana, true);
    await write(ana, 'Diary', 'First sentence.');
    await sleep(1_000);
    const more = ' Second one, with words enough to be cut somewhere in the middle of one of them.';
    const typing = ana.page.keyboard.type(more, { delay: 15 }).catch(() => undefined);
    await sleep(600);
    await ana.killBrowser();
    await typing;
    await ana.openWindow();
    await openNetwork(ana.page);
    await openPage(ana, 'Diary');
    const text = ana.page.getByRole('textbox', { name: 'Text of “Diary”' });
    await text.filter({ hasText: 'First sentence.' }).waitFor();
    const kept = (await text.innerText()).replaceAll('\u00a0', ' ').trim();
    expect(`First sentence.${more}`.startsWith(kept)).toBe(true);
    await setOffline(ana, false);
    await openPage(ben, 'Diary');
    await ben.page.getByText(kept).waitFor();
  });
});

describe('two windows with one key', () => {
  it('never sign at once: the newer takes over, the older says so and refuses; it can take it back', async () => {
    const first = ana.page;
    await openNetworkFromAnywhere(first);
    const before = done.size;
    await burst(first, network, incomes(150));
    const second = await ana.anotherWindow();
    await openNetwork(second);
    await first.getByRole('heading', { name: 'Peerhold is open in another window' }).waitFor();
    const [refused] = incomes(1);
    expect(await ask(first, 'act', network, refused!)).toEqual({ code: 'taken-over' });
    await burst(second, network, incomes(20));
    await expect.poll(() => done.size).toBeGreaterThanOrEqual(before + 20);

    await first.getByRole('button', { name: 'Use it here' }).click();
    await first.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
    await second.getByRole('heading', { name: 'Peerhold is open in another window' }).waitFor();
    expect(await ask(second, 'act', network, refused!)).toEqual({ code: 'taken-over' });
    expect(await ask(first, 'act', network, refused!)).toHaveProperty('value');
    await second.close();
    await connected(ana, 1);
    await expectConverged();
  });
});

describe('a signalling server that stops and starts again', () => {
  it('is found again, and the peers by it', async () => {
    await connected(ben, 1);
    await Promise.all([ana.stopServer(), ben.stopServer()]);
    await setOffline(ben, true);
    await connected(ana, 0);
    await setOffline(ben, false);
    await sleep(2_000);
    await connected(ben, 0);
    await Promise.all([ana.startServer(), ben.startServer()]);
    for (const app of [ana, ben]) await connected(app, 1);
    await burst(ana.page, network, incomes(3));
    await expectConverged();
  });
});

async function openNetworkFromAnywhere(page: Page): Promise<void> {
  await page.goto(`${ana.address}/#/n/${network}`);
  await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
}
