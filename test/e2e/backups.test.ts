import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { Terminal } from './kit/cli';
import { foundNetwork, goTo, joinNetwork, makeInvite, openProposal, propose, vote } from './kit/steps';

const NETWORK = 'Larch Court';
const QUESTION = 'Paint the stairs';
const PASSPHRASE = 'a stick in the drawer';
/** Milliseconds; what was in vain is left alone for up to 45 s. */
const SLOW = { timeout: 120_000 };

describe('a member whose computer is gone', () => {
  let ann: App;
  let ben: App;
  let fresh: App;
  let again: App;
  let drawer = '';
  let file = '';

  beforeAll(async () => {
    drawer = await mkdtemp(join(tmpdir(), 'peerhold-drawer-'));
    file = join(drawer, 'larch-court.peerhold');
    [ann, ben, fresh] = await Promise.all([App.start('ann'), App.start('ben'), App.start('fresh')]);
    await foundNetwork(ann, NETWORK, 'Ann');
    await joinNetwork(ben, await makeInvite(ann), 'Ben', NETWORK);
  });
  afterAll(async () => {
    await Promise.all([ann, ben, fresh, again].map((app) => app?.end()));
    await rm(drawer, { recursive: true, force: true });
  });

  async function openSelf(app: App): Promise<void> {
    await goTo(app, 'Members');
    await app.page.getByRole('row').filter({ hasText: 'Ben' }).getByRole('link').click();
    await app.page.getByRole('heading', { name: /^Ben/, level: 1 }).waitFor();
  }
  const row = (app: App, label: string | RegExp) =>
    app.page
      .getByRole('region', { name: /^(My devices|Devices)$/ })
      .getByRole('listitem')
      .filter({ hasText: label });

  async function restore(app: App, path: string, passphrase: string): Promise<void> {
    await app.page.locator('input[type=file]').setInputFiles(path);
    await app.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await app.page.getByRole('button', { name: 'Restore', exact: true }).click();
  }

  it('has made a backup, which stands among the devices with its date', async () => {
    const { page } = ben;
    // Whom no seal has yet is not asked in what is proposed after it.
    await page.getByRole('link', { name: 'All sealed' }).waitFor(SLOW);
    await openSelf(ben);
    await page.getByRole('link', { name: 'Make a backup' }).click();
    await page.getByRole('heading', { name: 'Make a backup', level: 1 }).waitFor();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Make a backup' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^Larch Court backup \d{4}-\d\d-\d\d\.peerhold$/);
    await download.saveAs(file);
    await page.getByText('The backup is ready').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await openSelf(ben);
    await row(ben, /Backup of \d+ \w+ \d{4}/).waitFor();
    await openSelf(ann);
    await row(ann, /Backup of \d+ \w+ \d{4}/).waitFor();
    await ben.end();
  });

  it('is told what is wrong with a file or passphrase', async () => {
    const { page } = fresh;
    await page.getByRole('link', { name: 'Restore from a backup' }).click();
    await page.getByRole('heading', { name: 'Restore from a backup', level: 1 }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await restore(fresh, file, 'something else');
    await page.getByRole('alert').getByText('This is not the passphrase').waitFor();
    const damaged = join(drawer, 'damaged.peerhold');
    await writeFile(damaged, (await readFile(file)).subarray(0, -50));
    await restore(fresh, damaged, PASSPHRASE);
    await page.getByRole('alert').getByText('The file is damaged').waitFor();
    const letter = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('no backup at all') };
    await page.locator('input[type=file]').setInputFiles(letter);
    await page.getByRole('alert').getByText('This is not a file that Peerhold exported').waitFor();
  });

  it('comes back by it on a fresh one, as the same member, catches up and votes', async () => {
    const { page } = fresh;
    await propose(ann, QUESTION);
    await restore(fresh, file, PASSPHRASE);
    await page.getByText('You are back').waitFor();
    await page.getByRole('link', { name: 'Open the network' }).click();
    await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
    await page.getByRole('link', { name: QUESTION }).first().waitFor(SLOW);
    await openProposal(fresh, QUESTION);
    await vote(fresh, 'Agree', 'They are grey');
    await openProposal(ann, QUESTION);
    await ann.page.getByText('They are grey').waitFor(SLOW);
  });

  it('revokes the lost device, and seals by the restored one', async () => {
    const { page } = fresh;
    await openSelf(fresh);
    const lost = row(fresh, 'seals');
    await lost.getByRole('button', { name: /^Revoke/ }).click();
    await page.getByRole('button', { name: 'Revoke the device' }).click();
    await row(fresh, /Backup of/)
      .filter({ hasText: 'this device' })
      .filter({ hasText: 'seals' })
      .waitFor(SLOW);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'All sealed' }).waitFor(SLOW);
    // What the lost device had certified before stands.
    await propose(ann, 'Mend the roof');
    await goTo(fresh, 'Decisions');
    await page.getByRole('link', { name: 'Mend the roof' }).first().waitFor(SLOW);
    await openProposal(fresh, 'Mend the roof');
    await vote(fresh, 'Agree', 'It drips');
    await ann.page.getByText('It drips').waitFor(SLOW);
  });

  it('is told, where it is restored once more, that it can not go on so', async () => {
    again = await App.start('again');
    const { page } = again;
    await page.getByRole('link', { name: 'Restore from a backup' }).click();
    await restore(again, file, PASSPHRASE);
    await page.getByRole('link', { name: 'Open the network' }).click();
    await openSelf(again);
    await page.getByText('This device has stopped signing').first().waitFor(SLOW);
  });

  it('has seen no error', () => {
    for (const app of [ann, fresh, again]) expect(app.faults).toEqual([]);
  });
});

describe('a member at a terminal', () => {
  it('makes a backup and comes back by it, on another profile', async () => {
    const [ann, fresh] = await Promise.all([Terminal.open('ann'), Terminal.open('fresh')]);
    const drawer = await mkdtemp(join(tmpdir(), 'peerhold-drawer-'));
    try {
      const file = join(drawer, 'mill.backup');
      const secret = join(drawer, 'secret.txt');
      await writeFile(secret, `${PASSPHRASE}\n`);
      await ann.ok('found', '--name', 'Mill', '--purpose', 'To mill.', '--you', 'Ann', '--preset', 'circle');
      const made = await ann.ok('backup', file, '--passphrase-file', secret);
      expect(made['label']).toMatch(/^Backup of \d{4}-\d\d-\d\d$/);
      const bundle = join(drawer, 'mill.bundle');
      await ann.ok('export', bundle, '--passphrase-file', secret);
      const refused = async (path: string): Promise<unknown> =>
        (await fresh.run('restore-backup', path, '--passphrase-file', secret)).answer['code'];
      expect(await refused(bundle)).toBe('backup-is-bundle');
      expect((await ann.run('import', file, '--passphrase-file', secret)).answer['code']).toBe('bundle-is-backup');
      const back = await fresh.ok('restore-backup', file, '--passphrase-file', secret);
      expect(back).toMatchObject({ network: made['network'], device: made['device'] });
      expect(await refused(file)).toBe('backup-restored-here');
      // Nobody else is there who could know of another restoring.
      await fresh.ok('propose', '--title', QUESTION, '--days', '1');
    } finally {
      await Promise.all([ann.end(), fresh.end()]);
      await rm(drawer, { recursive: true, force: true });
    }
  });
});
