import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTALLATION_CHECKS } from '../../shared/engine/installation.conformance';
import { peerStoreConformance } from '../../shared/peer/peer-store.conformance';
import { StorageBrowser, someNetwork } from '../storage/browser';
import { BrowserStore } from '../storage/browser-store';

let browser: StorageBrowser;
beforeAll(async () => {
  browser = await StorageBrowser.start();
});
afterAll(() => browser?.end());

peerStoreConformance('IndexedDB in Chromium', async () => {
  const network = someNetwork();
  const store = await BrowserStore.open(browser.page, network);
  return { store, reopen: () => BrowserStore.open(browser.page, network), destroy: () => store.drop() };
});

describe.each([
  ['as the browser keeps its keys', false],
  ['with keys that a keychain locks', true],
])('an installation in IndexedDB, %s', (_how, isLocked) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.openFresh(isLocked ? 'locked' : 'plain');
  });

  // They run in the page: keys there can be used, and not read out.
  it.each(INSTALLATION_CHECKS)('$name', async ({ name }) => {
    const checking = page.evaluate(([check, locked]) => window.storage.checkInstallation(check, locked), [
      name,
      isLocked,
    ] as const);
    expect(await checking).toEqual({ value: null });
  });
});

const bytes = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
/** Too large for the browser to keep among its other values, and not to be made smaller by its compression. */
const LARGE = new Uint8Array(randomBytes(400_000));

async function load(store: BrowserStore): Promise<{ events: Uint8Array[]; damaged: number }> {
  let damaged = 0;
  const batches = await store.load(() => (damaged += 1));
  return { events: batches.flatMap((batch) => [...batch.events]), damaged };
}

