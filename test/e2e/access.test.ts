import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { openSample } from './kit/sample';
import { screensOf } from './kit/screens';
import { settled } from './kit/steps';

/** Whoever uses no mouse, sees little, or reads from right to left: every screen of the sample network. */
const WIDE = { width: 1280, height: 900 };
/** A window of 1280 by 900 at a zoom of 200 %. */
const ZOOMED = { width: 640, height: 450 };
/** The same at 400 %, at which nothing may have to be scrolled both ways (WCAG 2.2, 1.4.10). */
const NARROWEST = { width: 320, height: 225 };
const PLACES = [
  '',
  '/commons',
  '/agreement',
  '/decisions',
  '/members',
  '/ledger',
  '/resources',
  '/record',
  '/seals',
  '/settings',
  '/search?q=roof',
];

const app = await App.start('access');
const { page } = app;
let home = '';

beforeAll(async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  home = await openSample(app);
}, 90_000);

afterAll(() => app.end());

async function visit(path: string): Promise<void> {
  await page.goto(`${home}${path}`);
  await settled(page);
}

describe('no screen has a fault that axe finds, in light or in dark', () => {
  it.each(screensOf(app, () => home))('%s', async (_, open) => {
    await open();
    expect(await axeFaults(page)).toEqual([]);
  });
});

/** What has the focus: its name, whether it can be seen to have it, and whether a dialog holds it. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    // A control may be drawn by its neighbour, as a switch is by its track.
    const drawn = [element, element.nextElementSibling, element.parentElement].filter((each) => each !== null);
    const seen = drawn.some((each) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
    });
    const name = element.getAttribute('aria-label') ?? element.textContent;
    return { name: name.trim(), seen, inDialog: element.closest('[role=dialog]') !== null };
  });

describe('the keyboard alone', () => {
  beforeAll(async () => {
    await page.setViewportSize(WIDE);
    await visit('');
    await page.reload();
    await page.getByRole('heading', { name: 'What needs you' }).waitFor();
  });

  it('skips to the content', async () => {
    await page.keyboard.press('Tab');
    expect(await focus(page)).toMatchObject({ name: 'Skip to the content', seen: true });
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('main');
  });

  it('goes to every place, and always shows where it is', async () => {
    await page.getByRole('button', { name: 'Skip to the content' }).focus();
    const stops: string[] = [];
    for (let stop = 0; stop < 30; stop++) {
      await page.keyboard.press('Tab');
      const at = await focus(page);
      expect(at).toMatchObject({ seen: true });
      stops.push(at?.name ?? '');
    }
    for (const place of ['Commons', 'Agreement', 'Decisions', 'Members', 'Ledger', 'Resources', 'Record', 'Settings'])
      expect(stops).toContain(place);
    await page.getByRole('navigation').getByRole('link', { name: 'Members', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Members', level: 1 }).waitFor();
    // A screen reader goes on from the new page's heading.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it.each([
    ['a modal', '/members', 'Invite'],
    ['the search', '/members', 'Search'],
    ['a drawer', '/members', 'Only on this device'],
    ['a question', '/members', 'Revoke'],
    ['a why', '/ledger', /^Why\? /],
  ])('is held by %s, which gives it back', async (_, path, name) => {
    await visit(path);
    const opener = page.getByRole('button', { name }).first();
    await opener.focus();
    const before = await focus(page);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog').first();
    await dialog.waitFor();
    await expect.poll(() => focus(page)).toMatchObject({ inDialog: true });
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press(stop % 4 === 3 ? 'Shift+Tab' : 'Tab');
      expect(await focus(page)).toMatchObject({ inDialog: true, seen: true });
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focus(page)).toEqual(before);
  });

  it('opens a menu, walks it and leaves it', async () => {
    await visit('/commons');
    await page.getByRole('treeitem').first().click();
    const opener = page.getByRole('button', { name: 'Page actions' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await expect.poll(() => focus(page)).toMatchObject({ name: 'Rename', seen: true });
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focus(page)).toMatchObject({ name: 'Add a page under this one', seen: true });
    await page.keyboard.press('Escape');
    await expect.poll(() => focus(page)).toMatchObject({ name: 'Page actions' });
  });

  it('walks the entries of the ledger and opens one', async () => {
    await visit('/ledger');
    await page.getByRole('tab', { name: 'Balances' }).focus();
    await page.keyboard.press('ArrowRight');
    const grid = page.getByRole('grid', { name: 'Entries' });
    await grid.waitFor();
    await grid.locator('[tabindex="0"]').focus();
    const row = () =>
      page.evaluate(() => Number(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')));
    const first = await row();
    await page.keyboard.press('ArrowDown');
    await expect.poll(row).toBe(first + 1);
    await page.keyboard.press('End');
    const last = Number(await grid.getAttribute('aria-rowcount'));
    await expect.poll(row).toBe(last);
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Postings' }).waitFor();
  });
});

/** How far the page is wider than its window, and what sticks out. */
const overflow = () =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.querySelectorAll('body *')].filter((each) => {
      const { left, right, width } = each.getBoundingClientRect();
      return width > 0 && (right > clientWidth + 1 || left < -1);
    });
    return [`${scrollWidth} in ${clientWidth}`, ...out.slice(0, 5).map((each) => each.outerHTML.slice(0, 160))];
  });

