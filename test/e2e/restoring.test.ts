import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { Terminal } from './kit/cli';
import {
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  propose,
  setOffline,
  settled,
  shutLan,
  vote,
} from './kit/steps';

const NETWORK = 'Ford End';
const RESTORING = 'Restore Cleo on a new device';
const SEALED = { timeout: 120_000 };

let ana: App;
let ben: App;
let cleo: App;
let anew: App;
let old: App | undefined;
let dora: Terminal;

beforeAll(async () => {
  [ana, ben, cleo, anew, dora] = await Promise.all([
    App.start('ana'),
    App.start('ben'),
    App.start('cleo'),
    App.start('anew'),
    Terminal.open('dora'),
  ]);
  await foundNetwork(ana, NETWORK, 'Ana');
  const link = await makeInvite(ana, { uses: 3 });
  await joinNetwork(ben, link, 'Ben', NETWORK);
  await joinNetwork(cleo, link, 'Cleo', NETWORK);
  await dora.ok('join', link, '--name', 'Dora');
  await dora.start(/online with/, 'sync', '--serve');
  await allSealed(ana);
  await allSealed(cleo);
}, 240_000);
afterAll(async () => {
  for (const one of [ana, ben, cleo, anew, old, dora]) await one?.end();
});

const allSealed = (app: App) => app.page.getByRole('banner').getByRole('link', { name: 'All sealed' }).waitFor(SEALED);
const numberOn = async (app: App): Promise<string> =>
  (await app.page.getByRole('group', { name: /^Number of (this|the new) device$/ }).innerText()).trim();
const banner = (app: App, words: string) => app.page.getByRole('status').filter({ hasText: words });

describe('a member who lost all devices', () => {
  let number = '';

  it('opens an invite on a new one, says who they are, and gets a number to read out and nothing else', async () => {
    // What somebody else may have, or turn up with again.
    old = await cleo.backup('old');
    await cleo.closeWindow();
    const link = await makeInvite(ana);
    // Whichever app is met first has the request: here it is to be ana’s.
    await setOffline(ben, true);
    await dora.stop();
    const { page } = anew;
    await page.getByRole('link', { name: 'Use an invite' }).first().click();
    await page.getByLabel('Invite link').fill(link);
    await page.getByRole('button', { name: 'Read the invite' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('button', { name: 'I am a member already and have lost all my devices' }).click();
    await page.getByText('the members decide whether it is really you').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Your name in this network').fill('Cleo');
    await shutLan(page);
    await page.getByRole('button', { name: 'Ask to be restored' }).click();
    await page.getByText(`${NETWORK}: the members decide whether you are Cleo`).waitFor();
    number = await numberOn(anew);
    await setOffline(ben, false);
    await dora.start(/online with/, 'sync', '--serve');
    expect(number).toMatch(/^(\d{4} ){4}\d{4}$/);
    expect(await axeFaults(page)).toEqual([]);
  });

  it('is put to the others by whose app answered, who see the same number, also at a terminal', async () => {
    const { page } = ana;
    await goTo(ana, 'Home');
    await banner(ana, 'Somebody says to be Cleo, and to have lost all devices').waitFor();
    await page.getByRole('link', { name: 'See whether it is them, and put it to the others' }).click();
    await settled(page);
    expect(await numberOn(ana)).toBe(number);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Propose to restore them' }).click();
    await settled(page);
    await page.getByText('3 members may vote.').waitFor();
    expect(await numberOn(ana)).toBe(number);
    await page
      .getByRole('combobox', { name: 'Which member is it?' })
      .locator('option:checked', { hasText: 'Cleo' })
      .waitFor({ state: 'attached' });
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open the proposal' }).click();
    await page.getByRole('heading', { name: RESTORING, level: 1 }).waitFor();
    expect(await numberOn(ana)).toBe(number);
    await openProposal(ben, RESTORING);
    expect(await numberOn(ben)).toBe(number);
    expect(await axeFaults(ben.page)).toEqual([]);
    await expect
      .poll(async () => (await dora.beside('proposals'))['proposals'], SEALED)
      .toMatchObject([{ title: RESTORING, code: number }]);
  });

  it('is told on the old device, should it turn up while it is open, and has no vote there', async () => {
    const { page } = await theOld();
    await page.getByRole('link', { name: /Others decide that you lost your devices/ }).click(SEALED);
    await page.getByRole('alert').filter({ hasText: 'Others are to decide that you lost this device' }).waitFor();
    await page.getByText('You are not among those who decide this.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await old!.closeWindow();
  });

  it('is back once the others have decided and a seal has it: sees everything, and votes', async () => {
    for (const app of [ana, ben]) {
      await openProposal(app, RESTORING);
      await vote(app, 'Agree');
    }
    await dora.beside('vote', RESTORING, 'agree');
    await ana.page.getByRole('main').getByText('Adopted', { exact: true }).first().waitFor(SEALED);
    await ana.page.getByRole('main').getByText('Sealed').first().waitFor(SEALED);
    const { page } = anew;
    await page.getByRole('button', { name: 'See whether they have decided' }).click();
    await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor(SEALED);
    await openProposal(anew, RESTORING);
    await propose(ben, 'A new boat');
    await openProposal(anew, 'A new boat');
    await vote(anew, 'Agree');
    await openProposal(ben, 'A new boat');
    const ballots = ben.page.getByRole('main');
    await ballots.getByText('Cleo').first().waitFor();
    await ballots.getByText('1 agrees').first().waitFor();
    await goTo(anew, 'Members');
    await page.getByRole('main').getByRole('link', { name: 'Cleo' }).first().click();
    await page.getByText('this device').first().waitFor();
    expect(await page.getByText('revoked', { exact: true }).count()).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
  });

  it('is told on the old device that the others let it in no more', async () => {
    await theOld();
    await banner(old!, 'The others do not let this device in any more').waitFor(SEALED);
    expect(await axeFaults(old!.page)).toEqual([]);
  });

  it('has shown no errors', () => {
    expect([ana, ben, cleo, anew].flatMap(({ faults }) => faults)).toEqual([]);
  });
});

/** The copy of the lost profile, with the network open. */
async function theOld(): Promise<App> {
  await old!.openWindow();
  await old!.page.getByRole('link', { name: NETWORK }).first().click();
  await settled(old!.page);
  return old!;
}
