import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import {
  finishProposal,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  seeStatus,
  startProposal,
  vote,
} from './kit/steps';

const NETWORK = 'Mill Lane';
const JOINING = 'How someone joins';
const CARE = 'Care and repairs';
const VERSION = 'Say how long an invite is good';

/** Two people see how certain they are of each protocol, review a draft change by change, and look back at what they agreed to. */
describe('what members are certain of', () => {
  let anna: App;
  let ben: App;

  beforeAll(async () => {
    [anna, ben] = await Promise.all([App.start('anna'), App.start('ben')]);
    await foundNetwork(anna, NETWORK, 'Anna');
    await joinNetwork(ben, await makeInvite(anna), 'Ben', NETWORK);
  });
  afterAll(async () => {
    await Promise.all([anna, ben].map((app) => app?.end()));
  });

  const protocol = (app: App, title: string) => app.page.getByRole('region', { name: title, exact: true });
  const openView = async (app: App, name: string): Promise<void> => {
    await goTo(app, 'Agreement');
    await app.page.getByRole('tab', { name }).click();
  };
  const writeIn = async (app: App, title: string, words: string): Promise<void> => {
    const text = app.page.getByRole('textbox', { name: `Text of “${title}”` });
    await app.page.getByRole('button', { name: `Write: ${title}` }).click();
    await text.click();
    await app.page.keyboard.press('Control+End');
    await app.page.keyboard.type(words);
    await text.filter({ hasText: words }).waitFor();
  };
  const dialog = (app: App) => app.page.getByRole('dialog').first();

  it('is nothing yet of what nobody has decided on, and something of what they act by', async () => {
    await goTo(anna, 'Agreement');
    await protocol(anna, CARE).getByText('Untested').waitFor();
    await protocol(anna, CARE).getByText('Nobody has decided on it since the founding').waitFor();
    await protocol(anna, JOINING).getByText('Adopted', { exact: true }).waitFor();
    await protocol(anna, JOINING).getByText('It was applied once.').waitFor();
  });

  it('shows who changed the draft, and a figure that the parameters do not have', async () => {
    await openView(anna, 'Draft');
    await anna.page.getByRole('button', { name: 'Start from the version in force' }).click();
    await writeIn(anna, JOINING, ' An invite is good for 30 days.');
    await openView(ben, 'Draft');
    await writeIn(ben, CARE, ' Ben repairs everything.');
    for (const { page } of [anna, ben]) {
      await page.getByText('Differences from what is in force').click();
      await page.getByText('2 protocols differ.').waitFor();
      const joining = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: JOINING }) })
        .last();
      await joining.getByText(/Changed by\s+Anna/).waitFor();
      const care = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: CARE }) })
        .last();
      await care.getByText(/Changed by\s+Ben/).waitFor();
      await page.getByText(`${JOINING}: the text says “30 days”, the parameters say 14 days.`).waitFor();
    }
  });

  it('lets one change be accepted and another be put back, and nothing else with it', async () => {
    await ben.page.getByRole('button', { name: `Accept: ${JOINING}` }).click();
    await anna.page.getByText(/Accepted as it is now by\s+Ben/).waitFor();
    await anna.page.getByRole('button', { name: `Put back what is in force: ${CARE}` }).click();
    await dialog(anna).getByRole('button', { name: 'Put back what is in force' }).click();
    for (const { page } of [anna, ben]) {
      await page.getByText('One protocol differs.').waitFor();
      await page.locator('ins').filter({ hasText: 'An invite is good for 30 days.' }).first().waitFor();
      expect(await page.getByText('Ben repairs everything.').count()).toBe(0);
    }
  });

  it('is under review while it is voted on, and the warning stands before those who vote', async () => {
    await anna.page.getByRole('link', { name: 'Propose this version' }).click();
    await anna.page.locator('ins').first().waitFor();
    await finishProposal(anna, VERSION);
    await openProposal(ben, VERSION);
    await ben.page.getByText('the text says “30 days”, the parameters say 14 days.').waitFor();
    // Its name has the number of what waits in it.
    await ben.page.getByRole('navigation').getByRole('link', { name: /^Home/ }).click();
    const disputed = ben.page.getByRole('region', { name: 'What needs more discussion' });
    await disputed.getByRole('link', { name: JOINING }).waitFor();
    await disputed.getByText('Under review').waitFor();
    await disputed.getByRole('link', { name: 'How certain you are of each protocol and page' }).click();
    const open = ben.page.getByRole('region', { name: 'Needs more discussion' });
    await open.getByText('An open proposal would change it.').waitFor();
  });

  it('says on both of two proposals that they change the same', async () => {
    await startProposal(ben, 'A parameter of a protocol');
    await ben.page.getByRole('combobox', { name: 'Which protocol?' }).selectOption({ label: JOINING });
    await ben.page.getByLabel('An invite is good for').fill('21');
    await finishProposal(ben, 'Three weeks');
    await ben.page.getByText(`It changes the same: ${JOINING}.`).waitFor();
    await openProposal(anna, VERSION);
    await anna.page.getByRole('status').getByRole('link', { name: 'Three weeks' }).waitFor();
    await anna.page.getByText(`It changes the same: ${JOINING}.`).waitFor();
  });

  it('says of one that it came to nothing once the other is adopted', async () => {
    await openProposal(ben, VERSION);
    await vote(ben, 'Agree');
    await vote(anna, 'Agree');
    for (const app of [anna, ben]) await seeStatus(app, VERSION, 'Adopted');
    await openProposal(anna, 'Three weeks');
    await anna.page.getByText('This was written against version 1, which is no longer in force.').waitFor();
  });

  it('says why one can not vote any more, with the clause and the events', async () => {
    await openProposal(ben, VERSION);
    await ben.page.getByRole('button', { name: 'Why not: vote?' }).click();
    await dialog(ben).getByText('The proposal had been decided before.').waitFor();
    await dialog(ben).getByRole('link', { name: 'How we decide' }).waitFor();
    await dialog(ben).getByText(VERSION).first().waitFor();
    await ben.page.keyboard.press('Escape');
  });

  it('shows the agreement of any day, and what each member said to each version', async () => {
    const { page } = ben;
    await openView(ben, 'Versions');
    await page.getByLabel('As it was on').fill('2001-01-01');
    await page.getByText('There was no agreement yet.').waitFor();
    await page.getByLabel('As it was on').fill('2100-01-01');
    await page.getByText('At the end of that day version 2 was in force.').waitFor();
    const second = page.getByRole('region', { name: 'Version 2' });
    await second.getByRole('listitem').filter({ hasText: 'Anna' }).getByText('agreed').first().waitFor();
    await second.getByRole('listitem').filter({ hasText: 'Ben' }).getByText('agreed').first().waitFor();
    await second.getByRole('link', { name: VERSION }).waitFor();
    await page.getByRole('button', { name: 'Text of version 1' }).click();
    const first = page.getByRole('region', { name: 'Version 1' });
    await first.getByRole('listitem').filter({ hasText: 'Anna' }).getByText('founded the network').waitFor();
    await first.getByRole('listitem').filter({ hasText: 'Ben' }).getByText('joined while it was in force').waitFor();
    expect(await first.getByText('An invite is good for 30 days.').count()).toBe(0);
  });

  it('compares any two of them, either way round', async () => {
    const { page } = ben;
    const compare = page.getByRole('region', { name: 'Compare versions' });
    await compare.getByLabel('From', { exact: true }).selectOption({ label: 'Version 2' });
    await compare.getByLabel('To', { exact: true }).selectOption({ label: 'Version 1' });
    await compare.locator('del').filter({ hasText: 'An invite is good for 30 days.' }).first().waitFor();
    await page.reload();
    await compare.locator('del').filter({ hasText: 'An invite is good for 30 days.' }).first().waitFor();
  });

  it('shows on a member’s page what they assented to', async () => {
    await goTo(anna, 'Members');
    await anna.page.getByRole('main').getByRole('link', { name: 'Ben' }).click();
    const assents = anna.page.getByRole('region', { name: 'Assent to the agreement' });
    await assents.getByRole('listitem').filter({ hasText: 'Version 2' }).getByText('agreed').waitFor();
    await assents.getByRole('listitem').filter({ hasText: 'Version 1' }).getByText('joined').waitFor();
  });

  it('is under review, too, while a proposal is about it that would change nothing', async () => {
    await openView(anna, 'How certain');
    await anna.page.getByRole('link', { name: `Propose to decide on it: ${CARE}` }).click();
    await anna.page.getByText('It is about, and its text will say so:').waitFor();
    await finishProposal(anna, 'Is our care good?');
    await anna.page.getByRole('main').getByRole('link', { name: CARE }).first().waitFor();
    for (const app of [anna, ben]) {
      await goTo(app, 'Agreement');
      await protocol(app, CARE).getByText('Under review').waitFor();
      await protocol(app, CARE).getByText('An open proposal is about it.').waitFor();
    }
  });

  it('shows how regularly they decide, and what waits for whom', async () => {
    const { page } = anna;
    await goTo(anna, 'Decisions');
    await page.getByRole('link', { name: 'How regularly you decide' }).click();
    await page.getByText('in 1 of 12 months').waitFor();
    await page.getByText('100%').waitFor();
    await page.getByText('2 of 2 ballots that could have been cast').waitFor();
    const waiting = page.getByRole('region', { name: 'What waits for whom' });
    await waiting.getByRole('listitem').filter({ hasText: 'Ben' }).getByText('Three weeks').waitFor();
  });

  it('is stale of a page that nobody has written in for a year, which the first screen names', async () => {
    const { page } = ben;
    await goTo(ben, 'Commons');
    await page.getByRole('button', { name: 'Write the first page' }).click();
    await dialog(ben).getByRole('textbox', { name: 'Title' }).fill('House rules');
    await dialog(ben).getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'House rules', level: 1 }).waitFor();
    const toHome = () => page.getByRole('navigation').first().getByRole('link', { name: /^Home/ }).click();
    await toHome();
    const disputed = page.getByRole('region', { name: 'What needs more discussion' });
    await disputed.getByRole('link', { name: CARE }).waitFor();
    expect(await disputed.getByRole('link', { name: 'House rules' }).count()).toBe(0);
    await page.clock.setFixedTime(Date.now() + 366 * 86_400_000);
    await page.reload();
    await disputed.getByRole('listitem').filter({ hasText: 'House rules' }).getByText('Stale').waitFor();
    await disputed.getByRole('listitem').filter({ hasText: CARE }).getByText('Under review').waitFor();
    await disputed.getByText(/protocols are untested/).waitFor();
    await disputed.getByRole('link', { name: 'How certain you are of each protocol and page' }).click();
    const open = page.getByRole('region', { name: 'Needs more discussion' }).getByRole('listitem');
    await open
      .filter({ hasText: 'House rules' })
      .getByText(/^Nothing was decided, done or written/)
      .waitFor();
    await open.filter({ hasText: CARE }).getByText('An open proposal is about it.').waitFor();
  });

  it('reports no faults', () => expect([anna, ben].flatMap((app) => app.faults)).toEqual([]));
});
