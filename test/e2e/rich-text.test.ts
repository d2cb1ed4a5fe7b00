import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { foundNetwork, goTo, joinNetwork, makeInvite } from './kit/steps';

const WIDE = { width: 1280, height: 900 };
/** A window of 1280 by 900 at a zoom of 200 %. */
const ZOOMED = { width: 640, height: 450 };

const text = (app: App) => app.page.getByRole('textbox', { name: /^Text of/ });
const menu = (app: App) => app.page.getByRole('listbox');

async function openPage(app: App, title: string): Promise<void> {
  await app.page.getByRole('treeitem', { name: title, exact: true }).click();
  await text(app).waitFor();
}

/** Types what finds an item of the list at the caret, and takes it. */
async function take(app: App, typed: string, item: string): Promise<void> {
  const { keyboard } = app.page;
  await keyboard.type(typed);
  await menu(app).getByRole('option', { name: item, exact: true, selected: true }).waitFor();
  await keyboard.press('Enter');
  await menu(app).waitFor({ state: 'detached' });
}

const keys = async (app: App, ...names: readonly string[]): Promise<void> => {
  for (const name of names) await app.page.keyboard.press(name);
};

describe('rich text', () => {
  let anna: App;
  let ben: App;

  beforeAll(async () => {
    [anna, ben] = await Promise.all([App.start('anna'), App.start('ben')]);
    await foundNetwork(anna, 'Oak House', 'Anna');
    await joinNetwork(ben, await makeInvite(anna), 'Ben', 'Oak House');
    await goTo(anna, 'Commons');
    await anna.page.getByRole('button', { name: 'Write the first page' }).click();
    await anna.page.getByRole('textbox', { name: 'Title', exact: true }).fill('The roof');
    await anna.page.getByRole('button', { name: 'Create' }).click();
    await text(anna).focus();
    await goTo(ben, 'Commons');
    await openPage(ben, 'The roof');
  });
  afterAll(async () => {
    await Promise.all([anna, ben].map((app) => app?.end()));
  });

  it('has a list of what can be put in that can be reached to its end, however short the text is', async () => {
    await anna.page.getByRole('button', { name: 'Put in' }).click();
    // Whether a click would meet it: cut off by the editor's frame it would not.
    await anna.page.getByRole('menuitem').last().click({ trial: true });
    await keys(anna, 'Escape');
    await text(anna).focus();
  });

  it('has every kind of block, put in by the keyboard alone', async () => {
    const { keyboard } = anna.page;
    await keyboard.type('/');
    await menu(anna).waitFor();
    expect(await text(anna).getAttribute('aria-controls')).toBe(await menu(anna).getAttribute('id'));
    await take(anna, 'head', 'Heading 1');
    await keyboard.type('A new roof');
    await keys(anna, 'Enter');
    await take(anna, '/task', 'Check list');
    await keyboard.type('Call the roofer');
    await keys(anna, 'Enter', 'Tab');
    await keyboard.type('Ask for two offers');
    await keys(anna, 'Control+Enter', 'Enter', 'Enter', 'Enter');
    await take(anna, '/warn', 'Warning');
    await keyboard.type('Nobody climbs on it.');
    await keys(anna, 'Enter', 'Enter');
    await keyboard.type('```js');
    await keys(anna, 'Enter');
    await keyboard.type('roof();');
    await keys(anna, 'Enter', 'Enter', 'Enter');
    await keyboard.type('> Said so.');
    await keys(anna, 'Enter', 'Enter');
    await keyboard.type('---');
    await keyboard.type('~~Last year~~ we waited.');
    await keys(anna, 'Enter');
    await keyboard.type('- [ ] Typed');
    await keys(anna, 'Enter', 'Enter');
    await take(anna, '/table', 'Table');
    for (const cell of ['What', 'Cost', 'Who', 'Tiles', '12']) {
      await keyboard.type(cell);
      await keys(anna, 'Tab');
    }
    await take(anna, '/column a', 'Column after');
    await take(anna, '/row b', 'Row below');
    // Down the rows, and out of the table below the last.
    await keys(anna, 'Enter', 'Enter', 'Enter');
    await keyboard.type('Ask ');
    await take(anna, '@be', 'Ben');
    await keyboard.type('and see ');
    await take(anna, '[[Roof plan', 'Make the page “Roof plan”');
  });

  it('is on the other’s screen as it was written', async () => {
    const shown = text(ben);
    await shown.getByRole('heading', { name: 'A new roof', level: 1 }).waitFor();
    const todo = shown.getByRole('checkbox', { name: 'Done: Call the roofer' });
    expect(await todo.isChecked()).toBe(false);
    expect(await shown.getByRole('checkbox', { name: 'Done: Ask for two offers' }).isChecked()).toBe(true);
    await shown.getByRole('checkbox', { name: 'Done: Typed' }).waitFor();
    await shown.getByRole('note', { name: 'Warning' }).getByText('Nobody climbs on it.').waitFor();
    await shown.locator('pre', { hasText: 'roof();' }).waitFor();
    await shown.locator('blockquote', { hasText: 'Said so.' }).waitFor();
    await shown.locator('s', { hasText: 'Last year' }).waitFor();
    expect(await shown.locator('hr').count()).toBe(1);
    await shown.getByRole('link', { name: 'Ben' }).waitFor();
    await shown.getByRole('link', { name: 'Roof plan' }).waitFor();
    await expect.poll(() => shown.getByRole('columnheader').count()).toBe(4);
    expect(await shown.getByRole('row').count()).toBe(4);
    expect(await shown.getByRole('row').nth(1).innerText()).toContain('Tiles');
  });

  it('a box that one ticks is ticked for the other', async () => {
    const name = 'Done: Call the roofer';
    await text(ben).getByRole('checkbox', { name }).click();
    await expect.poll(() => text(anna).getByRole('checkbox', { name }).isChecked()).toBe(true);
  });

  it('a mention has the name that its page has now, and leads there', async () => {
    await openPage(ben, 'Roof plan');
    const { page } = ben;
    await page.getByRole('button', { name: 'Page actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Plan of the roof');
    await page.getByRole('button', { name: 'Save' }).click();
    const link = text(anna).getByRole('link', { name: 'Plan of the roof' });
    await link.click();
    await anna.page.getByRole('heading', { name: 'Plan of the roof', level: 1 }).waitFor();
    await Promise.all([openPage(anna, 'The roof'), openPage(ben, 'The roof')]);
    expect(await text(anna).innerText()).not.toContain('Roof plan');
  });

  it('a picture and a file that one pastes are the other’s to fetch', async () => {
    await text(anna).focus();
    await keys(anna, 'Control+End');
    await paste(anna, 'roof.png', 'image/png', PICTURE);
    await text(anna).getByRole('button', { name: 'Describe the picture' }).click();
    await anna.page.getByLabel('What is to be seen').fill('The roof from the east');
    await keys(anna, 'Enter');
    await text(anna).getByRole('img', { name: 'The roof from the east' }).waitFor();
    const absent = text(ben).getByRole('group', { name: 'The roof from the east' });
    await absent.getByText('On another device that is connected now').waitFor();
    await absent.getByRole('button', { name: /^Fetch/ }).click();
    const image = text(ben).getByRole('img', { name: 'The roof from the east' });
    await image.waitFor();
    expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(4);

    await text(ben).focus();
    await keys(ben, 'Control+End');
    await paste(ben, 'offer.txt', 'text/plain', Buffer.from('We offer.'));
    await text(ben).getByRole('group', { name: 'offer.txt' }).getByText('On this device').waitFor();
    await ben.page.keyboard.type('That is the offer.');
    await text(anna)
      .getByRole('group', { name: 'offer.txt' })
      .getByRole('button', { name: /^Fetch/ })
      .waitFor();
    await text(anna).getByText('That is the offer.').waitFor();
  });

  it('a picture and a file are put in from the list, too, by choosing one of this device', async () => {
    const choose = async (typed: string, item: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
      await text(anna).focus();
      await keys(anna, 'Control+End', 'Enter');
      const [chooser] = await Promise.all([anna.page.waitForEvent('filechooser'), take(anna, typed, item)]);
      await chooser.setFiles(file);
    };
    await choose('/pict', 'Picture', { name: 'gutter.png', mimeType: 'image/png', buffer: PICTURE });
    await text(anna).getByRole('button', { name: 'Describe the picture' }).click();
    await anna.page.getByLabel('What is to be seen').fill('The gutter');
    await keys(anna, 'Enter');
    await text(anna).getByRole('img', { name: 'The gutter' }).waitFor();
    await choose('/file', 'File', { name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('12 tiles') });
    await text(anna).getByRole('group', { name: 'bill.txt' }).getByText('On this device').waitFor();
    await text(ben).getByRole('group', { name: 'bill.txt' }).waitFor();
  });

  it('has no fault that axe finds, with its lists open, also at 200 %', async () => {
    const { page } = anna;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    // A table's heading without words is a fault of what was written.
    await text(anna).getByRole('columnheader').last().click();
    await page.keyboard.type('When');
    for (const [typed, viewport] of [
      ['@', WIDE],
      ['[[r', WIDE],
      ['/', ZOOMED],
    ] as const) {
      await page.setViewportSize(viewport);
      await text(anna).focus();
      await keys(anna, 'Control+End', 'Enter');
      await page.keyboard.type(typed);
      await menu(anna).waitFor();
      const { x, y, width, height } = (await menu(anna).boundingBox())!;
      expect(Math.min(x, y, viewport.width - x - width, viewport.height - y - height)).toBeGreaterThanOrEqual(0);
      expect(await faultsBelowToolbar(anna)).toEqual([]);
      await keys(anna, 'Escape');
      await menu(anna).waitFor({ state: 'detached' });
      for (const _ of typed) await keys(anna, 'Backspace');
    }
    await page.setViewportSize(WIDE);
    // Where the caret is still in the table, other things can be put in.
    await text(anna).getByText('That is the offer.').click();
    const item = page.getByRole('menuitem', { name: 'Check list' });
    // The window was just made wide again: a click may meet the toolbar while it moves.
    await expect
      .poll(
        async () => {
          if (!(await item.isVisible())) await page.getByRole('button', { name: 'Put in' }).click();
          return item.waitFor({ timeout: 3_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    expect(await faultsBelowToolbar(anna)).toEqual([]);
    await keys(anna, 'Escape');
    await item.waitFor({ state: 'detached' });
    await expect
      .poll(
        async () => {
          await text(anna).getByRole('columnheader').first().click();
          return page.getByRole('button', { name: 'Table', exact: true }).isVisible();
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await keys(anna, 'Alt+F10');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role=toolbar]') !== null)).toBe(true);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Row below' }).waitFor();
    expect(await faultsBelowToolbar(anna)).toEqual([]);
    await keys(anna, 'Escape');
  });

  it('reported no fault on either screen', () => {
    expect([...anna.faults, ...ben.faults]).toEqual([]);
  });
});

/** What axe finds, but for targets of which the toolbar that stays on the screen covers a part just now. */
const faultsBelowToolbar = async (app: App): Promise<readonly string[]> =>
  (await axeFaults(app.page)).filter((fault) => !fault.includes('partially obscured'));

/** Pastes a file of this device into the text that has the focus. */
const paste = (app: App, name: string, type: string, content: Buffer): Promise<void> =>
  app.page.evaluate(
    ([fileName, fileType, bytes]) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([Uint8Array.from(bytes)], fileName, { type: fileType }));
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [name, type, [...content]] as const,
  );

/** A PNG of four by four grey pixels. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAADklEQVR4nGNoAAIGVAIAUBQIAXAlrj8AAAAASUVORK5CYII=',
  'base64',
);
