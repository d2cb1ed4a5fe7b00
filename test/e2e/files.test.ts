import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { Terminal } from './kit/cli';
import { foundNetwork, goTo, joinNetwork, makeInvite } from './kit/steps';

const SIZE = 8_000_000;
/** After so many bytes the line breaks. */
const CUT_AT = 4_000_000;
/** What may be sent twice: the pieces that were under way, and everything that is no file. */
const SPARE = 1_500_000;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const rowOf = (app: App, name: string) => app.page.getByRole('listitem', { name });

/** Counts what a window sends to others from now on, and breaks the line once, in the middle of it. */
async function watchAndCut(app: App, cutAt: number): Promise<void> {
  await app.page.evaluate((most) => {
    const counted = window as unknown as { sentBytes: number };
    counted.sentBytes = 0;
    let cut = false;
    const { send } = RTCDataChannel.prototype;
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: never) {
      counted.sentBytes += (data as ArrayBufferView).byteLength;
      if (!cut && counted.sentBytes > most) {
        cut = true;
        this.close();
        return;
      }
      send.call(this, data);
    };
  }, cutAt);
}
const sentBy = (app: App): Promise<number> =>
  app.page.evaluate(() => (window as unknown as { sentBytes: number }).sentBytes);

describe('files of a page', () => {
  let anna: App;
  let ben: App;
  let cleo: Terminal;
  let folder = '';
  const content = randomBytes(SIZE);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerhold-files-'));
    await writeFile(join(folder, 'Roof plan.pdf'), content);
    [anna, ben, cleo] = await Promise.all([App.start('anna'), App.start('ben'), Terminal.open('cleo')]);
    await foundNetwork(anna, 'Oak House', 'Anna');
    await joinNetwork(ben, await makeInvite(anna), 'Ben', 'Oak House');
  });
  afterAll(async () => {
    await Promise.all([anna, ben, cleo].map((app) => app?.end()));
    await rm(folder, { recursive: true, force: true });
  });

  const openPage = async (app: App): Promise<void> => {
    await goTo(app, 'Commons');
    await app.page.getByRole('treeitem', { name: 'The roof' }).click();
    await app.page.getByRole('heading', { name: 'Files' }).waitFor();
  };

  it('are attached by one, and seen by another with their size, type and where they are', async () => {
    await goTo(anna, 'Commons');
    await anna.page.getByRole('button', { name: 'Write the first page' }).click();
    await anna.page.getByRole('textbox', { name: 'Title', exact: true }).fill('The roof');
    await anna.page.getByRole('button', { name: 'Create' }).click();
    await anna.page.getByText('No file is attached to this page.').waitFor();
    const chooser = anna.page.waitForEvent('filechooser');
    await anna.page.getByRole('button', { name: 'Attach a file' }).click();
    await (await chooser).setFiles(join(folder, 'Roof plan.pdf'));
    await rowOf(anna, 'Roof plan.pdf').getByText('On this device').waitFor();
    await openPage(ben);
    const row = rowOf(ben, 'Roof plan.pdf');
    await row.getByText('8 MB · application/pdf · added by Anna').waitFor();
    await row.getByText('On another device that is connected now').waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    expect(await axeFaults(anna.page)).toEqual([]);
  });

  it('come to who fetches them, go on after a cut and a restart where they were, and are the same', async () => {
    await watchAndCut(anna, CUT_AT);
    await rowOf(ben, 'Roof plan.pdf')
      .getByRole('button', { name: /^Fetch/ })
      .click();
    await ben.page.getByRole('progressbar', { name: 'Fetching “Roof plan.pdf”' }).waitFor();
    await expect.poll(() => sentBy(anna), { timeout: 20_000 }).toBeGreaterThan(CUT_AT);
    await ben.closeWindow();
    await ben.openWindow();
    await ben.page.getByText('Oak House').first().click();
    await openPage(ben);
    const row = rowOf(ben, 'Roof plan.pdf');
    await row.getByText('On this device', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await sentBy(anna)).toBeLessThan(SIZE + SPARE);
    const saved = ben.page.waitForEvent('download');
    await row.getByRole('button', { name: /^Save/ }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('Roof plan.pdf');
    const file = join(folder, 'saved');
    await download.saveAs(file);
    expect(sha256(await readFile(file))).toBe(sha256(content));
  });

  it('are listed, fetched and attached on a terminal too', async () => {
    await cleo.ok('join', await makeInvite(anna), '--name', 'Cleo');
    await cleo.ok('sync', '--once');
    const named = { title: 'The roof', name: 'Roof plan.pdf', size: SIZE };
    expect(await cleo.ok('files')).toMatchObject({ files: [{ ...named, state: 'absent', here: 0 }] });
    const out = join(folder, 'fetched');
    expect(await cleo.ok('fetch', 'roof plan.pdf', '--out', out)).toMatchObject({ bytes: SIZE });
    expect(sha256(await readFile(out))).toBe(sha256(content));
    expect(await cleo.ok('files')).toMatchObject({ files: [{ ...named, state: 'here', here: SIZE }] });
    expect(await cleo.run('fetch', 'Roof plan.pdf', '--out', out)).toMatchObject({
      answer: { code: 'cli-file-exists' },
    });
    await writeFile(join(folder, 'notes.txt'), 'Two coats.');
    await cleo.ok('attach', 'the roof', join(folder, 'notes.txt'));
    await cleo.start(/online with/, 'sync');
    const row = rowOf(ben, 'notes.txt');
    await row.getByText('On another device that is connected now').waitFor({ timeout: 30_000 });
    await row.getByRole('button', { name: /^Fetch/ }).click();
    await row.getByText('On this device', { exact: true }).waitFor({ timeout: 30_000 });
    await cleo.stop();
    await row.getByRole('button', { name: 'Take off this page' }).click();
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Take off this page' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('are all kept by who chooses so, for a page or the network, also those that come later', async () => {
    const choose = async (app: App, label: string): Promise<void> => {
      const choice = app.page.getByRole('switch', { name: label });
      await choice.check({ force: true });
      await expect.poll(() => choice.isChecked()).toBe(true);
    };
    const attachTo = async (name: string, text: string): Promise<void> => {
      await writeFile(join(folder, name), text);
      const chooser = anna.page.waitForEvent('filechooser');
      await anna.page.getByRole('button', { name: 'Attach a file' }).click();
      await (await chooser).setFiles(join(folder, name));
      await rowOf(anna, name).getByText('On this device').waitFor();
    };
    await openPage(anna);
    await attachTo('One.txt', 'The first coat.');
    await rowOf(ben, 'One.txt').getByText('On another device that is connected now').waitFor();
    await choose(ben, 'Keep all files of this page on this device');
    await rowOf(ben, 'One.txt').getByText('On this device', { exact: true }).waitFor();
    await attachTo('Two.txt', 'The second coat.');
    await rowOf(ben, 'Two.txt').getByText('On this device', { exact: true }).waitFor();
    await ben.page.getByText('3 of 3 files are here: 8 MB of 8 MB.').waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    await goTo(ben, 'Commons');
    await choose(ben, 'Keep all files of this network on this device');
    await ben.page.getByText('3 of 3 files are here').waitFor();
    await ben.page.getByText('Files of this network take 8 MB on this device’s disk.').waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    // Anna's device has not chosen so: the choice is Ben's alone.
    await goTo(anna, 'Commons');
    expect(await anna.page.getByRole('switch', { name: 'Keep all files of this network' }).isChecked()).toBe(false);
    await openPage(ben);
    await ben.page.getByText('You keep all files of this network on this device.').waitFor();
    for (const name of ['One.txt', 'Two.txt']) {
      await rowOf(ben, name).getByRole('button', { name: 'Take off this page' }).click();
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Take off this page' }).click();
      await rowOf(ben, name).waitFor({ state: 'detached' });
    }
    await cleo.ok('sync', '--once');
    expect(await cleo.ok('keep', 'The roof', '--now')).toMatchObject({
      all: false,
      pages: [{ title: 'The roof' }],
      ...{ files: 1, whole: 1, bytes: SIZE, here: SIZE },
    });
    expect(await cleo.ok('keep', 'The roof', '--stop')).toMatchObject({ pages: [] });
  });

  it('are removed from a device and fetched again, also by who attached them', async () => {
    await openPage(anna);
    const row = rowOf(anna, 'Roof plan.pdf');
    await row.getByRole('button', { name: 'Remove from this device' }).click();
    const dialog = anna.page.getByRole('dialog');
    await dialog.getByText('it can be fetched again').waitFor();
    // Ben has it too, and Anna's app knows.
    expect(await dialog.getByText('No device that is connected now has it').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Remove from this device' }).click();
    await row.getByText('On another device that is connected now').waitFor();
    await row.getByRole('button', { name: /^Fetch/ }).press('Enter');
    await row.getByText('On this device', { exact: true }).waitFor({ timeout: 30_000 });
    await row.getByRole('button', { name: 'Take off this page' }).click();
    await anna.page.getByRole('dialog').getByRole('button', { name: 'Take off this page' }).click();
    await ben.page.getByText('No file is attached to this page.').waitFor();
    expect([...anna.faults, ...ben.faults]).toEqual([]);
  });
});
