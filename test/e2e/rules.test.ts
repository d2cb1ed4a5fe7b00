import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import {
  finishProposal,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  propose,
  seeStatus,
  setOffline,
  startProposal,
  vote,
} from './kit/steps';

const NETWORK = 'Mill Lane';
/** Seals come by themselves, some time after what they fix. */
const SEALED = { timeout: 90_000 };

/** Three people say by which way one of their ways to decide is changed, change it by that, and decide by it. */
describe('a way to decide', () => {
  let anna: App;
  let ben: App;
  let cleo: App;
  const everyone = () => [anna, ben, cleo];

  beforeAll(async () => {
    [anna, ben, cleo] = await Promise.all([App.start('anna'), App.start('ben'), App.start('cleo')]);
    await foundNetwork(anna, NETWORK, 'Anna');
    const invite = await makeInvite(anna, { uses: 2 });
    await joinNetwork(ben, invite, 'Ben', NETWORK);
    await joinNetwork(cleo, invite, 'Cleo', NETWORK);
    for (const app of everyone()) {
      await goTo(app, 'Members');
      await app.page.getByText('3 active members').waitFor();
    }
  });
  afterAll(async () => {
    await Promise.all(everyone().map((app) => app?.end()));
  });

  /** The form for other parameters of how matters are decided. */
  const howWeDecide = async (): Promise<void> => {
    await startProposal(anna, 'A parameter of a protocol');
    await anna.page.getByRole('combobox', { name: 'Which protocol?' }).selectOption({ label: 'How we decide' });
  };
  const agree = async (title: string, ...apps: readonly App[]): Promise<void> => {
    for (const app of apps) {
      await openProposal(app, title);
      await vote(app, 'Agree');
    }
  };
  /** What is protected can be changed once the version that protects it is sealed. */
  const seeSealed = async (title: string): Promise<void> => {
    await openProposal(anna, title);
    await anna.page.getByRole('main').getByText('Sealed', { exact: true }).first().waitFor(SEALED);
  };

  it('is protected by itself, by a decision of all three', async () => {
    const { page } = anna;
    await howWeDecide();
    const add = page.getByRole('button', { name: 'Protect a protocol' });
    await add.click();
    await page.getByRole('combobox', { name: 'Protocol', exact: true }).first().waitFor();
    await add.click();
    await page
      .getByRole('combobox', { name: 'Protocol', exact: true })
      .nth(1)
      .selectOption({ label: 'Our common purpose' });
    await page
      .getByRole('combobox', { name: 'Changed only as', exact: true })
      .nth(1)
      .selectOption({ label: 'Everyday matters' });
    await page.getByText('Whatever changes “Our common purpose” is decided as: Everyday matters.').waitFor();
    await finishProposal(anna, 'Protect our purpose');
    await agree('Protect our purpose', anna, ben, cleo);
    for (const app of everyone()) await seeStatus(app, 'Protect our purpose', 'Adopted');
    await goTo(ben, 'Agreement');
    const purpose = ben.page.getByRole('region', { name: 'Our common purpose' });
    await purpose.getByText('Protected: whatever changes it is decided as “Everyday matters”.').waitFor();
    await seeSealed('Protect our purpose');
  });

  it('is changed by its own class, whatever decides on other parameters, by ballots that were cast apart', async () => {
    const { page } = anna;
    const TITLE = 'All of us for everyday matters';
    await howWeDecide();
    await page.getByRole('button', { name: /^Everyday matters/ }).click();
    const everyday = page.getByRole('region', { name: /^Everyday matters/ });
    // Decided by assents, which nothing takes back.
    await everyday.getByText('By assents nobody can block', { exact: false }).waitFor();
    expect(await everyday.getByRole('combobox', { name: 'Blocks' }).locator('option').allTextContents()).toEqual([
      'Nobody can block',
    ]);
    await everyday.getByRole('textbox', { name: 'How many must agree' }).fill('100');
    const rule = page.getByText('Decided as');
    await rule.filter({ hasText: 'Everyday matters' }).waitFor();
    await finishProposal(anna, TITLE);
    await openProposal(ben, TITLE);
    for (const app of everyone()) await setOffline(app, true);
    // More than half of three, by the class as it stands.
    await agree(TITLE, anna, ben);
    for (const app of [anna, ben]) await seeStatus(app, TITLE, 'Open');
    for (const app of everyone()) await setOffline(app, false);
    for (const app of everyone()) await seeStatus(app, TITLE, 'Adopted');
    await seeSealed(TITLE);
  });

  it('decides what comes next as it says now', async () => {
    await propose(ben, 'Paint the door');
    await ben.page.getByText('Adopted as soon as all of them agree', { exact: false }).first().waitFor();
    await agree('Paint the door', anna, ben);
    await seeStatus(cleo, 'Paint the door', 'Open');
    await agree('Paint the door', cleo);
    for (const app of everyone()) await seeStatus(app, 'Paint the door', 'Adopted');
  });

  it('has a protocol that is put out of force shown with its words, and dropped from what can be suspended', async () => {
    const { page } = anna;
    await goTo(anna, 'Agreement');
    await page.getByRole('link', { name: 'Propose to suspend it: When we meet' }).click();
    await page.getByText('Suspending a protocol').first().waitFor({ state: 'attached' });
    await finishProposal(anna, 'No meetings in August');
    await page.getByText('“When we meet” is out of force until members put it in force again.').waitFor();
    await agree('No meetings in August', anna, ben, cleo);
    for (const app of everyone()) {
      await seeStatus(app, 'No meetings in August', 'Adopted');
      await goTo(app, 'Agreement');
      const clause = app.page.getByRole('region', { name: 'When we meet' });
      await clause.getByText('suspended', { exact: true }).waitFor();
      await clause.getByText('We meet once a month', { exact: false }).waitFor();
    }
    await page.getByRole('link', { name: 'Propose to put it in force again: When we meet' }).waitFor();
  });

  it('has it put in force again by a decision, and then dropped for good', async () => {
    const { page } = anna;
    const clause = (app: App) => app.page.getByRole('region', { name: 'When we meet' });
    await page.getByRole('link', { name: 'Propose to put it in force again: When we meet' }).click();
    await page.getByText('Putting a suspended protocol in force again').first().waitFor({ state: 'attached' });
    await finishProposal(anna, 'Meet again');
    await agree('Meet again', anna, ben, cleo);
    for (const app of everyone()) {
      await seeStatus(app, 'Meet again', 'Adopted');
      await goTo(app, 'Agreement');
      await clause(app).getByText('We meet once a month', { exact: false }).waitFor();
      await clause(app).getByText('suspended', { exact: true }).waitFor({ state: 'detached' });
    }
    await page.getByRole('link', { name: 'Propose to drop it: When we meet' }).click();
    await page.getByText('Dropping a protocol for good').first().waitFor({ state: 'attached' });
    await finishProposal(anna, 'No more meetings');
    await agree('No more meetings', anna, ben, cleo);
    for (const app of everyone()) {
      await seeStatus(app, 'No more meetings', 'Adopted');
      await goTo(app, 'Agreement');
      await app.page.getByRole('region', { name: 'How we decide' }).waitFor();
      await clause(app).waitFor({ state: 'detached' });
    }
  });

  it('says of what the rules need why it can be neither suspended nor dropped, and by which clause', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Why not: suspend or drop “How we decide”?' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The rules can not do without this protocol.').waitFor();
    await dialog.getByRole('link', { name: 'How we decide' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('leaves contested what one of three was against', async () => {
    await startProposal(anna, 'A parameter of a protocol');
    await anna.page.getByRole('combobox', { name: 'Which protocol?' }).selectOption({ label: 'How someone joins' });
    await anna.page.getByLabel('An invite is good for').fill('21');
    await finishProposal(anna, 'Three weeks to join');
    await openProposal(cleo, 'Three weeks to join');
    await cleo.page.getByRole('button', { name: 'Why not: withdraw the proposal?' }).click();
    await cleo.page.getByRole('dialog').getByText('Only who made the proposal may withdraw it.').waitFor();
    await cleo.page.keyboard.press('Escape');
    await vote(cleo, 'Disagree', 'Two weeks are enough.');
    await agree('Three weeks to join', anna, ben);
    for (const app of everyone()) {
      await seeStatus(app, 'Three weeks to join', 'Adopted');
      await goTo(app, 'Agreement');
      await app.page.getByRole('region', { name: 'How someone joins' }).getByText('Contested').first().waitFor();
    }
    await cleo.page.getByRole('tab', { name: 'How certain' }).click();
    const open = cleo.page.getByRole('region', { name: 'Needs more discussion' }).getByRole('listitem');
    await open.filter({ hasText: 'How someone joins' }).getByText('Contested').first().waitFor();
  });

  it('reports no faults', () => expect(everyone().flatMap((app) => app.faults)).toEqual([]));
});
