import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNALLING_PATH } from '../../shared/ipc/channels';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { Terminal } from './kit/cli';
import { ask, reachEngine } from './kit/engine';
import { hold, letGo, makeHoldable } from './kit/hold';
import { spoilEvent } from './kit/spoil';
import { balance, goTo, joinNetwork, record, setOffline } from './kit/steps';

/**
 * What the screens show of why something is so, and of what is not as it should be: on the screen of Cleo, the third member. Ben, who founded
 * the network, and Ana have terminals. All meet at the place that Cleo's app serves, also while she works offline.
 */
const NETWORK = 'Mill Lane';
const SLOW = { timeout: 60_000 };

let cleo: App;
let ana: Terminal;
let ben: Terminal;
let copy: Terminal;
let stranger: Terminal;
let folder = '';
let place = '';
let network = '';
let link = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peerhold-evidence-'));
  const prepare = async (context: BrowserContext): Promise<void> => {
    await reachEngine(context, () => undefined);
    await makeHoldable(context);
  };
  [cleo, ana, ben, stranger] = await Promise.all([
    App.start('cleo', { prepare }),
    Terminal.open('ana'),
    Terminal.open('ben'),
    Terminal.open('stranger'),
  ]);
  place = `${cleo.address.replace('http', 'ws')}${SIGNALLING_PATH}`;
  const words = ['--name', NETWORK, '--purpose', 'To buy a house.', '--you', 'Ben', '--device', 'Laptop'];
  network = String((await ben.ok('found', ...words))['network']);
  await ben.ok('seal');
  link = String((await ben.ok('invite', '--uses', '2', '--at', place))['link']);
  await ben.start(/online with/, 'sync', '--at', place);
});
afterAll(async () => {
  await Promise.all([cleo, ana, ben, copy, stranger].map((one) => one?.end()));
  await rm(folder, { recursive: true, force: true });
});

const main = (app: App): Locator => app.page.getByRole('main');
const member = (name: string): Locator => main(cleo).getByRole('row').filter({ hasText: name });
const dialogOf = (app: App): Locator => app.page.getByRole('dialog');
const status = (app: App): Locator => app.page.getByRole('banner').getByRole('button', { name: /connected|offline/i });

async function openMember(name: string): Promise<void> {
  await goTo(cleo, 'Members');
  await member(name).getByRole('link').click();
  await cleo.page.getByRole('heading', { name: new RegExp(`^${name}`), level: 1 }).waitFor();
}

/** Goes on with Tab, from where one is, until this has the focus. */
async function tabTo(app: App, wanted: Locator): Promise<void> {
  const isThere = (): Promise<boolean> => wanted.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 80 && !(await isThere()); presses++) await app.page.keyboard.press('Tab');
  expect(await isThere()).toBe(true);
}

/** Opens what stands behind something by keyboard, looks, follows a link of it, and comes back. */
async function openProof(app: App, why: Locator, seen: readonly (string | RegExp)[]): Promise<void> {
  const { keyboard } = app.page;
  await tabTo(app, why);
  await keyboard.press('Enter');
  const proof = dialogOf(app);
  await proof.getByRole('heading', { name: 'How final it is' }).waitFor();
  for (const words of seen) await proof.getByText(words).first().waitFor();
  expect(await axeFaults(app.page)).toEqual([]);
  await tabTo(app, proof.getByRole('link', { name: 'signed event' }).first());
  await tabTo(app, proof.getByRole('link', { name: 'See all seals' }));
  await keyboard.press('Escape');
  await proof.waitFor({ state: 'detached' });
  expect(await why.evaluate((element) => element === document.activeElement)).toBe(true);
}

describe('who joins from a seal', () => {
  it('sees how far the history is checked, can work meanwhile, and sees it end', async () => {
    // The founding event, whose id is the network's: the first of what the seal vouches for until it is checked.
    await hold(cleo.page, network);
    await joinNetwork(cleo, link, 'Cleo', NETWORK);
    await status(cleo).click();
    const checking = dialogOf(cleo).getByRole('progressbar', { name: 'Checking the signatures of the history' });
    // Nothing is checked, so the bar has no width that could be seen.
    await checking.waitFor({ state: 'attached' });
    await dialogOf(cleo)
      .getByText(/^0 of \d+ checked\. You can work meanwhile/)
      .waitFor();
    expect(await axeFaults(cleo.page)).toEqual([]);
    await letGo(cleo.page);
    await checking.waitFor({ state: 'detached' });
    await cleo.page.keyboard.press('Escape');
  });
});

describe('the proof of a figure', () => {
  it('is opened by keyboard: of a balance that is not sealed yet, and of a membership that is', async () => {
    await ana.ok('join', link, '--name', 'Ana');
    // Who alone seals is away from now on.
    await ben.stop();
    await record(cleo, { what: 'A member put in money', amount: '80', memo: 'My share' });
    expect(await balance(cleo, 'Bank')).toContain('80');
    const row = main(cleo)
      .getByRole('row')
      .filter({ has: cleo.page.getByRole('link', { name: 'Bank', exact: true }) });
    await openProof(cleo, row.getByRole('button', { name: /^Why\?/ }), [
      'One signed event stands behind it',
      'not sealed yet',
      'Not sealed yet: events that are still on their way can change it.',
    ]);
    await openMember('Ben');
    await openProof(cleo, main(cleo).getByRole('button', { name: 'Why? Membership' }), [
      'Seal 1 fixed these events for good.',
      'Signed by the one sealer. One was needed.',
      'their request',
    ]);
  });
});

