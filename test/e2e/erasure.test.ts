import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { finishProposal, foundNetwork, goTo, joinNetwork, makeInvite, openProposal, propose, vote } from './kit/steps';

/** What somebody wrote about people can be taken out of the record, by themselves or by a decision; the proof stays. */
const NETWORK = 'Mill Lane';
const TITLE = 'Shall we paint the door?';
const REASON = 'Ana never pays anything back.';
const SEALED = { timeout: 100_000 };

let ana: App;
let ben: App;

beforeAll(async () => {
  [ana, ben] = await Promise.all([App.start('ana'), App.start('ben')]);
}, 60_000);

afterAll(async () => {
  await Promise.all([ana?.end(), ben?.end()]);
});

/** Opens the event of the only reason given on the proposal that is open. */
async function openReason(app: App): Promise<void> {
  const { page } = app;
  await openProposal(app, TITLE);
  await page.getByText(REASON).first().waitFor();
  await goTo(app, 'Record');
  await page.getByRole('listitem').filter({ hasText: 'ballot.cast' }).first().getByRole('link').click();
  await page.getByRole('heading', { name: 'Erase', exact: true }).waitFor();
}

const erased = (app: App) => app.page.getByText('text erased', { exact: true }).first();

describe('erasing', () => {
  it('one’s own words takes them from every screen', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
    // Who was admitted may vote on what is opened after the seal that has the admission.
    for (const { page } of [ana, ben])
      await page.getByRole('banner').getByRole('link', { name: 'All sealed' }).waitFor(SEALED);
    await propose(ana, TITLE);
    await openProposal(ben, TITLE);
    await vote(ben, 'Disagree', REASON);
    await openReason(ana);
    await openReason(ben);
    expect(await axeFaults(ben.page)).toEqual([]);
    await ben.page.getByRole('button', { name: 'Erase this text' }).click();
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Erase it' }).click();
    for (const app of [ben, ana]) await erased(app).waitFor();
    await openProposal(ana, TITLE);
    await ana.page
      .getByText(/text erased/)
      .first()
      .waitFor();
    expect(await ana.page.getByText(REASON).count()).toBe(0);
  });

  it('another’s words takes a decision, and happens once it is sealed', async () => {
    await openProposal(ben, TITLE);
    await vote(ben, 'Disagree', REASON);
    await openReason(ana);
    await ana.page.getByRole('link', { name: 'Propose to erase it' }).click();
    await ana.page.getByRole('blockquote').getByText(REASON).waitFor();
    expect(await axeFaults(ana.page)).toEqual([]);
    const title = 'Take out what Ben wrote';
    await finishProposal(ana, title);
    await vote(ana, 'Agree');
    await openProposal(ben, title);
    await vote(ben, 'Agree');
    for (const app of [ana, ben]) {
      const main = app.page.getByRole('main');
      await main.getByText('Sealed', { exact: true }).waitFor(SEALED);
      await main.getByText(/was deleted on every member/).waitFor();
      expect(await main.getByText(REASON).count()).toBe(0);
    }
  });
});
