import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import {
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  propose,
  record,
  setOffline,
  vote,
} from './kit/steps';

/** What is decided becomes final by itself, for each the same, and each can recompute it. */
const NETWORK = 'Mill Lane';
const TITLE = 'Shall we paint the door?';
const LADDER = 'Shall we buy a ladder?';
/** A seal is begun half a minute after something happened, and takes a few exchanges between busy browsers. */
const SEALED = { timeout: 100_000 };

const WAITING = ['Not sealed yet: events that are still on their way can change it.', /It waits for: Ben/];
/** Ana’s and Ben’s, each by a link. */
const SIGNED = [
  /Seal \d fixed these events for good\./,
  'Signed by 2 of 2 sealers. 2 were needed.',
  /^Ana.*signature$/,
  /^Ben.*signature$/,
];

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

const header = (app: App, words: string | RegExp) => app.page.getByRole('banner').getByRole('link', { name: words });
const allSealed = (app: App) => header(app, 'All sealed').waitFor(SEALED);

async function openSeals(app: App): Promise<void> {
  await app.page
    .getByRole('banner')
    .getByRole('link', { name: /sealed/ })
    .click();
  await app.page.getByRole('heading', { name: 'Seals', level: 1 }).waitFor();
}

const bank = (app: App): Locator =>
  app.page.getByRole('row').filter({ has: app.page.getByRole('link', { name: 'Bank', exact: true }) });
const member = (app: App, name: string): Locator =>
  app.page.getByRole('main').getByRole('row').filter({ hasText: name });

