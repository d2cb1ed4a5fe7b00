import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { Terminal } from './kit/cli';
import { goTo, joinNetwork, openProposal, vote } from './kit/steps';

const TITLE = 'The rules of next year';
const TOO_OLD = 'This app is too old for this network';

describe('rules that no app here knows', () => {
  let ann: Terminal;
  let cleo: App;

  beforeAll(async () => {
    [ann, cleo] = await Promise.all([Terminal.open('ann'), App.start('cleo')]);
    const names = ['--name', 'Lime Street', '--purpose', 'To buy a house.', '--you', 'Ann'];
    await ann.ok('found', ...names, '--preset', 'circle');
    await ann.start(/online with/, 'sync', '--serve');
    await joinNetwork(cleo, String((await ann.ok('invite'))['link']), 'Cleo', 'Lime Street');
  });
  afterAll(() => Promise.all([ann?.end(), cleo?.end()]));

  const banner = () => cleo.page.getByRole('status').filter({ hasText: TOO_OLD });

  it('are not offered on a screen, and shown for what they are where somebody proposes them', async () => {
    await goTo(cleo, 'Decisions');
    await cleo.page.getByRole('link', { name: 'New proposal' }).first().click();
    const about = cleo.page.getByRole('combobox', { name: 'What is it about?' });
    await about.waitFor();
    const matters = await about.locator('option').allInnerTexts();
    expect(matters).toContain('A new version of the agreement');
    expect(matters).not.toContain('New rules for the record');
    // Who joined votes on what is proposed after the seal of their admission.
    await cleo.page.getByText('All sealed').first().waitFor({ timeout: 60_000 });
    await ann.ok('propose', '--title', TITLE, '--effect', JSON.stringify({ kind: 'rules', version: 2 }));
    await ann.ok('vote', TITLE, 'agree');
    await openProposal(cleo, TITLE);
    await cleo.page.getByText('This app does not know version 2.').waitFor();
    expect(await banner().count()).toBe(0);
  });

  it('bring every app to a stand once they are sealed: each screen says so, and what to do', async () => {
    await vote(cleo, 'Agree');
    await banner().waitFor({ timeout: 60_000 });
    for (const part of ['Members', 'Ledger', 'Decisions']) {
      await goTo(cleo, part);
      await banner().getByText('Install the newest version of Peerhold').waitFor();
      expect(await banner().count()).toBe(1);
    }
    expect(await axeFaults(cleo.page)).toEqual([]);
  });

  it('let nobody sign, in the app or on the command line', async () => {
    const problem = async () => (await ann.ok('status'))['problem'];
    await expect.poll(problem, { timeout: 30_000 }).toBe('app-too-old');
    expect(await ann.run('post', 'money', '5')).toMatchObject({ code: 6, answer: { code: 'app-too-old' } });
  });

  it('have shown no error in the app', () => {
    expect(cleo.faults).toEqual([]);
  });
});
