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
  propose,
  record,
  seeStatus,
  setOffline,
  startProposal,
  vote,
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
      expect(await balance(app, 'Capital of Ana')).toContain('1,000.00');
      await app.page.getByText('1 payment to talk about').waitFor();
    }
  });

  it('report no faults', () => expect(everyone().flatMap((app) => app.faults)).toEqual([]));
});
