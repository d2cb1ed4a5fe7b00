import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { Terminal } from './kit/cli';
import { goTo, joinNetwork, openProposal, setOffline } from './kit/steps';

const QUESTION = 'Paint the stairs';
const SIZE = 3_000_000;

/** Two at terminals and one at the app, who met once, and carry files since that only the chosen can open. */
describe('bundles that are locked to members', () => {
  let ann: Terminal;
  let ben: Terminal;
  let cleo: App;
  let stick = '';

  beforeAll(async () => {
    [ann, ben, cleo] = await Promise.all([Terminal.open('ann'), Terminal.open('ben'), App.start('cleo')]);
    stick = await mkdtemp(join(tmpdir(), 'peerhold-stick-'));
    await ann.ok('found', '--name', 'Mill', '--purpose', 'To mill.', '--you', 'Ann', '--preset', 'circle');
    await ann.start(/online with/, 'sync', '--serve');
    await ann.stop();
    const { link } = await ann.ok('invite', '--uses', '2');
    await ann.start(/online with/, 'sync', '--serve');
    await ben.ok('join', String(link), '--name', 'Ben');
    await joinNetwork(cleo, String(link), 'Cleo', 'Mill');
  }, 240_000);
  afterAll(async () => {
    await Promise.all([ann?.end(), ben?.end(), cleo?.end()]);
    await rm(stick, { recursive: true, force: true });
  });

  /** Names of the members of whom something can be locked to, as a terminal that has met the others knows. */
  async function receiving(of: Terminal): Promise<string[]> {
    if (of === ben) await of.run('sync', '--once');
    const { members } = await of.ok('members');
    const rows = members as { name: string; devices: { receives: boolean }[] }[];
    return rows
      .filter(({ devices }) => devices.some((device) => device.receives))
      .map(({ name }) => name)
      .sort();
  }

  const exporting = () => cleo.page.getByRole('region', { name: 'Export to a file' });
  const importing = () => cleo.page.getByRole('region', { name: 'Import a file' });
  const openPage = async (): Promise<void> => {
    await goTo(cleo, 'Settings');
    await cleo.page.getByRole('link', { name: 'Export to a file, or import one' }).click();
  };

  it('can be, once each device has met another and published its key', async () => {
    await expect.poll(() => receiving(ben), { timeout: 60_000 }).toEqual(['Ann', 'Ben', 'Cleo']);
    await ann.stop();
    await setOffline(cleo, true);
    expect(await receiving(ann)).toEqual(['Ann', 'Ben', 'Cleo']);
  });

  it('come from a terminal into the app of whom they are for, and not of another', async () => {
    await ann.ok('propose', '--title', QUESTION, '--days', '1');
    const [forCleo, forBen] = [join(stick, 'for-cleo.peerhold'), join(stick, 'for-ben.peerhold')];
    expect(await ann.ok('export', forCleo, '--for', 'Cleo', '--to', 'Cleo')).toMatchObject({ documents: 0 });
    await ann.ok('export', forBen, '--to', 'Ben');
    expect((await readFile(forBen)).includes('Ben')).toBe(false);
    await openPage();
    await importing().locator('input[type=file]').setInputFiles(forBen);
    await importing().getByText('It is locked to members').waitFor();
    expect(await importing().getByLabel('Passphrase', { exact: true }).count()).toBe(0);
    await importing().getByRole('button', { name: 'Import' }).click();
    await importing().getByRole('alert').getByText('This file is not for you. It was made for Ben.').waitFor();
    expect(await axeFaults(cleo.page)).toEqual([]);
    await importing().locator('input[type=file]').setInputFiles(forCleo);
    await importing().getByRole('button', { name: 'Import' }).click();
    await importing().getByText('Imported', { exact: true }).waitFor();
    await openProposal(cleo, QUESTION);
  });

  it('come from the app to the terminal that is chosen by the keyboard, and to no other', async () => {
    const { page } = cleo;
    await openPage();
    await exporting().getByLabel('What goes into it').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await exporting().getByRole('checkbox', { name: 'Ann' }).isChecked()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    const saved = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const file = join(stick, 'for-ann.peerhold');
    await (await saved).saveAs(file);
    expect(await ben.run('import', file)).toMatchObject({ code: 3, answer: { code: 'bundle-not-for-you' } });
    expect(await ann.ok('import', file)).toMatchObject({ waiting: 0, documentsRefused: false });
    expect(await ann.ok('import', file)).toMatchObject({ fresh: 0, changed: 0 });
  });

  it('carry the files that pages name, where that is chosen, from the app and back', async () => {
    const { page } = cleo;
    const [plan, photo] = [randomBytes(SIZE), randomBytes(300_000)];
    await writeFile(join(stick, 'Roof plan.pdf'), plan);
    await writeFile(join(stick, 'photo.png'), photo);
    await goTo(cleo, 'Commons');
    await page.getByRole('button', { name: 'Write the first page' }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('The roof');
    await page.getByRole('button', { name: 'Create' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach a file' }).click();
    await (await chooser).setFiles(join(stick, 'Roof plan.pdf'));
    await page.getByRole('listitem', { name: 'Roof plan.pdf' }).getByText('On this device').waitFor();

    await openPage();
    await exporting().getByRole('checkbox', { name: 'With the file that pages name (3 MB)' }).check();
    await exporting().getByRole('checkbox', { name: 'Ann' }).check();
    const saved = page.waitForEvent('download');
    await exporting().getByRole('button', { name: 'Make the file' }).click();
    const toAnn = join(stick, 'with-plan.peerhold');
    await (await saved).saveAs(toAnn);
    await exporting()
      .getByText(/1 file · 3 MB$/)
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);
    // What was cut off on the way brings nothing of it.
    const short = join(stick, 'short.peerhold');
    await writeFile(short, (await readFile(toAnn)).subarray(0, -1));
    expect(await ann.run('import', short)).toMatchObject({ code: 3, answer: { code: 'bundle-damaged' } });
    expect(await ann.ok('files')).toMatchObject({ files: [] });
    expect(await ann.ok('import', toAnn)).toMatchObject({ files: { files: 1, fresh: 1, unnamed: 0 } });
    await ann.ok('fetch', 'Roof plan.pdf', '--out', join(stick, 'plan'));
    expect((await readFile(join(stick, 'plan'))).equals(plan)).toBe(true);

    await ann.ok('attach', 'The roof', join(stick, 'photo.png'));
    const toCleo = join(stick, 'with-photo.peerhold');
    const options = ['--for', 'Cleo', '--to', 'Cleo', '--with-files'];
    expect(await ann.ok('export', toCleo, ...options)).toMatchObject({ files: 2, filesLeft: 0, filesAbsent: 0 });
    await importing().locator('input[type=file]').setInputFiles(toCleo);
    await importing().getByText('It is locked to members').waitFor();
    await importing().getByRole('button', { name: 'Import' }).click();
    await importing().getByText('2 files, 1 new here').waitFor();
    await goTo(cleo, 'Commons');
    await page.getByRole('treeitem', { name: 'The roof' }).click();
    await page.getByRole('listitem', { name: 'photo.png' }).getByText('On this device', { exact: true }).waitFor();
  });

  it('are not made where nobody is chosen, or not by that name', async () => {
    await openPage();
    await exporting().getByRole('button', { name: 'Make the file' }).click();
    await exporting().getByText('Choose who is to open it.').waitFor();
    await importing().getByRole('button', { name: 'Import' }).click();
    await importing().getByText('Choose a file.').waitFor();
    expect(await axeFaults(cleo.page)).toEqual([]);
    await exporting().getByRole('radio', { name: 'Whoever knows a passphrase' }).check();
    await exporting().getByRole('button', { name: 'Make the file' }).click();
    await exporting().getByText('Choose at least 10 characters.').waitFor();
    expect(await axeFaults(cleo.page)).toEqual([]);
    const file = join(stick, 'nobody.peerhold');
    expect(await ann.run('export', file, '--to', 'Zoe')).toMatchObject({ code: 2, answer: { code: 'cli-unknown' } });
    const stranger = await Terminal.open('stranger');
    try {
      await stranger.ok('found', '--name', 'Barn', '--purpose', 'To store.', '--you', 'Zoe', '--preset', 'circle');
      expect(await stranger.run('export', file, '--to', 'Zoe')).toMatchObject({
        code: 3,
        answer: { code: 'bundle-cannot-receive' },
      });
      await expect(readFile(file)).rejects.toThrow('ENOENT');
      await ann.ok('export', file, '--to', 'Ann,Ben');
      expect(await stranger.run('import', file)).toMatchObject({ code: 3, answer: { code: 'wrong-network' } });
      expect(await ben.ok('import', file)).toMatchObject({ waiting: 0 });
    } finally {
      await stranger.end();
    }
  });

  it('have shown no error', () => {
    expect(cleo.faults).toEqual([]);
  });
});
