import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { goTo, propose, vote } from './kit/steps';

/** Where whoever founds a network, and uses the keyboard, is after each button: never at nothing. */
describe('the focus', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start('focus');
  });
  afterAll(() => app.end());

  /** The tag of what has the focus, and its own name or text. */
  const focus = () =>
    app.page.evaluate(() => {
      const element = document.activeElement;
      return [element?.tagName, element?.getAttribute('aria-label') ?? element?.textContent?.trim()];
    });

  it('goes to the heading of each step of founding, and of the network that comes of it', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Found a network' }).first().click();
    await page.getByLabel('Name of the network').fill('Oak House');
    await page.getByLabel('What is it for?').fill('To live together.');
    for (const heading of ['Kinds of members', 'Your first protocols', 'You']) {
      await page.getByRole('button', { name: 'Next' }).click();
      await expect.poll(focus).toEqual(['H1', heading]);
    }
    await page.getByLabel('Your name').fill('Anna');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Found the network' }).click();
    await expect.poll(focus).toEqual(['H1', 'Oak House']);
  });

  it('is in the form of an invite when it comes from the first screen, and then at what copies the link', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Invite someone' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite someone' });
    await expect.poll(() => dialog.locator(':focus').count()).toBe(1);
    await dialog.getByRole('button', { name: 'Make the invite' }).click();
    await expect.poll(focus).toEqual(['BUTTON', 'Copy']);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Invites' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it.each(['Write the first page', 'New page'])('is in the text of a page that was made by “%s”', async (button) => {
    const { page } = app;
    await goTo(app, 'Commons');
    await page.getByRole('button', { name: button }).last().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill(`By ${button}`);
    await page.keyboard.press('Enter');
    await expect.poll(focus).toEqual(['DIV', `Text of “By ${button}”`]);
  });

  it('is at how one voted once the form for it is gone', async () => {
    await propose(app, 'Shall we look at the mill?');
    await vote(app, 'Agree');
    await expect.poll(() => app.page.locator(':focus').getByText('Your vote: Agree').count()).toBe(1);
  });

  it('comes before a complaint about an empty sum', async () => {
    const { page } = app;
    await goTo(app, 'Decisions');
    await page.getByRole('link', { name: 'New proposal' }).first().click();
    await page.getByRole('combobox', { name: 'What is it about?' }).selectOption({ label: 'Spending money' });
    const sum = page.getByRole('textbox', { name: 'Up to' });
    await sum.waitFor();
    expect(await page.getByText('An amount above zero.').count()).toBe(0);
    await sum.focus();
    await page.keyboard.press('Tab');
    await page.getByText('An amount above zero.').waitFor();
  });

  it('reports no faults', () => expect(app.faults).toEqual([]));
});