/** Opens what stands behind something, and sees all of this in it. */
async function seeProof(app: App, why: Locator, words: readonly (string | RegExp)[]): Promise<void> {
  await why.click();
  const proof = app.page.getByRole('dialog');
  await proof.getByRole('heading', { name: 'How final it is' }).waitFor();
  for (const one of words) await proof.getByText(one).first().waitFor(SEALED);
  expect(await axeFaults(app.page)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await proof.waitFor({ state: 'detached' });
}

/** The seals' values by height, as the page has them. */
async function sealsOf(app: App): Promise<readonly string[]> {
  await openSeals(app);
  const items = app.page.getByRole('region', { name: /seals? so far/ }).locator(':scope > ol > li');
  await items.first().waitFor();
  return items.evaluateAll((all) =>
    all.map((item) => `${item.querySelector('h3')?.textContent ?? ''} ${item.querySelector('dd')?.textContent ?? ''}`),
  );
}

describe('seals', () => {
  it('make a decision of two people final on both screens, signed by both', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
    // Who was admitted takes part in the seal after the one that has the admission.
    for (const app of [ana, ben]) await allSealed(app);
    await propose(ana, TITLE);
    await vote(ana, 'Agree');
    await openProposal(ben, TITLE);
    await vote(ben, 'Agree');
    for (const app of [ana, ben]) {
      const main = app.page.getByRole('main');
      await main.getByText('Adopted', { exact: true }).first().waitFor();
      await main.getByText('Provisional', { exact: true }).waitFor();
    }
    for (const app of [ana, ben]) {
      const main = app.page.getByRole('main');
      await main.getByText('Sealed', { exact: true }).waitFor(SEALED);
      await main.getByRole('button', { name: 'Why?' }).first().click();
      const proof = app.page.getByRole('dialog');
      await proof.getByText('Signed by 2 of 2 sealers. 2 were needed.').waitFor();
      const signatures = proof.getByRole('link', { name: 'signature', exact: true });
      expect(await signatures.count()).toBe(2);
      expect(await axeFaults(app.page)).toEqual([]);
      await signatures.first().click();
      await app.page.getByRole('heading', { name: /signed seal \d/ }).waitFor();
    }
    expect(await sealsOf(ben)).toEqual(await sealsOf(ana));
  });

  it('wait, with the name, for who is offline, and the proof of a decision says so', async () => {
    await propose(ana, LADDER);
    const main = ana.page.getByRole('main');
    await seeProof(ana, main.getByRole('button', { name: 'Why?' }).first(), [
      'What it waits for',
      /^Not voted yet: .*Ben/,
    ]);
    await openProposal(ben, LADDER);
    await vote(ben, 'Agree');
    await main.getByText('1 agrees').waitFor();
    await setOffline(ben, true);
    // What decides it Ben has not got, so that no seal can have it before he is back.
    await vote(ana, 'Agree');
    await main.getByText('Adopted', { exact: true }).first().waitFor();
    await main.getByText('Provisional', { exact: true }).waitFor();
    await header(ana, /not sealed yet/).click();
    await ana.page.getByText(/It waits for: Ben/).waitFor(SEALED);
    await openProposal(ana, LADDER);
    await seeProof(ana, main.getByRole('button', { name: 'Why?' }).first(), WAITING);
  });

  it('leave a balance and a membership provisional until then', async () => {
    await record(ana, { what: 'A member put in money', amount: '80', memo: 'My share' });
    await goTo(ana, 'Ledger');
    await bank(ana).getByRole('img', { name: 'Provisional' }).waitFor();
    await seeProof(ana, bank(ana).getByRole('button', { name: /^Why\?/ }), WAITING);
    await joinNetwork(cleo, await makeInvite(ana), 'Cleo', NETWORK);
    await goTo(ana, 'Members');
    await member(ana, 'Ben')
      .getByRole('img', { name: /^Sealed by seal \d$/ })
      .waitFor();
    await member(ana, 'Cleo').getByRole('img', { name: 'Provisional' }).waitFor();
    await member(ana, 'Cleo').getByRole('link').click();
    const main = ana.page.getByRole('main');
    await main.getByText('Provisional', { exact: true }).first().waitFor();
    await seeProof(ana, main.getByRole('button', { name: 'Why? Membership' }), WAITING);
  });

  it('make both final once they can be made, with the names of who signed', async () => {
    await setOffline(ben, false);
    for (const app of everyone()) await allSealed(app);
    for (const app of everyone()) {
      await goTo(app, 'Ledger');
      await bank(app)
        .getByRole('img', { name: /^Sealed by seal \d$/ })
        .waitFor();
      await seeProof(app, bank(app).getByRole('button', { name: /^Why\?/ }), SIGNED);
      await goTo(app, 'Members');
      await member(app, 'Cleo')
        .getByRole('img', { name: /^Sealed by seal \d$/ })
        .waitFor();
      await member(app, 'Cleo').getByRole('link').click();
      const main = app.page.getByRole('main');
      await main.getByText('Sealed', { exact: true }).first().waitFor();
      await seeProof(app, main.getByRole('button', { name: 'Why? Membership' }), SIGNED);
    }
  });

  it('are the same for who joined later', async () => {
    const seals = await sealsOf(ana);
    expect(seals.length).toBeGreaterThanOrEqual(4);
    for (const app of [ben, cleo]) await expect.poll(() => sealsOf(app), { timeout: 30_000 }).toEqual(seals);
    await openProposal(cleo, TITLE);
    await cleo.page.getByRole('main').getByText('Sealed', { exact: true }).waitFor();
  });

  it('can be recomputed with all else from what is stored, and all is in order', async () => {
    for (const app of everyone()) {
      await openSeals(app);
      await app.page.getByRole('button', { name: 'Verify everything' }).click();
      await app.page.getByText('All is in order').waitFor();
      await app.page.getByText(/\d seals recomputed/).waitFor();
    }
    expect(await axeFaults(cleo.page)).toEqual([]);
    await goTo(cleo, 'Settings');
    await cleo.page.getByText('All is in order').waitFor();
  });

  it('report no faults', () => expect(everyone().flatMap((app) => app.faults)).toEqual([]));
});
