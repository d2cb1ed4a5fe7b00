import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import {
  finishProposal,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  seeStatus,
  setOffline,
  shutLan,
  startProposal,
  vote,
} from './kit/steps';

const NETWORK = 'Mill Lane';
const CLAUSE = 'How we decide';

/** The agreement is written by two people together, adopted, and then lets somebody in only by decision. */
describe('the agreement', () => {
  let anna: App;
  let ben: App;
  let cleo: App;
  let invite = '';

  beforeAll(async () => {
    [anna, ben, cleo] = await Promise.all([App.start('anna'), App.start('ben'), App.start('cleo')]);
    await foundNetwork(anna, NETWORK, 'Anna');
    await joinNetwork(ben, await makeInvite(anna), 'Ben', NETWORK);
  });
  afterAll(async () => {
    await Promise.all([anna, ben, cleo].map((app) => app?.end()));
  });

  const text = (app: App) => app.page.getByRole('textbox', { name: `Text of “${CLAUSE}”` });
  const openDraft = async (app: App): Promise<void> => {
    await goTo(app, 'Agreement');
    await app.page.getByRole('tab', { name: 'Draft' }).click();
  };
  const typeAtEnd = async (app: App, words: string): Promise<void> => {
    await text(app).click();
    await app.page.keyboard.press('Control+End');
    await app.page.keyboard.type(words);
  };
  /** Both agree to the proposal that is open on Anna's screen, which is enough. */
  const bothAgree = async (title: string): Promise<void> => {
    await openProposal(ben, title);
    await vote(ben, 'Agree');
    await vote(anna, 'Agree');
    for (const app of [anna, ben]) await seeStatus(app, title, 'Adopted');
  };

  it('is discussed protocol by protocol, and what is said stands beside what is in force and beside the draft', async () => {
    await goTo(anna, 'Agreement');
    await anna.page.getByRole('button', { name: `Discuss: ${CLAUSE}` }).click();
    const said = (app: App) => app.page.getByRole('list', { name: `Discussion of “${CLAUSE}”` });
    await anna.page.getByLabel('Write a comment').fill('Does it serve us?');
    await anna.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await said(anna).getByText('Does it serve us?').waitFor();
    expect(await axeFaults(anna.page)).toEqual([]);
    // How many there are is asked when the screen opens.
    await expect
      .poll(async () => {
        await goTo(ben, 'Members');
        await goTo(ben, 'Agreement');
        return ben.page.getByRole('button', { name: `One comment: ${CLAUSE}` }).count();
      })
      .toBe(1);
    await ben.page.getByRole('button', { name: `One comment: ${CLAUSE}` }).click();
    await said(ben).getByText('Does it serve us?').waitFor();
    await ben.page.getByLabel('Write a comment').fill('It does.');
    await ben.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await said(anna).getByText('It does.').waitFor();
    await openDraft(anna);
    await anna.page.getByRole('button', { name: 'Start from the version in force' }).click();
    await anna.page.getByRole('button', { name: `2 comments: ${CLAUSE}` }).click();
    await said(anna).getByText('It does.').waitFor();
  });

  it('is drafted by two who edit one clause offline, and neither loses a word', async () => {
    for (const app of [anna, ben]) {
      await openDraft(app);
      await app.page.getByRole('button', { name: `Write: ${CLAUSE}` }).click();
      await text(app).waitFor();
      await setOffline(app, true);
    }
    await typeAtEnd(anna, ' Anna: a vote stays open over one weekend.');
    await typeAtEnd(ben, ' Ben: nobody votes at the table.');
    expect(await text(ben).innerText()).not.toContain('Anna:');
    for (const app of [anna, ben]) await setOffline(app, false);
    for (const app of [anna, ben]) {
      await text(app).filter({ hasText: 'Anna: a vote stays open over one weekend.' }).waitFor();
      await text(app).filter({ hasText: 'Ben: nobody votes at the table.' }).waitFor();
    }
  });

  it('says to both that they changed one paragraph apart, in the clause, and lets each settle it', async () => {
    const notice = (app: App, who: string) =>
      app.page.getByRole('status').filter({ hasText: `${who} and you both changed this paragraph while apart` });
    await anna.page.getByText('Here you and others changed the same thing while apart').waitFor();
    await notice(anna, 'Ben').getByRole('button', { name: 'Leave it as it is now' }).click();
    await notice(anna, 'Ben').waitFor({ state: 'detached' });
    // Who only reads the clause is told as well, and comes to the paragraph in the text.
    await ben.page.getByRole('button', { name: `Done: ${CLAUSE}` }).click();
    await ben.page.getByRole('textbox', { name: `Text of “${CLAUSE}”` }).waitFor({ state: 'detached' });
    await notice(ben, 'Anna').getByRole('button', { name: 'Edit it in the text' }).click();
    await notice(ben, 'Anna').waitFor({ state: 'detached' });
    await text(ben).waitFor();
    await expect
      .poll(() => ben.page.evaluate(() => getSelection()?.focusNode?.parentElement?.closest('p')?.textContent ?? ''))
      .toContain('Ben: nobody votes at the table.');
  });

  it('says so of a title and of parameters too, of which only one of the two stands, and puts in the one that is chosen', async () => {
    const JOINING = 'How someone joins';
    const title = (app: App) => app.page.getByRole('textbox', { name: 'Title', exact: true }).first();
    const notice = (app: App, words: string) => app.page.getByRole('status').filter({ hasText: words });
    for (const app of [anna, ben]) {
      await app.page.getByRole('button', { name: `Done: ${CLAUSE}` }).click();
      await app.page.getByRole('button', { name: `Write: ${JOINING}` }).click();
      await app.page.getByRole('button', { name: `Parameters: ${JOINING}` }).click();
      await setOffline(app, true);
    }
    await title(anna).fill('How people join');
    await title(ben).fill('Who joins');
    await anna.page.getByLabel('An invite is good for').fill('20');
    await ben.page.getByLabel('An invite is good for').fill('30');
    for (const app of [anna, ben]) await setOffline(app, false);
    for (const [app, who] of [
      [anna, 'Ben'],
      [ben, 'Anna'],
    ] as const) {
      await notice(app, `${who} and you both changed the title of`).waitFor();
      await notice(app, `${who} and you both changed the parameters of`).waitFor();
    }
    await notice(anna, 'changed the title of').getByText('How people join').first().waitFor();
    await notice(anna, 'changed the title of').getByText('Who joins').first().waitFor();
    await notice(anna, 'changed the parameters of')
      .getByText(/20 days/)
      .first()
      .waitFor();
    await notice(anna, 'changed the parameters of')
      .getByText(/30 days/)
      .first()
      .waitFor();
    expect(await axeFaults(anna.page)).toEqual([]);
    await notice(anna, 'changed the title of').getByRole('button', { name: 'Take mine' }).click();
    await notice(anna, 'changed the parameters of').getByRole('button', { name: 'Take that of Ben' }).click();
    for (const { page } of [anna, ben]) {
      await page.getByRole('heading', { name: 'How people join' }).waitFor();
      await expect.poll(() => page.getByLabel('An invite is good for').inputValue()).toMatch(/^30/);
    }
    for (const words of ['changed the title of', 'changed the parameters of']) {
      await notice(anna, words).waitFor({ state: 'detached' });
      await notice(ben, words).getByRole('button', { name: 'Leave it as it is now' }).click();
      await notice(ben, words).waitFor({ state: 'detached' });
    }
    await title(anna).fill(JOINING);
    await anna.page.getByLabel('An invite is good for').fill('14');
    for (const app of [anna, ben]) {
      await app.page.getByRole('button', { name: `Done: ${JOINING}` }).click();
      await app.page.getByRole('button', { name: `Close the parameters: ${JOINING}` }).click();
    }
    await anna.page.getByRole('button', { name: `Write: ${CLAUSE}` }).click();
    await ben.page.getByRole('button', { name: `Write: ${CLAUSE}` }).click();
  });

  it('shows what the draft changes, and nothing that it does not', async () => {
    for (const { page } of [anna, ben]) {
      await page.getByText('Differences from what is in force').click();
      await page.getByText('One protocol differs.').waitFor();
      const added = page.locator('ins');
      await added.filter({ hasText: 'Anna: a vote stays open over one weekend.' }).first().waitFor();
      await added.filter({ hasText: 'Ben: nobody votes at the table.' }).first().waitFor();
    }
  });

  it('is accepted, and put back, paragraph by paragraph', async () => {
    await anna.page.getByText('Write', { exact: true }).click();
    await anna.page.getByRole('button', { name: `Write: ${CLAUSE}` }).click();
    await text(anna).click();
    await anna.page.keyboard.press('Control+Home');
    await anna.page.keyboard.type('First of all: ');
    await anna.page.getByText('Differences from what is in force').click();
    const paragraph = (app: App, words: string) =>
      app.page.getByRole('group', { name: new RegExp(`^Changed paragraph: “${words}`) });
    await paragraph(ben, 'A block').getByRole('button', { name: 'Accept this paragraph' }).click();
    await paragraph(anna, 'A block').getByText('Accepted as it is now by').waitFor();
    expect(await axeFaults(anna.page)).toEqual([]);
    await paragraph(anna, 'First of all').getByRole('button', { name: 'Put this paragraph back' }).click();
    await anna.page.getByRole('dialog').getByRole('button', { name: 'Put this paragraph back' }).click();
    for (const { page } of [anna, ben]) {
      await page.locator('ins', { hasText: 'First of all' }).waitFor({ state: 'detached' });
      await page.locator('ins').filter({ hasText: 'Anna: a vote stays open over one weekend.' }).first().waitFor();
    }
  });

  it('is in force in its new version on both once they have adopted it', async () => {
    await anna.page.getByRole('link', { name: 'Propose this version' }).click();
    await anna.page.locator('ins').first().waitFor();
    await finishProposal(anna, 'Give votes a weekend');
    await bothAgree('Give votes a weekend');
    for (const app of [anna, ben]) {
      await goTo(app, 'Agreement');
      await app.page.getByText('Version 2 · in force').waitFor();
      const clause = app.page.getByRole('region', { name: CLAUSE });
      await clause.getByText('Anna: a vote stays open over one weekend.').waitFor();
      await clause.getByText('Ben: nobody votes at the table.').waitFor();
      await clause.getByText('As of version 2').waitFor();
    }
  });

  it('comes to let nobody in without a decision, by its own rule for changing parameters', async () => {
    const { page } = anna;
    await startProposal(anna, 'A parameter of a protocol');
    await page.getByRole('combobox', { name: 'Which protocol?' }).selectOption({ label: 'How someone joins' });
    await page
      .getByRole('combobox', { name: 'Who lets someone in' })
      .selectOption({ label: 'An invite, and then members decide' });
    await page.getByText('Important matters').first().waitFor();
    await finishProposal(anna, 'Decide who joins');
    await bothAgree('Decide who joins');
    for (const app of [anna, ben]) {
      await goTo(app, 'Agreement');
      await app.page.getByText('Version 3 · in force').waitFor();
      await app.page.getByText('Whoever is invited is an applicant until members decide.').waitFor();
    }
  });

  const apply = async (): Promise<void> => {
    const { page } = cleo;
    await page.goto(`${cleo.address}/#${invite.replace('peerhold:/', '')}`);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('In this network the members decide who joins.').waitFor();
    await page.getByLabel('Your name in this network').fill('Cleo');
    await shutLan(page);
    await page.getByRole('button', { name: 'Apply to join' }).click();
  };

  it('has the next who is invited apply, and shows them nothing of the network', async () => {
    invite = await makeInvite(anna);
    await apply();
    await cleo.page.getByText(`You have applied to ${NETWORK}`).waitFor();
    await cleo.page.getByRole('link', { name: /All networks/ }).click();
    await cleo.page.getByRole('heading', { name: 'Peerhold', level: 1 }).waitFor();
    expect(await cleo.page.getByText(NETWORK).count()).toBe(0);
    for (const app of [anna, ben]) {
      await goTo(app, 'Members');
      await app.page.getByRole('row').filter({ hasText: 'Cleo' }).getByText('Applicant').waitFor();
      await app.page.getByText('2 active members').waitFor();
    }
  });

  it('says the same to an applicant who asks too early', async () => {
    await apply();
    await cleo.page.getByRole('button', { name: 'See whether they have decided' }).click();
    await cleo.page.getByText('Joining…').waitFor({ state: 'detached' });
    await cleo.page.getByText(`You have applied to ${NETWORK}`).waitFor();
    await cleo.page.getByRole('link', { name: /All networks/ }).click();
  });

  it('lets the applicant in by the same invite, once the members have decided', async () => {
    const { page } = anna;
    await page.getByRole('main').getByRole('link', { name: 'Cleo' }).click();
    await page.getByRole('link', { name: 'Propose to admit' }).click();
    await page.getByText('Admitting a member').first().waitFor({ state: 'attached' });
    await finishProposal(anna, 'Cleo joins us');
    await bothAgree('Cleo joins us');
    await apply();
    await cleo.page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
    for (const app of [anna, ben, cleo]) {
      await goTo(app, 'Members');
      await app.page.getByText('3 active members').waitFor();
    }
    await goTo(cleo, 'Agreement');
    await cleo.page.getByText('Anna: a vote stays open over one weekend.').waitFor();
  });

  it('reports no faults', () => expect([anna, ben, cleo].flatMap((app) => app.faults)).toEqual([]));
});
