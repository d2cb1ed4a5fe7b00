import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { foundNetwork, goTo, propose } from './kit/steps';

const field = (app: App) => app.page.getByRole('combobox', { name: 'Search in this network' });
const options = (app: App) => app.page.getByRole('dialog').getByRole('option');
const chosen = (app: App) => app.page.getByRole('dialog').getByRole('option', { selected: true });

async function newPage(app: App, title: string, words: string): Promise<void> {
  const { page } = app;
  const button = page.getByRole('button', { name: 'New page' }).first();
  if (!(await button.isVisible())) await goTo(app, 'Commons');
  await button.click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await page.getByRole('textbox', { name: `Text of “${title}”` }).click();
  await page.keyboard.type(words);
}

describe('search', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start('anna');
    await foundNetwork(app, 'Oak House', 'Anna');
  });
  afterAll(() => app?.end());

  it('takes what one goes on typing before it has opened, and none of it is left where one was', async () => {
    const { page } = app;
    await newPage(app, 'Cellar', 'Dry.');
    const comment = page.getByRole('textbox', { name: 'Write a comment' });
    for (const words of ['potatoes', 'jam']) {
      await comment.focus();
      await page.keyboard.press('Control+k');
      await page.keyboard.type(words);
      await expect.poll(() => field(app).inputValue()).toBe(words);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await comment.inputValue()).toBe('');
    }
  });

  it('finds by its third letter what was just written, and opens it by the keyboard alone', async () => {
    const { page } = app;
    await newPage(app, 'Minutes of May', 'We looked at the chimney and the well.');
    await newPage(app, 'Chickens', 'They need a house.');
    await goTo(app, 'Home');
    await page.keyboard.press('Control+k');
    await field(app).waitFor();
    expect(await field(app).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('chi');
    // A title comes before a text; the last line leads to all results.
    await expect.poll(() => options(app).count()).toBe(3);
    expect(await chosen(app).innerText()).toContain('Chickens');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => chosen(app).innerText()).toContain('We looked at the chimney and the well.');
    expect(await chosen(app).locator('mark').allInnerTexts()).toEqual(['chimney']);
    expect(await field(app).getAttribute('aria-activedescendant')).toBe(await chosen(app).getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Minutes of May', level: 1 }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is left with Escape, back to where one was, and says so where nothing is found', async () => {
    const { page } = app;
    const opener = page.getByRole('button', { name: 'Search', exact: true });
    await opener.focus();
    await page.keyboard.press('Enter');
    await field(app).fill('xylophone');
    await page.getByText('Nothing found for “xylophone”').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('finds in every kind of text, and takes a slip for what was meant', async () => {
    const { page } = app;
    await propose(app, 'Sweep the chimney');
    await page.getByLabel('Write a comment').fill('The chimney is clean.');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.keyboard.press('Control+k');
    await field(app).fill('chimney');
    const groups = page.getByRole('dialog').getByRole('group');
    await expect.poll(() => groups.count()).toBe(3);
    for (const [name, words] of [
      ['Proposals', 'Sweep the chimney'],
      ['Discussions', 'The chimney is clean.'],
      ['Pages', 'We looked at the chimney and the well.'],
    ] as const)
      await page.getByRole('dialog').getByRole('group', { name }).getByText(words).waitFor();
    // A title comes before any text.
    expect(await groups.first().innerText()).toContain('Sweep the chimney');
    await field(app).fill('chimny');
    await page.getByText('Nothing has exactly these words. These have similar ones.').waitFor();
    await expect.poll(() => options(app).first().locator('mark').allInnerTexts()).toEqual(['chimney']);
  });

  it('has no fault that axe can find, in the dialog and on the page of all results', async () => {
    const { page } = app;
    await field(app).fill('chi');
    await expect.poll(() => options(app).count()).toBe(5);
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
    expect(page.url()).toMatch(/\/search\?q=chi$/);
    await page.getByText('Pages (2)').click();
    await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(2);
    expect(page.url()).toMatch(/\/search\?q=chi&kind=page$/);
    await page.getByRole('link', { name: /^Chickens/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('follows what is deleted', async () => {
    const { page } = app;
    await page.getByRole('link', { name: /^Chickens/ }).click();
    await page.getByRole('heading', { name: 'Chickens', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Page actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('This page was deleted').waitFor();
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Control+k');
          await field(app).fill('chickens');
          await options(app).first().waitFor();
          const shown = await options(app).first().innerText();
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
          return shown;
        },
        { timeout: 10_000 },
      )
      .toContain('(deleted)');
  });

  it('reported no fault', () => expect(app.faults).toEqual([]));
});