describe('IndexedDB in Chromium', () => {
  it('says storage-full where the disk is, keeps nothing of that batch, and goes on when there is room', async () => {
    const page = await browser.openFresh('full');
    const unlimit = await browser.limit(page, 200_000);
    const store = await BrowserStore.open(page, someNetwork());
    await store.append({ events: [bytes(300, 1)], texts: [] });
    const large = { events: [bytes(300, 2), LARGE], texts: [] };
    await expect(store.append(large)).rejects.toMatchObject({ code: 'storage-full' });
    await expect(store.docs.append('commons', [{ bytes: LARGE, member: null, time: 1 }])).rejects.toMatchObject({
      code: 'storage-full',
    });
    expect(await load(store)).toEqual({ events: [bytes(300, 1)], damaged: 0 });
    await unlimit();
    await store.append({ events: [bytes(300, 5)], texts: [] });
    expect(await load(store)).toEqual({ events: [bytes(300, 1), bytes(300, 5)], damaged: 0 });
    expect(await store.docs.list()).toEqual([]);
  });

  it('of an app from before there were files keeps what it has, and takes files', async () => {
    const network = someNetwork();
    await BrowserStore.makeFirst(browser.page, network, [bytes(300, 1)]);
    const store = await BrowserStore.open(browser.page, network);
    expect(await load(store)).toEqual({ events: [bytes(300, 1)], damaged: 0 });
    const file = 'ab'.repeat(32);
    await store.files.begin(file, bytes(36, 1));
    await store.files.put(file, [{ index: 0, bytes: bytes(10, 2) }], true);
    const again = await BrowserStore.open(browser.page, network);
    expect(await again.files.list()).toEqual([{ id: file, manifest: bytes(36, 1), pieces: [0] }]);
    expect(await load(again)).toEqual({ events: [bytes(300, 1)], damaged: 0 });
  });

  it('loads all but the rows that are not of their form, and tells of each', async () => {
    const store = await BrowserStore.open(browser.page, someNetwork());
    await store.append({ events: [bytes(300, 1)], texts: [] });
    await store.spoil('events', 'not events');
    await store.spoil('texts', { author: 'nobody', text: 7 }, 'a'.repeat(64));
    await store.append({ events: [bytes(300, 2)], texts: [] });
    expect(await load(store)).toEqual({ events: [bytes(300, 1), bytes(300, 2)], damaged: 2 });
  });

  it('loads all but the rows that the disk has lost, and tells of each', async () => {
    const network = someNetwork();
    const store = await BrowserStore.open(browser.page, network);
    await store.append({ events: [bytes(300, 1)], texts: [] });
    await store.append({ events: [LARGE], texts: [] });
    await store.append({ events: [bytes(300, 3)], texts: [] });
    for (const [time, change] of [bytes(300, 1), LARGE, bytes(300, 3)].entries())
      await store.docs.append('commons', [{ bytes: change, member: null, time }]);
    expect(await browser.loseLargeValues()).toBeGreaterThanOrEqual(2);
    const again = await BrowserStore.open(browser.page, network);
    expect(await load(again)).toEqual({ events: [bytes(300, 1), bytes(300, 3)], damaged: 1 });
    // In a document the place stays, empty, so that it can not be taken for whole.
    expect((await again.docs.load('commons')).map((update) => update.bytes.length)).toEqual([300, 0, 300]);
    await again.append({ events: [bytes(300, 4)], texts: [] });
    expect((await load(again)).events).toEqual([bytes(300, 1), bytes(300, 3), bytes(300, 4)]);
  });

  it('lets no two writes go on at once, whichever stores they are for', async () => {
    const page = await browser.openFresh('one-at-a-time');
    await page.evaluate(() => {
      const original = IDBDatabase.prototype.transaction;
      const scopes: string[][] = [];
      Object.assign(window, { scopes });
      IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
        if (mode === 'readwrite') scopes.push([stores].flat() as string[]);
        return original.call(this, stores, mode, options);
      };
    });
    const store = await BrowserStore.open(page, someNetwork());
    await store.append({ events: [bytes(300, 1)], texts: [] });
    await store.docs.append('commons', [{ bytes: bytes(300, 2), member: null, time: 1 }]);
    await store.remember('a fact', 1);
    await store.files.begin('ab'.repeat(32), bytes(36, 3));
    await store.files.put('ab'.repeat(32), [{ index: 0, bytes: bytes(10, 4) }], true);
    const scopes = await page.evaluate(() => (window as Window & { scopes?: string[][] }).scopes ?? []);
    expect(scopes.length).toBeGreaterThanOrEqual(5);
    // The browser lets two of them go on at once only where they have no store in common.
    const apart = scopes.flatMap((one) => scopes.filter((other) => !one.some((name) => other.includes(name))));
    expect(apart).toEqual([]);
  });

  it.each([1, 2, 3])('keeps what it called done when it is killed while it writes in all stores (%i)', async () => {
    const network = someNetwork();
    const store = await BrowserStore.open(browser.page, network);
    let events = 0;
    let changes = 0;
    const untilKilled = async (write: () => Promise<void>): Promise<void> => {
      for (;;) await write();
    };
    const writing = Promise.allSettled([
      untilKilled(async () => {
        await store.append({ events: [bytes(2_000, events % 250)], texts: [] });
        events += 1;
      }),
      untilKilled(async () => {
        await store.docs.append('commons', [{ bytes: bytes(2_000, 1), member: null, time: 1 }]);
        changes += 1;
      }),
      untilKilled(() => store.remember('a fact', events)),
    ]);
    await expect.poll(() => Math.min(events, changes)).toBeGreaterThan(20);
    await browser.kill();
    await writing;
    const again = await BrowserStore.open(browser.page, network);
    expect((await load(again)).events.length).toBeGreaterThanOrEqual(events);
    expect((await again.docs.load('commons')).length).toBeGreaterThanOrEqual(changes);
  });

  it('keeps what it called done where one crash tore the log, and another came after more was written', async () => {
    const network = someNetwork();
    const store = await BrowserStore.open(browser.page, network);
    await store.append({ events: [bytes(300, 1)], texts: [] });
    await browser.kill(true);
    const page = browser.page;
    // As the app does when it starts.
    expect(await page.evaluate(() => window.storage.beginFreshLog())).toEqual({ value: undefined });
    const again = await BrowserStore.open(page, network);
    // As much as a day's, and the end while it is being written.
    for (let written = 0; written < 50; written += 1) await again.append({ events: [bytes(20_000, 2)], texts: [] });
    await browser.kill();
    const last = await BrowserStore.open(browser.page, network);
    expect((await load(last)).events.length).toBe(51);
  });
});
