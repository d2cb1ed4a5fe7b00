import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { foundNetwork, goTo, openPage, propose, record } from './kit/steps';

const PAGE = 'Letter';

/** What a page can mention of the record, by either menu of the editor; from each one gets back to the page. */
describe('a mention in a page', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start('anna');
    const { page } = app;
    await foundNetwork(app, 'Oak House', 'Anna');
    await propose(app, 'Mend the stairs');
    await record(app, { what: 'A member put in money', amount: '10', memo: 'Tiles in advance' });
    await goTo(app, 'Resources');
    await page.getByRole('link', { name: 'New candidate' }).first().click();
    await page.getByRole('textbox', { name: 'What is it?' }).fill('The old mill');
    await page.getByRole('textbox', { name: 'Asking price' }).fill('100000');
    await page.getByRole('button', { name: 'Sign and put forward' }).click();
    await page.getByRole('heading', { name: 'The old mill', level: 1 }).waitFor();
    await goTo(app, 'Commons');
    await page.getByRole('button', { name: 'Write the first page' }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill(PAGE);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: PAGE, level: 1 }).waitFor();
  }, 120_000);
  afterAll(() => app?.end());

  const text = () => app.page.getByRole('textbox', { name: `Text of “${PAGE}”` });
  const take = async (name: string): Promise<void> => {
    await app.page.getByRole('listbox').getByRole('option', { name, exact: true, selected: true }).waitFor();
    await app.page.keyboard.press('Enter');
    await text().getByRole('link', { name }).waitFor();
  };

  it('is made of a decision, a resource and a ledger entry: after @, and by the menu after /', async () => {
    const { keyboard } = app.page;
    await text().click();
    await keyboard.type('We decide on @Mend the');
    await take('Mend the stairs');
    await keyboard.type(' and look at @The old');
    await take('The old mill');
    await keyboard.type(' and paid /menti');
    await app.page.getByRole('listbox').getByRole('option', { name: 'Mention', selected: true }).waitFor();
    await keyboard.press('Enter');
    await keyboard.type('Tiles');
    await take('Tiles in advance');
    await keyboard.type(' already.');
    expect(await axeFaults(app.page)).toEqual([]);
  });

  it.each(['Mend the stairs', 'The old mill', 'Tiles in advance'])(
    'of “%s” leads there, where the page is named as one that links to it, with the words around',
    async (name) => {
      const { page } = app;
      await openPage(app, PAGE);
      await text().getByRole('link', { name }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      const linked = page.getByRole('region', { name: 'Linked from' });
      await linked.getByText(/We decide on|and look at|and paid/).waitFor();
      expect(await linked.locator('mark').allInnerTexts()).toEqual([name]);
      expect(await axeFaults(page)).toEqual([]);
      await linked.getByRole('link', { name: PAGE }).click();
      await page.getByRole('heading', { name: PAGE, level: 1 }).waitFor();
      expect(app.faults).toEqual([]);
    },
  );

  it('of oneself waits among what needs one until it is followed', async () => {
    const { page } = app;
    const needs = page.getByRole('region', { name: 'What needs you' });
    // How much needs one stands beside its name.
    const goHome = () => page.getByRole('navigation').getByRole('link', { name: /^Home/ }).click();
    await goHome();
    // What there is when one first looks is no news.
    await expect.poll(() => page.evaluate(() => localStorage.getItem('peerhold-mentions'))).toContain('{"of":{');
    expect(await needs.getByText('You are mentioned').count()).toBe(0);
    await openPage(app, PAGE);
    await text().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Ask @Anna');
    await take('Anna');
    await goHome();
    await needs.getByRole('link', { name: `You are mentioned ${PAGE}` }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await needs.getByRole('link', { name: `You are mentioned ${PAGE}` }).click();
    await page.getByRole('heading', { name: PAGE, level: 1 }).waitFor();
    await goHome();
    await needs.getByText('You are mentioned').waitFor({ state: 'detached' });
    expect(app.faults).toEqual([]);
  });
});
