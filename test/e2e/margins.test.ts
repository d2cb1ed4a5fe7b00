import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { foundNetwork, goTo, joinNetwork, makeInvite, openPage, setOffline } from './kit/steps';

const PAGE = 'House rules';
const WIDE = { width: 1280, height: 900 };
/** A window of 1280 by 900 at a zoom of 200 %. */
const ZOOMED = { width: 640, height: 450 };

const text = (app: App) => app.page.getByRole('textbox', { name: /^Text of/ });
/** What is marked in the text; another's caret in it parts it in two. */
const marked = async (app: App) => (await text(app).locator('mark').allTextContents()).join('');
const margin = (app: App) => app.page.getByRole('region', { name: 'Comments on the text' });
const thread = (app: App, quote: string) =>
  margin(app).getByRole('listitem', { name: `Comments on “${quote}”`, exact: true });

/** The blocks of the page's text, without the names at the others' carets. */
const blocks = (app: App): Promise<string[]> =>
  text(app).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('[aria-hidden]')) caret.remove();
    return [...copy.children].map((each) => each.textContent);
  });

async function newPage(app: App, title: string, lines: readonly string[]): Promise<void> {
  await goTo(app, 'Commons');
  await app.page
    .getByRole('button', { name: /New page|Write the first page/ })
    .first()
    .click();
  await app.page.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  await app.page.getByRole('button', { name: 'Create' }).click();
  await app.page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await text(app).click();
  for (const [index, line] of lines.entries()) {
    if (index > 0) await app.page.keyboard.press('Enter');
    await app.page.keyboard.type(line);
  }
}

/** Selects so many characters of a block from a place in it, and waits until the editor has heard of it. */
async function select(app: App, block: number, from: number, count: number): Promise<void> {
  await text(app).focus();
  await text(app).evaluate(
    (element, [index, start, end]) => {
      const walk = document.createTreeWalker(element.children[index!]!, NodeFilter.SHOW_ALL, (node) =>
        node instanceof Element && node.ariaHidden === 'true' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
      );
      const range = document.createRange();
      range.selectNodeContents(element.children[index!]!);
      range.collapse(true);
      for (let at = 0, node = walk.nextNode(); node !== null; node = walk.nextNode()) {
        if (!(node instanceof Text)) continue;
        if (at <= start! && start! <= at + node.length) range.setStart(node, start! - at);
        if (at <= end! && end! <= at + node.length) range.setEnd(node, end! - at);
        at += node.length;
      }
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
    },
    [block, from, from + count],
  );
}

const toBlock = (app: App, block: number, at = 0): Promise<void> => select(app, block, at, 0);

async function toPage(app: App): Promise<void> {
  await app.page.getByRole('treeitem', { name: PAGE }).click();
  await app.page.getByRole('heading', { name: PAGE, level: 1 }).waitFor();
}

const seeBlocks = (app: App, expected: readonly string[]) => expect.poll(() => blocks(app)).toEqual(expected);

