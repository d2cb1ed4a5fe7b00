import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import {
  balance,
  finishProposal,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  openResource,
  propose,
  record,
  seeConnected,
  seeStatus,
  seeText,
  setOffline,
  startProposal,
  vote,
  write,
} from './kit/steps';

/**
 * The whole job, by three people at three computers, over real WebRTC and the project's own signalling: each step builds on
 * what the steps before left, as it does for a group.
 */
const NETWORK = 'Lindenhof';
let ana: App;
let ben: App;
let cleo: App;
const everyone = () => [ana, ben, cleo];

beforeAll(async () => {
  [ana, ben, cleo] = await Promise.all([App.start('ana'), App.start('ben'), App.start('cleo')]);
}, 60_000);

afterAll(async () => {
  await Promise.all(everyone().map((app) => app?.end()));
});

const connected = (app: App, count: number) =>
  app.page.getByRole('button', { name: new RegExp(`^${count} connected`) }).waitFor();

describe('three people', () => {
  it('found a network and join it by invite', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
    await joinNetwork(cleo, await makeInvite(ana), 'Cleo', NETWORK);
    for (const app of everyone()) {
      await connected(app, 2);
      await seeConnected(app, ['connected on this same machine', 'met at']);
      await goTo(app, 'Members');
      for (const name of ['Ana', 'Ben', 'Cleo']) await app.page.getByRole('main').getByText(name).first().waitFor();
    }
  });

  it('decide offline: votes cast apart give one result everywhere when they meet', async () => {
    await propose(ana, 'Shall we paint the door?');
    for (const app of [ben, cleo]) await openProposal(app, 'Shall we paint the door?');
    for (const app of everyone()) await setOffline(app, true);
    await vote(ana, 'Agree');
    await vote(ben, 'Disagree', 'It was just painted.');
    await vote(cleo, 'Agree');
    for (const app of [cleo, ana, ben]) await setOffline(app, false);
    for (const app of everyone()) await seeStatus(app, 'Shall we paint the door?', 'Adopted');
  });

  it('change a parameter of the agreement, after one has changed their vote; it is in force by itself', async () => {
    await startProposal(ana, 'A parameter of a protocol');
    await ana.page.getByRole('combobox', { name: 'Which protocol?' }).selectOption({ label: 'How we spend' });
    await ana.page.getByRole('textbox', { name: 'Free up to' }).fill('50');
    await finishProposal(ana, 'Spend less freely');
    for (const app of [ben, cleo]) await openProposal(app, 'Spend less freely');
    await vote(ben, 'Disagree', 'It is little enough.');
    await vote(ben, 'Agree');
    await vote(ana, 'Agree');
    await vote(cleo, 'Agree');
    for (const app of everyone()) {
      await seeStatus(app, 'Spend less freely', 'Adopted');
      await goTo(app, 'Agreement');
      await app.page
        .getByText(/Version 2/)
        .first()
        .waitFor();
    }
  });

  it('decide to spend, and keep books that say what was covered and what was not', async () => {
    await record(ana, { what: 'A member put in money', amount: '1000', memo: 'Opening contribution' });
    await startProposal(ben, 'Spending money');
    await ben.page.getByRole('textbox', { name: 'Up to' }).fill('300');
    await finishProposal(ben, 'New gutters');
    await vote(ben, 'Agree');
    await openProposal(ana, 'New gutters');
    await vote(ana, 'Agree');
    await seeStatus(cleo, 'New gutters', 'Adopted');
    await record(cleo, {
      what: 'We paid for something',
      amount: '200',
      category: 'Repairs',
      memo: 'Gutters',
      covered: 'New gutters',
    });
    await cleo.page.getByText('Covered', { exact: true }).first().waitFor();
    await record(cleo, { what: 'We paid for something', amount: '150', category: 'Repairs', memo: 'More gutters' });
    await cleo.page.getByText('Breach', { exact: true }).first().waitFor();
    for (const app of everyone()) {
      await expect.poll(() => balance(app, 'Bank'), { timeout: 15_000 }).toContain('650.00');
      expect(await balance(app, 'Ana')).toContain('1,000.00');
      await app.page.getByText('1 payment to talk about').waitFor();
    }
  });

  it('seek a house, pledge on conditions, decide to buy it, pay for it, and hold it with shares', async () => {
    const { page } = ana;
    await goTo(ana, 'Resources');
    await page.getByRole('link', { name: 'New candidate' }).first().click();
    await page.getByRole('textbox', { name: 'What is it?' }).fill('The old mill');
    await page.getByRole('textbox', { name: 'Asking price' }).fill('100000');
    await page.getByRole('button', { name: 'Sign and put forward' }).click();
    for (const [app, amount, together] of [
      [ana, '70000', '100000'],
      [ben, '30000', ''],
      [cleo, '10000', '500000'],
    ] as const) {
      await openResource(app, 'The old mill');
      await app.page.getByRole('textbox', { name: 'I pledge' }).fill(amount);
      await app.page.getByRole('textbox', { name: 'Only if all together reach' }).fill(together);
      await app.page.getByRole('button', { name: 'Sign the pledge' }).click();
      await app.page
        .getByRole('row')
        .filter({ hasText: new RegExp(Number(amount).toLocaleString('en-GB')) })
        .first()
        .waitFor();
    }
    await page.getByText(/110,000.00 of .*100,000.00 pledged/).waitFor();
    await page.getByRole('button', { name: 'Propose to buy' }).click();
    await page.getByRole('button', { name: 'Sign and propose' }).click();
    for (const app of everyone()) {
      await openProposal(app, 'Buy: The old mill');
      await vote(app, 'Agree');
    }
    for (const app of everyone()) await seeStatus(app, 'Buy: The old mill', 'Adopted');
    await openResource(ana, 'The old mill');
    await expect.poll(() => page.getByText('Due', { exact: true }).count()).toBe(2);
    for (const app of [ana, ben]) {
      await openResource(app, 'The old mill');
      const own = app.page.getByRole('row').filter({ hasText: app === ana ? 'Ana' : 'Ben' });
      await own.getByRole('link', { name: 'Record its payment' }).click();
      await app.page.getByRole('button', { name: 'Sign and record' }).click();
      await app.page.getByRole('heading', { name: 'Pledge for The old mill' }).waitFor();
    }
    await expect.poll(() => balance(ana, 'Bank'), { timeout: 15_000 }).toContain('100,650.00');
    await openResource(ana, 'The old mill');
    await page.getByRole('link', { name: 'Record the purchase' }).first().click();
    await page.getByRole('button', { name: 'Sign and record' }).click();
    await page.getByText('Covered', { exact: true }).first().waitFor();
    for (const app of everyone()) {
      await openResource(app, 'The old mill');
      const shares = app.page.getByRole('table').filter({ hasText: 'Part' });
      await expect.poll(() => shares.innerText(), { timeout: 15_000 }).toMatch(/Ana[^]*703[^]*Ben[^]*297/);
    }
  });

  it('write one page together: both write offline, restart, and meet; both texts are there', async () => {
    await goTo(ana, 'Commons');
    await ana.page
      .getByRole('button', { name: /Write the first page|New page/ })
      .first()
      .click();
    const dialog = ana.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('House manual');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await write(ana, 'House manual', 'The key hangs by the door.');
    for (const app of [ben, cleo]) await seeText(app, 'House manual', 'The key hangs by the door.');
    for (const app of [ana, ben]) {
      await setOffline(app, true);
      await app.closeWindow();
      await app.openWindow();
      await app.page.getByRole('link', { name: NETWORK }).first().click();
    }
    await write(ana, 'House manual', ' Ana: bins go out on Monday.');
    await write(ben, 'House manual', ' Ben: the boiler needs a push.');
    for (const app of [ana, ben]) {
      await app.closeWindow();
      await app.openWindow();
      await app.page.getByRole('link', { name: NETWORK }).first().click();
      await setOffline(app, false);
    }
    for (const app of everyone()) {
      await seeText(app, 'House manual', 'The key hangs by the door.');
      await seeText(app, 'House manual', 'Ana: bins go out on Monday.');
      await seeText(app, 'House manual', 'Ben: the boiler needs a push.');
    }
  });

  it('report no faults', () => expect(everyone().flatMap((app) => app.faults)).toEqual([]));
});