describe('at a zoom of 200 %', () => {
  beforeAll(() => page.setViewportSize(ZOOMED));
  afterAll(() => page.setViewportSize(WIDE));

  it.each(PLACES)('%s fits the width, and still does at twice that zoom', async (path) => {
    await visit(path);
    expect(await overflow()).toEqual([]);
    await page.setViewportSize(NARROWEST);
    expect(await overflow()).toEqual([]);
    await page.setViewportSize(ZOOMED);
  });

  it('shows the text of a page first, and the tree of pages when asked for it', async () => {
    await visit('/commons');
    await page.getByRole('treeitem').first().click();
    const text = page.getByRole('textbox', { name: /^Text of/ });
    await text.waitFor();
    expect((await text.boundingBox())!.y).toBeLessThan(ZOOMED.height);
    const tree = page.getByRole('tree', { name: 'Pages' });
    expect(await tree.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Pages', exact: true }).click();
    await tree.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await tree.getByRole('treeitem').nth(1).click();
    await tree.waitFor({ state: 'hidden' });
  });

  it('has its menu behind a button, without a fault', async () => {
    await visit('');
    const menu = page.getByRole('button', { name: 'Menu' });
    const ledger = page.getByRole('navigation').getByRole('link', { name: 'Ledger', exact: true });
    expect(await ledger.isVisible()).toBe(false);
    await menu.click();
    await ledger.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await ledger.click();
    await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor();
    await ledger.waitFor({ state: 'hidden' });
  });
});

describe('from right to left', () => {
  // As the app does it for a language that is read so.
  beforeAll(() => page.evaluate(() => (document.documentElement.dir = 'rtl')));
  afterAll(() => page.evaluate(() => (document.documentElement.dir = 'ltr')));

  it.each(PLACES)('%s fits the width, its navigation to the right', async (path) => {
    await visit(path);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    expect(await overflow()).toEqual([]);
    const navigation = await page.getByRole('navigation', { name: 'Places of this network' }).boundingBox();
    const heading = await page.getByRole('heading', { level: 1 }).boundingBox();
    expect(navigation!.x).toBeGreaterThan(WIDE.width / 2);
    expect(heading!.x + heading!.width).toBeLessThanOrEqual(navigation!.x);
  });
});

describe('motion', () => {
  /** The longest movement that is under way, in milliseconds. */
  const longest = () =>
    page.evaluate(() =>
      Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().endTime ?? 0))),
    );
  const openDrawer = async () => {
    await visit('/members');
    await page.getByRole('button', { name: 'Only on this device' }).click();
    await page.getByRole('dialog').waitFor();
  };

  it('is left out where the system asks for that', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openDrawer();
    expect(await longest()).toBeLessThan(1);
    const durations = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((each) => {
        const { transitionDuration, transitionProperty } = getComputedStyle(each);
        return transitionProperty === 'none' || Number.parseFloat(transitionDuration) < 0.001
          ? []
          : [each.outerHTML.slice(0, 100)];
      }),
    );
    expect(durations).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

it('reports no faults', () => expect(app.faults).toEqual([]));