describe('the margin of a page', () => {
  let anna: App;
  let ben: App;

  beforeAll(async () => {
    [anna, ben] = await Promise.all([App.start('anna'), App.start('ben')]);
    await foundNetwork(anna, 'Oak House', 'Anna');
    await joinNetwork(ben, await makeInvite(anna), 'Ben', 'Oak House');
    await newPage(anna, PAGE, ['After ten we keep it quiet.', 'The kitchen is cleaned by whoever cooked.']);
    await openPage(ben, PAGE);
    await ben.page.getByText('The kitchen is cleaned by whoever cooked.').waitFor();
  });
  afterAll(async () => {
    await Promise.all([anna, ben].map((app) => app?.end()));
  });

  it('takes a comment on selected words by the keyboard, and shows it to the other beside the marked passage', async () => {
    const { page } = anna;
    await select(anna, 0, 0, 'After ten'.length);
    await page.keyboard.press('Control+Alt+m');
    const field = page.getByRole('textbox', { name: 'Comment on “After ten”' });
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('Rather eleven?');
    await page.keyboard.press('Control+Enter');
    // Back in the text, without a change of it.
    await expect.poll(() => text(anna).evaluate((element) => element === document.activeElement)).toBe(true);
    await thread(ben, 'After ten').getByText('Rather eleven?').waitFor();
    for (const app of [anna, ben]) await expect.poll(() => marked(app)).toBe('After ten');
    expect(await blocks(ben)).toEqual(['After ten we keep it quiet.', 'The kitchen is cleaned by whoever cooked.']);
  });

  it('keeps it at its passage through what both write apart', async () => {
    await setOffline(ben, true);
    await ben.page.getByText('Offline').first().waitFor();
    await toBlock(ben, 0);
    await ben.page.keyboard.type('Ben: ');
    await toBlock(anna, 0, 'After'.length);
    await anna.page.keyboard.type(' half past');
    await toBlock(ben, 0);
    await ben.page.keyboard.press('Enter');
    await setOffline(ben, false);
    for (const app of [anna, ben]) await expect.poll(() => marked(app)).toBe('After half past ten');
    // Both changed that paragraph, of which more below.
    for (const app of [anna, ben]) {
      await app.page.getByRole('button', { name: 'Leave it as it is now' }).click();
      await app.page.getByRole('button', { name: 'Leave it as it is now' }).waitFor({ state: 'detached' });
    }
  });

  it('is answered, resolved, looked at and reopened', async () => {
    await thread(ben, 'After ten').getByRole('button', { name: 'Reply' }).click();
    await ben.page.keyboard.type('Eleven is fine.');
    await ben.page.keyboard.press('Control+Enter');
    await thread(anna, 'After ten').getByText('Eleven is fine.').waitFor();
    await thread(anna, 'After ten').getByRole('button', { name: 'Resolve' }).click();
    for (const app of [anna, ben]) {
      await thread(app, 'After ten').waitFor({ state: 'detached' });
      await expect.poll(() => marked(app)).toBe('');
    }
    await ben.page.getByRole('button', { name: 'Show one that is resolved' }).click();
    await thread(ben, 'After ten').getByText('Resolved by').waitFor();
    await thread(ben, 'After ten').getByRole('button', { name: 'Reopen' }).click();
    await thread(anna, 'After ten').waitFor();
    await expect.poll(() => marked(anna)).toBe('After half past ten');
  });

  it('is gone to from the text, and back, by the keyboard', async () => {
    const { page } = anna;
    await toBlock(anna, 1, 'Ben: '.length + 2);
    await page.keyboard.press('Control+Alt+m');
    const item = thread(anna, 'After ten');
    await expect.poll(() => item.evaluate((element) => element === document.activeElement)).toBe(true);
    await item.getByRole('button', { name: 'Show in the text' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => text(anna).evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('After half past ten');
  });

  it('has no fault that axe finds, and fits a zoom of 200 %', async () => {
    expect(await axeFaults(anna.page)).toEqual([]);
    await anna.page.setViewportSize(ZOOMED);
    const sizes = () =>
      anna.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    const [wide, window] = await sizes();
    expect(wide).toBeLessThanOrEqual(window!);
    await thread(anna, 'After ten').getByText('Rather eleven?').waitFor();
    await anna.page.setViewportSize(WIDE);
  });

  it('says that the passage was deleted, with its words, and lets one’s own comment be deleted', async () => {
    await select(ben, 2, 0, 'The kitchen'.length);
    await ben.page.getByRole('button', { name: 'Comment on the selected words' }).click();
    await ben.page.keyboard.type('Only the kitchen?');
    await ben.page.getByRole('button', { name: 'Comment', exact: true }).first().click();
    await thread(anna, 'The kitchen').waitFor();
    await select(anna, 2, 0, 'The kitchen '.length);
    await anna.page.keyboard.press('Delete');
    for (const app of [anna, ben]) {
      await thread(app, 'The kitchen').getByText('The passage was deleted.').waitFor();
      await thread(app, 'The kitchen').getByText('The kitchen', { exact: true }).waitFor();
    }
    await thread(ben, 'The kitchen').getByRole('button', { name: 'Delete' }).click();
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await thread(anna, 'The kitchen').waitFor({ state: 'detached' });
  });

  it('names a state, compares any two, side by side too, and takes one back without what others write meanwhile', async () => {
    const { page } = anna;
    const drawer = page.getByRole('dialog', { name: 'History' });
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await all(anna);
    await drawer.getByRole('button', { name: 'Name the text as it is now' }).click();
    await drawer.getByRole('textbox', { name: 'Name of the version' }).fill('As agreed in May');
    await drawer.getByRole('button', { name: 'Save the name' }).click();
    await drawer.getByRole('list', { name: 'Named versions' }).getByText('As agreed in May').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    const before = await blocks(anna);

    await toBlock(anna, 2);
    await page.keyboard.type('Always ');
    await seeBlocks(ben, [...before.slice(0, 2), `Always ${before[2]!}`]);
    await setOffline(ben, true);
    await ben.page.getByText('Offline').first().waitFor();
    await toBlock(ben, 1, before[1]!.length);
    await ben.page.keyboard.type(' Ben adds this.');
    await seeBlocks(ben, [before[0]!, `${before[1]!} Ben adds this.`, `Always ${before[2]!}`]);

    await page.getByRole('button', { name: 'History', exact: true }).click();
    await all(anna);
    await drawer.getByRole('button', { name: /As agreed in May/ }).click();
    await drawer.locator('ins', { hasText: 'Always' }).waitFor();
    await drawer.getByText('Side by side', { exact: true }).click();
    await drawer.locator('ins', { hasText: 'Always' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    // Any two: with the first change there is.
    const other = drawer.getByRole('combobox', { name: 'Compare with' });
    await other.selectOption(await other.locator('option').last().getAttribute('value'));
    await drawer.locator('del', { hasText: 'Ben:' }).first().waitFor();
    await drawer.getByRole('button', { name: 'Take this text back' }).click();
    await page
      .getByRole('dialog', { name: 'Take this text back?' })
      .getByRole('button', { name: 'Take this text back' })
      .click();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await seeBlocks(anna, before);
    expect(await marked(anna)).toBe('After half past ten');

    await setOffline(ben, false);
    const merged = [before[0]!, `${before[1]!} Ben adds this.`, before[2]!];
    for (const app of [anna, ben]) await seeBlocks(app, merged);
    for (const app of [anna, ben]) await expect.poll(() => marked(app)).toBe('After half past ten');
    // What came after is in the history.
    await ben.page.getByRole('button', { name: 'History', exact: true }).click();
    await all(ben);
    const his = ben.page.getByRole('dialog', { name: 'History' });
    await his.getByRole('list', { name: 'Named versions' }).getByText('As agreed in May').waitFor();
    expect(await his.getByRole('list', { name: 'History' }).getByRole('listitem').count()).toBeGreaterThanOrEqual(3);
    await ben.page.keyboard.press('Escape');
    await his.waitFor({ state: 'detached' });
  });

  it('brings a deleted page back with what is under it, its comments and its files, also to who was away', async () => {
    await openPage(anna, PAGE);
    await anna.page.getByRole('button', { name: 'Page actions' }).click();
    await anna.page.getByRole('menuitem', { name: 'Add a page under this one' }).click();
    await anna.page.getByRole('textbox', { name: 'Title', exact: true }).fill('Cleaning plan');
    await anna.page.getByRole('button', { name: 'Create' }).click();
    await anna.page.getByRole('heading', { name: 'Cleaning plan', level: 1 }).waitFor();
    await toPage(anna);
    const chooser = anna.page.waitForEvent('filechooser');
    await anna.page.getByRole('button', { name: 'Attach a file' }).click();
    await (await chooser).setFiles({ name: 'rota.txt', mimeType: 'text/plain', buffer: Buffer.from('Monday: Anna') });
    await anna.page.getByText('rota.txt').first().waitFor();
    await ben.page.getByText('rota.txt').first().waitFor();
    await setOffline(ben, true);
    await ben.page.getByText('Offline').first().waitFor();

    await anna.page.getByRole('button', { name: 'Page actions' }).click();
    await anna.page.getByRole('menuitem', { name: 'Delete' }).click();
    await anna.page.getByText('This page was deleted').waitFor();
    const level = (app: App) => app.page.getByRole('treeitem', { name: 'Cleaning plan' }).getAttribute('aria-level');
    await expect.poll(() => level(anna)).toBe('1');
    await setOffline(ben, false);
    await ben.page.getByText('This page was deleted').waitFor();
    await expect.poll(() => level(ben)).toBe('1');
    // It can still be read, with its comments, and not written on.
    await thread(ben, 'After ten').getByText('Rather eleven?').waitFor();
    expect(await ben.page.getByRole('toolbar').count()).toBe(0);

    await ben.page.getByRole('button', { name: 'One deleted page' }).click();
    await ben.page.getByRole('button', { name: `Restore “${PAGE}”` }).click();
    await ben.page.keyboard.press('Escape');
    for (const app of [anna, ben]) {
      await toPage(app);
      // Unfolded, if it is not.
      await app.page.getByRole('treeitem', { name: PAGE }).press('ArrowRight');
      await expect.poll(() => level(app)).toBe('2');
      await thread(app, 'After ten').getByText('Eleven is fine.').waitFor();
      await app.page.getByText('rota.txt').first().waitFor();
      await text(app).waitFor();
      await expect.poll(() => marked(app)).toBe('After half past ten');
    }
  });

  it('shows two who changed one paragraph apart what each wrote, and lets them settle it', async () => {
    for (const app of [anna, ben]) await toPage(app);
    const before = (await blocks(anna))[2]!;
    await setOffline(ben, true);
    await ben.page.getByText('Offline').first().waitFor();
    await anna.page
      .getByText(/Nobody connected/)
      .first()
      .waitFor();
    await toBlock(anna, 2);
    await anna.page.keyboard.type('Anna says: ');
    await toBlock(ben, 2);
    await ben.page.keyboard.type('Ben says: ');
    // Changed by one only: nothing to settle.
    await toBlock(ben, 0);
    await setOffline(ben, false);
    const notice = (app: App, who: string) =>
      app.page.getByRole('status').filter({ hasText: `${who} and you both changed this paragraph while apart` });
    await notice(anna, 'Ben').waitFor();
    await notice(ben, 'Anna').waitFor();
    for (const app of [anna, ben]) await expect.poll(async () => (await blocks(app))[2]).toContain('Ben says: ');
    await notice(ben, 'Anna').getByRole('button', { name: 'Show both' }).click();
    for (const words of ['Anna says: ', 'Ben says: '])
      // As each wrote it, and as it is now.
      await expect.poll(() => notice(ben, 'Anna').locator('ins', { hasText: words }).count()).toBe(2);
    expect(await axeFaults(ben.page)).toEqual([]);
    await notice(ben, 'Anna').getByRole('button', { name: 'Take mine' }).click();
    await notice(ben, 'Anna').waitFor({ state: 'detached' });
    for (const app of [anna, ben]) await expect.poll(async () => (await blocks(app))[2]).toBe(`Ben says: ${before}`);
    // It waits for her, also across a restart.
    await anna.page.reload();
    await anna.page.getByRole('heading', { name: PAGE, level: 1 }).waitFor();
    await notice(anna, 'Ben').getByRole('button', { name: 'Take mine' }).click();
    for (const app of [anna, ben]) await expect.poll(async () => (await blocks(app))[2]).toBe(`Anna says: ${before}`);
    await notice(anna, 'Ben').waitFor({ state: 'detached' });
  });

  it('takes comments on a protocol that is being drafted, too', async () => {
    await goTo(anna, 'Agreement');
    await anna.page.getByRole('tab', { name: 'Draft' }).click();
    await anna.page.getByRole('button', { name: 'Start from the version in force' }).click();
    await anna.page.getByRole('button', { name: 'Write: How we decide' }).click();
    await text(anna).waitFor();
    await toBlock(anna, 0);
    // The key comes before the editor has heard what is selected, as on a busy machine.
    const words = await text(anna).evaluate((element) => {
      const first = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!;
      getSelection()?.setBaseAndExtent(first, 0, first, first.textContent!.indexOf(' '));
      const key = { key: 'm', code: 'KeyM', keyCode: 77, ctrlKey: true, altKey: true, bubbles: true, cancelable: true };
      element.dispatchEvent(new KeyboardEvent('keydown', key));
      return getSelection()!.toString();
    });
    const field = anna.page.getByRole('textbox', { name: `Comment on “${words}”` });
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await anna.page.keyboard.type('Is this clear?');
    await anna.page.keyboard.press('Control+Enter');
    await goTo(ben, 'Agreement');
    await ben.page.getByRole('tab', { name: 'Draft' }).click();
    await thread(ben, words).getByText('Is this clear?').waitFor();
    await thread(ben, words).getByRole('button', { name: 'Resolve' }).click();
    await thread(anna, words).waitFor({ state: 'detached' });
  });

  it('reported no fault on either screen', () => {
    expect([...anna.faults, ...ben.faults]).toEqual([]);
  });
});

/** From what is new to all changes, where the history begins with that. */
async function all(app: App): Promise<void> {
  const drawer = app.page.getByRole('dialog', { name: 'History' });
  const back = drawer.getByRole('button', { name: 'All changes' });
  await drawer
    .getByText(/Choose a state/)
    .or(back)
    .first()
    .waitFor();
  if (await back.isVisible()) await back.click();
  await drawer.getByText(/Choose a state/).waitFor();
}
