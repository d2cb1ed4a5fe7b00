import type { Menu as ElectronMenu, MenuItemConstructorOptions, Tray as ElectronTray } from 'electron';
import { isImage } from './image';
import type { StandInTray } from './shown';
import { Events, strict } from './strict';
import { world } from './world';

type Item = MenuItemConstructorOptions;
type Role = NonNullable<Item['role']>;

/** The roles that Electron knows, in its own spelling: a version without one of them does not compile. */
const ROLES: readonly Role[] = [
  ...(['about', 'services', 'hide', 'hideOthers', 'unhide', 'quit', 'close', 'minimize', 'zoom', 'front'] as const),
  ...(['undo', 'redo', 'cut', 'copy', 'paste', 'pasteAndMatchStyle', 'selectAll'] as const),
  ...(['reload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'toggleDevTools'] as const),
];
const MAC_ONLY: ReadonlySet<Role> = new Set(['services', 'hide', 'hideOthers', 'unhide', 'zoom', 'front']);
const KEYS: ReadonlySet<string> = new Set(['label', 'role', 'type', 'accelerator', 'click', 'enabled', 'submenu']);
const ACCELERATOR = /^((Command|Control|CommandOrControl|Alt|Shift|Super)\+)*([A-Z0-9]|F\d{1,2}|Plus|,|\.|-)$/;

/** Templates by the menus that were made of them. */
const templates = new WeakMap<object, readonly Item[]>();

function check(item: Item): void {
  for (const key of Object.keys(item))
    if (!KEYS.has(key)) throw new Error(`a menu item's ${key} is not in the stand-in`);
  const { label, role, type, accelerator, click, submenu } = item;
  if (type === 'separator') {
    if (Object.keys(item).length > 1) throw new Error('a separator is nothing else');
    return;
  }
  if (label === undefined && role === undefined)
    throw new TypeError('Invalid template for MenuItem: must have label or role');
  if (label === '') throw new Error('a menu item says nothing');
  if (role !== undefined && !ROLES.includes(role)) throw new Error(`role ${role} is not in the stand-in`);
  if (role !== undefined && MAC_ONLY.has(role) && process.platform !== 'darwin')
    throw new Error(`role ${role} is of macOS`);
  // Electron does not call it for an item that has a role.
  if (role !== undefined && click !== undefined) throw new Error(`the click of role ${role} is never called`);
  if (accelerator !== undefined && !ACCELERATOR.test(accelerator)) throw new Error(`no accelerator: ${accelerator}`);
  if (submenu !== undefined && !Array.isArray(submenu)) throw new Error('a submenu is a list');
  if (Array.isArray(submenu)) submenu.forEach(check);
}

export const Menu = {
  buildFromTemplate: (items: Item[]): ElectronMenu => {
    if (!Array.isArray(items)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    items.forEach(check);
    const menu = strict<ElectronMenu>('Menu', {
      popup: ({ window } = {}) => {
        if (window === undefined) throw new Error('a menu under the pointer is of a window');
        world.contextMenus.push(items);
      },
    });
    templates.set(menu, items);
    return menu;
  },
  setApplicationMenu: (menu: ElectronMenu | null): void => {
    world.callWhenReady('Menu.setApplicationMenu');
    world.applicationMenu = templateOf(menu);
  },
} satisfies Partial<typeof ElectronMenu>;

function templateOf(menu: ElectronMenu | null): readonly Item[] {
  const items = menu === null ? [] : templates.get(menu);
  if (items === undefined) throw new Error('the menu was not made by Menu.buildFromTemplate');
  return items;
}

// oxlint-disable-next-line typescript/no-extraneous-class -- main makes one by `new`
export class Tray {
  constructor(image: unknown) {
    world.callWhenReady('new Tray');
    if (!isImage(image)) throw new TypeError('a tray needs an image');
    const shown: StandInTray = { events: new Events('Tray', ['click']), hint: '', items: [], destroyed: false };
    world.trays.push(shown);
    const alive = (): void => {
      if (shown.destroyed) throw new Error('Tray is destroyed');
    };
    const tray: ElectronTray = strict<ElectronTray>('Tray', {
      setToolTip: (hint) => {
        alive();
        shown.hint = hint;
      },
      setContextMenu: (menu) => {
        alive();
        shown.items = templateOf(menu);
      },
      on: (name: string, listener: (...args: never[]) => unknown) => {
        shown.events.add(name, listener);
        return tray;
      },
      destroy: () => {
        alive();
        shown.destroyed = true;
      },
    });
    return tray;
  }
}
