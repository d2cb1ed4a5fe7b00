import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { foundNetwork, goTo, joinNetwork, makeInvite } from './kit/steps';

const text = (app: App) => app.page.getByRole('textbox', { name: /^Text of/ });

/** The page's text without the names at the others' carets. */
const written = (app: App): Promise<string> =>
  text(app).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('[aria-hidden]')) caret.remove();
    return copy.textContent;
  });

async function openPage(app: App, title: string): Promise<void> {
  await goTo(app, 'Commons');
  await app.page.getByRole('treeitem', { name: title }).click();
  await text(app).waitFor();
}

/** Types at the end of the open page. */
async function typeAtEnd(app: App, words: string): Promise<void> {
  await text(app).click();
  await app.page.keyboard.press('Control+End');
  await app.page.keyboard.type(words);
}

async function reopen(app: App): Promise<void> {
  await app.openWindow();
  await app.page.getByText('Oak House').first().click();
  await app.page.getByRole('navigation').getByRole('link', { name: 'Commons' }).waitFor();
}

describe('writing together', () => {
  let anna: App;
  let ben: App;

  beforeAll(async () => {
    [anna, ben] = await Promise.all([App.start('anna'), App.start('ben')]);
    await foundNetwork(anna, 'Oak House', 'Anna');
    await joinNetwork(ben, await makeInvite(anna), 'Ben', 'Oak House');
  });
  afterAll(async () => {
    await Promise.all([anna, ben].map((app) => app?.end()));
  });

  it('shows what one writes on the other’s screen, with their caret and name', async () => {
    await goTo(anna, 'Commons');
    await anna.page.getByRole('button', { name: 'Write the first page' }).click();
    await anna.page.getByRole('textbox', { name: 'Title', exact: true }).fill('House rules');
    await anna.page.getByRole('button', { name: 'Create' }).click();
    await text(anna).click();
    await anna.page.keyboard.type('After ten we keep it quiet.');
    await openPage(ben, 'House rules');
    await ben.page.getByText('After ten we keep it quiet.').waitFor();
    await typeAtEnd(ben, ' Except on Fridays.');
    await anna.page.getByText('Except on Fridays.').waitFor();
    await anna.page.getByText('Also here:').waitFor();
    await ben.page.getByText('Also here:').waitFor();
  });

  it('keeps both edits of one clause that were made apart, across restarts, and shows each what the other changed', async () => {
    await anna.closeWindow();
    await typeAtEnd(ben, ' Ben says: until midnight.');
    await ben.page.getByText('Last changed by Ben').waitFor();
    await ben.closeWindow();

    await reopen(anna);
    await openPage(anna, 'House rules');
    expect(await written(anna)).not.toContain('Ben says');
    await typeAtEnd(anna, ' Anna says: until eleven.');
    await anna.page.waitForTimeout(500);

    await reopen(ben);
    await openPage(ben, 'House rules');
    for (const app of [anna, ben]) {
      await app.page.getByText('Ben says: until midnight.').waitFor();
      await app.page.getByText('Anna says: until eleven.').waitFor();
    }
    expect(await written(anna)).toBe(await written(ben));

    await anna.page.getByText('Ben changed this since you were last here.').waitFor();
    await anna.page.getByRole('button', { name: 'See what changed' }).click();
    const changes = anna.page.getByRole('dialog');
    await changes.locator('ins', { hasText: 'Ben says: until midnight.' }).waitFor();
    await ben.page.getByText('Anna changed this since you were last here.').waitFor();
  });

  it('has the history by who and when, and takes an earlier text back as a new change', async () => {
    const { page } = ben;
    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('dialog');
    await history.getByRole('button', { name: 'All changes' }).click();
    const entries = history.getByRole('listitem');
    await entries.first().waitFor();
    expect(await entries.count()).toBeGreaterThanOrEqual(3);
    await entries.last().getByRole('button').click();
    await history.locator('del, ins').first().waitFor();
    await history.getByRole('button', { name: 'Take this text back' }).click();
    await page
      .getByRole('dialog', { name: 'Take this text back?' })
      .getByRole('button', { name: 'Take this text back' })
      .click();
    await history.getByText('All changes').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await expect.poll(() => written(anna)).not.toContain('Ben says');
    expect(await written(ben)).toContain('After ten we keep it quiet.');
  });

  it('discusses a page', async () => {
    await anna.page.keyboard.press('Escape');
    await anna.page.getByLabel('Write a comment').fill('Shall we vote on this?');
    await anna.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await ben.page.getByText('Shall we vote on this?').waitFor();
  });

  it('reported no fault on either screen', () => {
    expect([...anna.faults, ...ben.faults]).toEqual([]);
  });
});