describe('a device that signed two histories', () => {
  it('is named, with its member, to everyone: at home, among the members, and with the proof', async () => {
    copy = await ben.copied();
    for (const [terminal, about] of [
      [ben, 'I paint.'],
      [copy, 'I plaster.'],
    ] as const)
      await terminal.ok('act', 'member.describe', JSON.stringify({ name: { text: 'Ben' }, about: { text: about } }));
    // Ana meets both copies, one after the other; Cleo meets Ana.
    await setOffline(cleo, true);
    await ana.start(/online with/, 'sync', '--at', place);
    for (const terminal of [ben, copy]) await terminal.run('sync', '--once', '--at', place);
    await setOffline(cleo, false);

    // Beside the word is how many things wait.
    await cleo.page.getByRole('navigation').getByRole('link', { name: /^Home/ }).click();
    const need = main(cleo).getByRole('link', { name: /^One device signed two different histories/ });
    await need.filter({ hasText: 'Laptop' }).filter({ hasText: 'Ben' }).waitFor(SLOW);
    await goTo(cleo, 'Members');
    await member('Ben').getByText('two histories').waitFor();
    expect(await main(cleo).getByText('two histories').count()).toBe(1);
    await openMember('Ben');
    await main(cleo).getByText('The device Laptop of Ben signed two different histories').waitFor();
    expect(await main(cleo).getByRole('link', { name: 'See this event in the record' }).count()).toBe(2);
    expect(await axeFaults(cleo.page)).toEqual([]);
  });

  it('is convicted by a file that anybody can check, who is in no network', async () => {
    const [saved] = await Promise.all([
      cleo.page.waitForEvent('download'),
      main(cleo).getByRole('button', { name: 'Save the proof as a file' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('Two histories of Ben, Laptop.json');
    await main(cleo).getByText('Saved as “Two histories of Ben, Laptop.json”').waitFor();
    const file = join(folder, 'from the screen.json');
    await saved.saveAs(file);
    const { forks } = (await ana.ok('evidence')) as { forks: { device: string; name: string }[] };
    expect(forks).toMatchObject([{ name: 'Ben' }]);
    const proved = { proves: true, network, device: forks[0]!.device };
    expect(await stranger.run('evidence', '--check', file)).toMatchObject({ code: 0, answer: proved });
    const second = join(folder, 'from the terminal.json');
    await ana.ok('evidence', forks[0]!.device, '--out', second);
    expect(await stranger.run('evidence', '--check', second)).toMatchObject({ code: 0, answer: proved });
  });
});

describe('verifying everything', () => {
  const start = () => main(cleo).getByRole('button', { name: /^Verify (everything|again)$/ });

  it('shows how far it is, and can be cancelled', async () => {
    await cleo.page
      .getByRole('banner')
      .getByRole('link', { name: /sealed/ })
      .click();
    await hold(cleo.page, network);
    await start().click();
    await main(cleo).getByRole('progressbar', { name: 'Verifying' }).waitFor({ state: 'attached' });
    await main(cleo)
      .getByText(/^0 of \d+ checked$/)
      .waitFor();
    expect(await axeFaults(cleo.page)).toEqual([]);
    await main(cleo).getByRole('button', { name: 'Cancel' }).click();
    await letGo(cleo.page);
    await start().waitFor();
    expect(
      await main(cleo)
        .getByText(/All is in order|wrong/)
        .count(),
    ).toBe(0);
  });

  it('says plainly that something is wrong where the disk changed an event, and names the event', async () => {
    const answer = await ask(cleo.page, 'act', network, {
      type: 'member.describe',
      payload: { name: { text: 'Cleo' }, about: { text: 'I mend bicycles.' } },
    });
    if ('code' in answer) throw new Error(answer.code);
    const event = await ask(cleo.page, 'event', network, answer.value);
    if ('code' in event) throw new Error(event.code);
    expect(await spoilEvent(cleo.page, network, event.value.signature)).toBe(true);
    await start().click();
    const alert = main(cleo)
      .getByRole('alert')
      .filter({ hasText: /things? (is|are) wrong/ });
    await alert.getByText('was changed, or its signature was').waitFor();
    const missing = alert.getByRole('listitem').filter({ hasText: 'An event is missing from the disk.' });
    expect(await axeFaults(cleo.page)).toEqual([]);
    await missing.getByRole('link', { name: `(event ${answer.value.slice(0, 12)}…)` }).click();
    await cleo.page.getByText(answer.value).first().waitFor();
  });
});

it('the app reports no faults', () => expect(cleo.faults).toEqual([]));
