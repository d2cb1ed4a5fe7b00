import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
// Declares `window.peerhold`.
import '../../../renderer/platform';
import { foundNetwork } from '../../e2e/kit/steps';
import { boot, launchChromium, type Run } from '../boot';
import { newKeychain, type Keychain } from '../stand-in/keychain';

let browser: Browser;
let home: string;
const runs: Run[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-keys-'));
});

afterEach(async () => {
  for (const run of runs.splice(0)) await run.close();
  await rm(home, { recursive: true });
});

const secretFile = (): string => join(home, 'default', 'key-secret');
const fileOf = (): Promise<Buffer | undefined> => readFile(secretFile()).catch(() => undefined);

/** Starts the app on a system with this keychain, or with none. */
async function start(keychain: Keychain | undefined): Promise<Run> {
  const run = await boot(browser, {
    home,
    prepare: ({ world }) => {
      world.keychain = keychain;
    },
  });
  runs.push(run);
  return run;
}

/** What lies of keys in the page's own storage: for each network whether its key is locked, and what of it could sign as it lies there. */
function storedKeys(page: Page): Promise<readonly { readonly locked: boolean; readonly signs: boolean }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('peerhold-device');
        opening.onerror = () => reject(new Error('no storage'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('networks').objectStore('networks').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            const rows = reading.result as { key: { locked?: Uint8Array; secret?: unknown } }[];
            resolve(
              rows.map(({ key }) => ({
                locked: key.locked instanceof Uint8Array && key.locked.length > 48,
                signs: key.secret !== undefined,
              })),
            );
          };
        };
      }),
  );
}

const seeKeys = async (page: Page, words: RegExp): Promise<void> => {
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  await page.getByRole('region', { name: 'Keys on this device' }).getByText(words).waitFor();
};

describe('where the system has a keychain', () => {
  test('keys lie locked, by a secret in a file that the keychain alone opens', async () => {
    const keychain = newKeychain();
    const run = await start(keychain);
    await foundNetwork(run, 'Mill', 'Anna');
    expect(await storedKeys(run.page)).toEqual([{ locked: true, signs: false }]);
    const file = await fileOf();
    expect(file?.subarray(0, 3).toString()).toBe('v11');
    if (process.platform !== 'win32') expect((await stat(secretFile())).mode & 0o777).toBe(0o600);
    await seeKeys(run.page, /locked by the keychain/);
  });

  test('a page that is loaded again opens them and goes on signing', async () => {
    const run = await start(newKeychain());
    await foundNetwork(run, 'Mill', 'Anna');
    const file = await fileOf();
    await run.page.reload();
    await run.page.getByRole('heading', { name: 'Mill', level: 1 }).first().waitFor();
    await run.page.evaluate(() => {
      location.hash = '#/';
    });
    await foundNetwork(run, 'Barn', 'Anna');
    expect(await storedKeys(run.page)).toHaveLength(2);
    expect(await fileOf()).toEqual(file);
  });

  test('what gets into the page later can not ask for the secret', async () => {
    const run = await start(newKeychain());
    const ask = (): Promise<string> =>
      run.page.evaluate(async () => {
        try {
          return JSON.stringify(await window.peerhold?.keyGuard());
        } catch (error) {
          return String(error);
        }
      });
    expect(await ask()).toContain('electron.key-guard-given');
    await run.page.evaluate(() => {
      location.hash = '#/settings';
      document.body.append(document.createElement('iframe'));
    });
    expect(await ask()).toContain('electron.key-guard-given');
  });

  test('the secret is encrypted anew when the keychain has a newer key', async () => {
    const keychain = newKeychain();
    await start(keychain);
    await expect.poll(fileOf).toBeDefined();
    const before = await fileOf();
    const run = await start({ ...keychain, isRotated: true });
    await expect.poll(fileOf).not.toEqual(before);
    await seeKeys(run.page, /locked by the keychain/);
  });
});

describe('where the keychain does not give the secret', () => {
  test.each([
    ['is another: the files are a copy', () => newKeychain()],
    ['is gone', () => undefined],
  ])('since it %s, nothing is made anew over it, and the person is told', async (_why, later) => {
    await start(newKeychain());
    await expect.poll(fileOf).toBeDefined();
    const file = await fileOf();
    const run = await start(later());
    await seeKeys(run.page, /did not give it/);
    expect(await fileOf()).toEqual(file);
  });

  test('a file that is no secret is left as it is', async () => {
    await start(newKeychain());
    await expect.poll(fileOf).toBeDefined();
    await copyFile(new URL(import.meta.url).pathname, secretFile());
    const file = await fileOf();
    const run = await start(newKeychain());
    await seeKeys(run.page, /did not give it/);
    expect(await fileOf()).toEqual(file);
  });
});

describe('where there is no keychain', () => {
  test.each([
    ['at all', undefined],
    ['but a word that everybody knows', { ...newKeychain(), isScrambling: true }],
  ])('%s, keys lie as the browser keeps them, and the person is warned', async (_which, keychain) => {
    const run = await start(keychain);
    await foundNetwork(run, 'Mill', 'Anna');
    expect(await storedKeys(run.page)).toEqual([{ locked: false, signs: true }]);
    expect(await fileOf()).toBeUndefined();
    await seeKeys(run.page, /no keychain on this system/);
  });
});
