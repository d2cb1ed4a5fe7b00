import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { foundNetwork, goTo, vote } from './kit/steps';

const text = (app: App) => app.page.getByRole('textbox', { name: /^Text of/ });
const dialog = (app: App) => app.page.getByRole('dialog');
const linkedFrom = (app: App) => app.page.getByRole('region', { name: 'Linked from' });
const tree = (app: App) => app.page.getByRole('tree', { name: 'Pages' }).getByRole('treeitem');

async function newPage(app: App, title: string, template?: string): Promise<void> {
  const { page } = app;
  await page.getByRole('button', { name: 'New page' }).first().click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  if (template !== undefined) await page.getByLabel('Begin with').selectOption({ label: template });
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await text(app).waitFor();
}

/** From a page, above which the commons is named as well. */
async function toCommons(app: App): Promise<void> {
  await app.page.getByRole('navigation', { name: 'Where this page is' }).getByRole('link', { name: 'Commons' }).click();
  await app.page.getByRole('heading', { name: 'Commons', level: 1 }).waitFor();
}

async function choose(app: App, item: string): Promise<void> {
  await app.page.getByRole('button', { name: 'Page actions' }).click();
  await app.page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Does something that ends in a file being saved, and gives its name and its content. */
async function saved(app: App, folder: string, act: () => Promise<void>): Promise<{ name: string; file: string }> {
  const downloaded = app.page.waitForEvent('download');
  await act();
  const download = await downloaded;
  const name = download.suggestedFilename();
  const file = join(folder, name);
  await download.saveAs(file);
  return { name, file };
}

describe('pages', () => {
  let app: App;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerhold-pages-'));
    app = await App.start('anna');
    await foundNetwork(app, 'Oak House', 'Anna');
    await goTo(app, 'Commons');
  });
  afterAll(async () => {
    await app?.end();
    await rm(folder, { recursive: true, force: true });
  });

  it('begin with a template, and as one that a member has made', async () => {
    await newPage(app, 'May meeting', 'Meeting notes');
    await text(app).getByRole('heading', { name: 'Who does what until when' }).waitFor();
    expect(await text(app).getByRole('columnheader').allInnerTexts()).toEqual(['What', 'Who', 'Until']);
    await newPage(app, 'How we clean');
    await text(app).click();
    await app.page.keyboard.type('First the stairs.');
    await choose(app, 'Use as a template');
    await app.page.getByText('New pages can begin as this one is.').waitFor();
    await newPage(app, 'How we paint', 'How we clean');
    await text(app).getByText('First the stairs.').waitFor();
  });

  it('know what links to them, and follow it', async () => {
    const { page } = app;
    await newPage(app, 'The roof');
    await linkedFrom(app).getByText('Nothing links here yet', { exact: false }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await newPage(app, 'Letter');
    await text(app).click();
    await page.keyboard.type('We have seen [[The roof');
    await page.getByRole('listbox').getByRole('option', { name: 'The roof', exact: true, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' and it leaks.');
    await text(app).getByRole('link', { name: 'The roof' }).waitFor();
    await tree(app).filter({ hasText: 'The roof' }).click();
    await page.getByRole('heading', { name: 'The roof', level: 1 }).waitFor();
    const link = linkedFrom(app).getByRole('link', { name: 'Letter' });
    await link.waitFor();
    expect(await linkedFrom(app).locator('mark').allInnerTexts()).toEqual(['The roof']);
    await linkedFrom(app).getByText('We have seen The roof and it leaks.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await link.click();
    await page.getByRole('heading', { name: 'Letter', level: 1 }).waitFor();
  });

  it('are named by the protocol that they mention, where it is read', async () => {
    const { page } = app;
    await tree(app).filter({ hasText: 'How we paint' }).click();
    await page.getByRole('heading', { name: 'How we paint', level: 1 }).waitFor();
    await text(app).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' As in @How we deci');
    await page.getByRole('listbox').getByRole('option', { name: 'How we decide', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await text(app).getByRole('link', { name: 'How we decide' }).click();
    const protocol = page.getByRole('region', { name: 'How we decide' });
    await protocol.getByRole('button', { name: 'Linked from one text: How we decide' }).click();
    await protocol.getByText('As in How we decide').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await protocol.getByRole('link', { name: 'How we paint' }).click();
    await page.getByRole('heading', { name: 'How we paint', level: 1 }).waitFor();
    await tree(app).filter({ hasText: 'Letter' }).click();
    await page.getByRole('heading', { name: 'Letter', level: 1 }).waitFor();
  });

  it('are moved in the tree by keys and by dragging, and are found with where they are', async () => {
    const { page } = app;
    const item = (name: string) => tree(app).filter({ hasText: name });
    const lines = () => tree(app).evaluateAll((all) => all.map((each) => `${each.ariaLevel} ${each.textContent}`));
    const before = await lines();
    await item('Letter').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(lines).toContain('2 Letter');
    expect(await item('Letter').evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Search titles' }).fill('letter');
    const above = before[before.indexOf('1 Letter') - 1]!.slice(2);
    await expect.poll(lines).toEqual([`1 Letter${above}`]);
    await page.getByRole('textbox', { name: 'Search titles' }).fill('');
    await item('Letter').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(lines).toEqual(before);
    const box = (await item('May meeting').boundingBox())!;
    await item('Letter').dragTo(item('May meeting'), { targetPosition: { x: box.width / 2, y: 2 } });
    await expect.poll(async () => (await lines())[0]).toBe('1 Letter');
    await page.getByRole('button', { name: 'Page actions' }).click();
    await page.getByRole('menuitem', { name: 'Move' }).click();
    await dialog(app).getByRole('combobox', { name: 'Place there' }).selectOption({ label: 'Last' });
    await dialog(app).getByRole('button', { name: 'Move', exact: true }).click();
    await expect.poll(lines).toEqual(before);
  });

  it('have tags by the keyboard alone, are listed and found by them', async () => {
    const { page } = app;
    const field = page
      .getByRole('combobox', { name: 'Add a tag' })
      .or(page.getByRole('textbox', { name: 'Add a tag' }));
    await field.focus();
    await page.keyboard.type('Winter work');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take off the tag “Winter work”' }).waitFor();
    await page.keyboard.type('garden');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take off the tag “garden”' }).waitFor();
    await tree(app).filter({ hasText: 'The roof' }).click();
    await page.getByRole('heading', { name: 'The roof', level: 1 }).waitFor();
    await field.focus();
    await page.keyboard.type('win');
    await page.getByRole('option', { name: 'Winter work' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take off the tag “Winter work”' }).waitFor();
    expect(await field.inputValue()).toBe('');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Winter work', exact: true }).click();
    await expect.poll(() => tree(app).allInnerTexts()).toEqual(['The roof', 'Letter']);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take off the tag “Winter work”' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => tree(app).allInnerTexts()).toEqual(['Letter']);
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Show all pages' }).click();
    await expect.poll(() => tree(app).count()).toBe(5);
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: 'Search in this network' }).fill('garden');
        const found = await dialog(app).getByRole('option').allInnerTexts();
        await page.keyboard.press('Escape');
        await dialog(app).waitFor({ state: 'detached' });
        return found.join();
      })
      .toContain('Letter');
  });

  it('leave as Markdown and as HTML, one by one', async () => {
    const { page } = app;
    await tree(app).filter({ hasText: 'Letter' }).click();
    await page.getByRole('heading', { name: 'Letter', level: 1 }).waitFor();
    await choose(app, 'Export or print');
    await dialog(app).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const markdown = await saved(app, folder, () => page.getByRole('button', { name: 'Markdown (.md)' }).click());
    expect(markdown.name).toBe('Letter.md');
    expect(await readFile(markdown.file, 'utf8')).toMatch(
      /^We have seen \[@The roof\]\(peerhold:page\/[0-9a-f]{24}\) and it leaks\.\n$/,
    );
    await page.getByText('Saved: Letter.md').waitFor();
    const html = await saved(app, folder, () => page.getByRole('button', { name: 'Web page (.html)' }).click());
    expect(html.name).toBe('Letter.html');
    expect(await readFile(html.file, 'utf8')).toContain('<p dir="auto">We have seen The roof and it leaks.</p>');
    await page.keyboard.press('Escape');
    await dialog(app).waitFor({ state: 'detached' });
  });

  it('are printed as their text alone', async () => {
    const { page } = app;
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('heading', { name: 'Letter', level: 1 }).waitFor();
    await text(app).getByText('We have seen').waitFor();
    for (const name of ['Pages', 'Add a tag', 'Files', 'Linked from', 'Discussion', 'Page actions'])
      expect(
        await page
          .getByText(name, { exact: true })
          .or(page.getByLabel(name, { exact: true }))
          .locator('visible=true')
          .count(),
      ).toBe(0);
    expect(await page.getByRole('toolbar').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('toolbar').first().waitFor();
  });

  it('leave all together, and come back as they were beside what is there', async () => {
    const { page } = app;
    await toCommons(app);
    const all = await saved(app, folder, () => page.getByRole('button', { name: 'Export the commons' }).click());
    expect(all.name).toMatch(/^Oak House \d{4}-\d\d-\d\d\.zip$/);
    await page.getByText('5 pages').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const copied = Object.keys(unzipSync(await readFile(all.file))).filter((path) => path.includes('.record/'));
    expect(copied).toContain('Agreement, decisions, discussions.record/Agreement, version 1.md');
    await page.getByRole('button', { name: 'Import pages' }).click();
    await dialog(app).locator('input[type=file][multiple]').first().setInputFiles(all.file);
    await page.getByText('These pages will be made').waitFor();
    expect(
      await dialog(app).getByRole('group', { name: 'These pages will be made' }).getByRole('listitem').allInnerTexts(),
    ).toEqual(['May meeting', 'How we clean', 'How we paint', 'The roof', 'Letter']);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make 5 pages' }).click();
    await page.getByText('Imported', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Open the first page' }).click();
    await page.getByRole('heading', { name: 'May meeting', level: 1 }).waitFor();
    await expect.poll(() => tree(app).count()).toBe(10);
    await tree(app).filter({ hasText: 'The roof' }).last().click();
    await page.getByRole('heading', { name: 'The roof', level: 1 }).waitFor();
    await linkedFrom(app).getByRole('link', { name: 'Letter' }).click();
    await page.getByRole('heading', { name: 'Letter', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Take off the tag “Winter work”' }).waitFor();
  });

  it('of other programs come in without what would do harm, and what is left out is said', async () => {
    const { page } = app;
    await toCommons(app);
    await page.getByRole('button', { name: 'Import pages' }).click();
    const html =
      '<h1>From elsewhere</h1><script>document.title = "stolen"</script><p onclick="x()">Words <a href="javascript:x()">here</a></p>';
    await dialog(app)
      .locator('input[type=file][multiple]')
      .first()
      .setInputFiles([
        { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from(html) },
        { name: 'broken.md', mimeType: 'text/markdown', buffer: Buffer.from([0x61, 0xff]) },
      ]);
    await page.getByText('One file is left out:').waitFor();
    await page.getByText('It is not text that can be read: save it as UTF-8.').waitFor();
    await page.getByRole('button', { name: 'Make one page' }).click();
    await page.getByRole('link', { name: 'Open the first page' }).click();
    await page.getByRole('heading', { name: 'From elsewhere', level: 1 }).waitFor();
    await text(app).getByText('Words here').waitFor();
    expect(await text(app).getByRole('link').count()).toBe(0);
  });

  it('become public by a decision, as they were then, leave for the web and are taken back', async () => {
    const { page } = app;
    await toCommons(app);
    await page.getByText('No page is public.').waitFor();
    await newPage(app, 'Open day');
    await page.getByText('For members', { exact: true }).waitFor();
    await text(app).click();
    await page.keyboard.type('Come on Sunday.');
    await page.getByRole('button', { name: 'Make public…' }).click();
    await dialog(app).getByText('Come on Sunday.').waitFor();
    await dialog(app).getByText('Members decide on this: Important matters.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await dialog(app).getByRole('button', { name: 'Propose to make it public' }).click();
    await page.getByRole('heading', { name: 'Make the page “Open day” public', level: 1 }).waitFor();
    await page.getByRole('group', { name: 'The public text' }).getByText('Come on Sunday.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await vote(app, 'Agree');
    // Seals come by themselves.
    await page.getByText('This text of a page is public.').waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'The page as it is now' }).click();
    await page.getByText('Public', { exact: true }).waitFor();
    await text(app).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' Ben pays.');
    await page.getByText('Public, changed since', { exact: true }).waitFor();

    await toCommons(app);
    await page.getByRole('region', { name: 'Public pages' }).getByRole('link', { name: 'Open day' }).waitFor();
    const all = await saved(app, folder, () => page.getByRole('button', { name: 'Export all that is public' }).click());
    expect(all.name).toBe('Public pages.zip');
    const site = unzipSync(await readFile(all.file));
    expect(Object.keys(site).sort()).toEqual(['Open day.html', 'index.html']);
    const html = Buffer.from(site['Open day.html']!).toString();
    expect(html).toContain('Come on Sunday.');
    expect(html).not.toContain('Ben');
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('region', { name: 'Public pages' }).getByRole('link', { name: 'Open day' }).click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await dialog(app).getByText('It is for members only again, at once').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await dialog(app).getByRole('button', { name: 'Take back' }).click();
    await page.getByText('It was taken back.').waitFor();
    await page.getByText('For members', { exact: true }).waitFor();
  });

  it('reported no fault', () => expect(app.faults).toEqual([]));
});
