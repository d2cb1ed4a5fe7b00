import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toBase64Url, utf8 } from '../../shared/record/bytes';
import { deviceKeyFromSeed, signerOf } from '../../shared/record/signature';
import { releaseMessage } from '../../shared/updates/release';
import { boot, launchChromium, type Run } from './boot';

const PLACE = 'https://peerhold.example/updates/';
const NOTES = '<img src=x onerror="document.title=1">\n**New**: a thing.';
const PACKAGE = utf8('a package');
const signer = signerOf(await deviceKeyFromSeed(new Uint8Array(32).fill(9)));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let browser: Browser;
let folder: string;
let run: Run | undefined;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peerhold-updates-'));
});

afterEach(async () => {
  await run?.close();
  run = undefined;
  await rm(folder, { recursive: true });
});

/** Starts version 1.2.3 as a package that knows a place of new versions, or none. */
async function start(updates: unknown = { url: PLACE, key: signer.device }): Promise<Run> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'peerhold', updates }));
  run = await boot(browser, {
    prepare: ({ world }) => {
      world.appPath = folder;
      world.version = '1.2.3';
    },
  });
  await run.page.evaluate(() => {
    location.hash = '#/settings';
  });
  return run;
}

/** Puts a release at the place of new versions. */
async function release({ world }: Run, version: string, by = signer): Promise<void> {
  const name = `Peerhold-${version}-linux-amd64.deb`;
  const described = { name, system: process.platform, processor: process.arch, form: 'deb' };
  const packages = [{ ...described, bytes: PACKAGE.length, hash: hashOf(PACKAGE) }];
  const statement = utf8(JSON.stringify({ version, notes: NOTES, packages }));
  world.web.set(`${PLACE}release.json`, statement);
  world.web.set(`${PLACE}release.json.sig`, utf8(`${toBase64Url(await by.sign(releaseMessage(statement)))}\n`));
  world.web.set(PLACE + name, PACKAGE);
}

const panel = ({ page }: Run) => page.getByRole('region', { name: 'New versions' });
const look = (one: Run): Promise<void> => panel(one).getByRole('button', { name: 'Look for a new version' }).click();

describe('a new version', () => {
  test('is looked for only when the person asks, and nothing of them goes along', async () => {
    const started = await start();
    await release(started, '1.2.3');
    await panel(started).getByText('only when you do').waitFor();
    expect(started.world.asked).toEqual([]);
    await look(started);
    await panel(started).getByText('You have the newest version.').waitFor();
    expect(started.world.asked.map(({ url }) => url)).toEqual([`${PLACE}release.json`, `${PLACE}release.json.sig`]);
    for (const { options } of started.world.asked)
      expect(options).toMatchObject({ credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
  });

  test('is shown with its notes as text, fetched to where the person says, and theirs to install', async () => {
    const started = await start();
    await release(started, '1.3.0');
    await look(started);
    await panel(started).getByText('Version 1.3.0 is there').waitFor();
    expect(await panel(started).getByText('**New**: a thing.').textContent()).toBe(NOTES);
    expect(await panel(started).locator('img').count()).toBe(0);
    expect(await started.page.title()).not.toBe('1');
    const path = join(folder, 'new.deb');
    started.world.savePath = path;
    await panel(started).getByRole('button', { name: 'Fetch it' }).click();
    await panel(started).getByText(path).waitFor();
    expect(new Uint8Array(await readFile(path))).toEqual(PACKAGE);
    expect(started.world.saveDialogs).toEqual([{ defaultPath: 'Peerhold-1.3.0-linux-amd64.deb' }]);
    expect(started.world.pointedAt).toEqual([path]);
  });

  test('that is not newer is none: there is no way back', async () => {
    const started = await start();
    await release(started, '1.2.2');
    await look(started);
    await panel(started).getByText('You have the newest version.').waitFor();
    expect(await started.page.evaluate(() => window.peerhold?.fetchUpdate())).toEqual({
      kind: 'failed',
      code: 'update-none',
    });
    expect(started.world.saveDialogs).toEqual([]);
  });

  test('that others signed, or nobody, is not shown', async () => {
    const started = await start();
    await release(started, '1.3.0', signerOf(await deviceKeyFromSeed(new Uint8Array(32).fill(1))));
    await look(started);
    await panel(started).getByText('not signed by those who make Peerhold').waitFor();
    started.world.web.delete(`${PLACE}release.json.sig`);
    await look(started);
    await panel(started).getByText('did not answer').waitFor();
    expect(await panel(started).getByText('1.3.0').count()).toBe(0);
  });

  test.each([
    ['other bytes', utf8('b package')],
    ['fewer', PACKAGE.slice(1)],
    ['more', utf8('a package and more')],
  ])('whose package has %s than those that were signed leaves nothing behind', async (_which, bytes) => {
    const started = await start();
    await release(started, '1.3.0');
    started.world.web.set(`${PLACE}Peerhold-1.3.0-linux-amd64.deb`, bytes);
    started.world.savePath = join(folder, 'new.deb');
    await look(started);
    await panel(started).getByRole('button', { name: 'Fetch it' }).click();
    await panel(started).getByText('is not what was signed').waitFor();
    expect(await readdir(folder)).toEqual(['package.json']);
    expect(started.world.pointedAt).toEqual([]);
  });

  test('is none while the person cancels', async () => {
    const started = await start();
    await release(started, '1.3.0');
    expect(await started.page.evaluate(() => window.peerhold?.fetchUpdate())).toEqual({ kind: 'cancelled' });
    expect(started.world.asked.map(({ url }) => url)).not.toContain(`${PLACE}Peerhold-1.3.0-linux-amd64.deb`);
  });

  test.each([
    ['no place', undefined],
    ['one without a key', { url: PLACE }],
    ['one that is not of https', { url: 'http://peerhold.example/updates/', key: signer.device }],
    ['one that is no folder', { url: 'https://peerhold.example/updates', key: signer.device }],
    ['one with a key that is none', { url: PLACE, key: 'ab' }],
  ])('is not looked for where the package knows %s', async (_which, updates) => {
    const started = await start(updates ?? null);
    await look(started);
    await panel(started).getByText('made without a place').waitFor();
    expect(started.world.asked).toEqual([]);
  });
});
