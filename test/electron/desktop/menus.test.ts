import type { MenuItemConstructorOptions } from 'electron';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, launchChromium, type Run } from '../boot';

let browser: Browser;
let run: Run;

beforeAll(async () => {
  browser = await launchChromium();
  run = await boot(browser);
});
afterAll(async () => {
  await run.close();
  await browser.close();
});

type Items = readonly MenuItemConstructorOptions[];
const submenu = (menu: Items, label: string): Items => {
  const found = menu.find((item) => item.label === label)?.submenu;
  if (!Array.isArray(found)) throw new Error(`no menu ${label}`);
  return found;
};
const rolesOf = (menu: Items): readonly unknown[] => menu.flatMap(({ role }) => (role === undefined ? [] : [role]));

describe('the application’s menu', () => {
  test.each([
    ['linux', ['File', 'Edit', 'View', 'Window']],
    ['win32', ['File', 'Edit', 'View', 'Window']],
    ['darwin', ['Peerhold', 'File', 'Edit', 'View', 'Window']],
  ] as const)('on %s has what is usual there, each item in the app’s words', async (platform, titles) => {
    const there = await boot(browser, { platform, packaged: true });
    const { applicationMenu } = there.world;
    expect(applicationMenu.map(({ label }) => label)).toEqual(titles);
    const roles = rolesOf(applicationMenu.flatMap(({ submenu: items }) => (Array.isArray(items) ? items : [])));
    for (const role of ['cut', 'copy', 'paste', 'undo', 'redo', 'selectAll', 'zoomIn', 'close', 'minimize', 'quit'])
      expect(roles).toContain(role);
    expect(roles.includes('hide')).toBe(platform === 'darwin');
    // A package has no developer tools.
    expect(roles).not.toContain('toggleDevTools');
    await there.close();
  });

  test('leads to the settings', async () => {
    const settings = submenu(run.world.applicationMenu, 'File').find(({ label }) => label === 'Settings…');
    settings?.click?.(...([] as unknown as Parameters<NonNullable<MenuItemConstructorOptions['click']>>));
    await run.page.waitForFunction(() => location.hash === '#/settings');
    await run.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  });
});

describe('the menu under the pointer', () => {
  const all = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true };
  const nothing = { dictionarySuggestions: [], editFlags: all, isEditable: false, linkURL: '', selectionText: '' };
  const open = (params: object): Items | undefined => {
    run.world.contextMenus.length = 0;
    run.window.contentEvents.emit('context-menu', {}, { ...nothing, ...params });
    return run.world.contextMenus[0];
  };

  test('does not open where there is nothing to do', () => {
    expect(open({})).toBeUndefined();
    expect(open({ selectionText: ' \n' })).toBeUndefined();
    expect(open({ linkURL: 'app://peerhold/#/settings' })).toBeUndefined();
  });

  test('copies what is selected', () => {
    expect(rolesOf(open({ selectionText: 'words' }) ?? [])).toEqual(['copy']);
  });

  test('edits where one can write, as far as there is something to', () => {
    const menu = open({ isEditable: true, editFlags: { ...all, canPaste: false } }) ?? [];
    expect(rolesOf(menu)).toEqual(['cut', 'copy', 'paste', 'pasteAndMatchStyle', 'selectAll']);
    expect(menu.filter(({ enabled }) => enabled === false).map(({ role }) => role)).toEqual([
      'paste',
      'pasteAndMatchStyle',
    ]);
  });

  test('spells a word as the person chooses', () => {
    const menu = open({ isEditable: true, dictionarySuggestions: ['peer', 'pear', 'a', 'b', 'c', 'd'] }) ?? [];
    expect(menu.slice(0, 6).map(({ label, type }) => label ?? type)).toEqual([
      'peer',
      'pear',
      'a',
      'b',
      'c',
      'separator',
    ]);
    menu[1]?.click?.(...([] as unknown as Parameters<NonNullable<MenuItemConstructorOptions['click']>>));
    expect(run.window.spelt).toEqual(['pear']);
  });

  test('copies the address of a link that leads outside', () => {
    const [item] = open({ linkURL: 'https://example.org/a' }) ?? [];
    expect(item?.label).toBe('Copy the link');
    item?.click?.(...([] as unknown as Parameters<NonNullable<MenuItemConstructorOptions['click']>>));
    expect(run.world.copied).toEqual(['https://example.org/a']);
  });
});
