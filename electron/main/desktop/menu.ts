import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { shellWords } from '../words';

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The application's menu: what every app of the system has, in the app's words. `settings` leads there. */
export function setupMenu(settings: () => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(settings)));
}

function template(settings: () => void): MenuItemConstructorOptions[] {
  const { menu } = shellWords();
  const isMac = process.platform === 'darwin';
  const toSettings: MenuItemConstructorOptions = {
    label: menu.settings,
    accelerator: 'CommandOrControl+,',
    click: settings,
  };
  const ofMac: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [
      { role: 'about', label: menu.about },
      SEPARATOR,
      toSettings,
      SEPARATOR,
      { role: 'services', label: menu.services },
      SEPARATOR,
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.showAll },
      SEPARATOR,
      { role: 'quit', label: menu.quit },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: menu.file,
    submenu: isMac
      ? [{ role: 'close', label: menu.close }]
      : [toSettings, SEPARATOR, { role: 'close', label: menu.close }, { role: 'quit', label: menu.quit }],
  };
  const edit: MenuItemConstructorOptions = {
    label: menu.edit,
    submenu: [
      { role: 'undo', label: menu.undo },
      { role: 'redo', label: menu.redo },
      SEPARATOR,
      { role: 'cut', label: menu.cut },
      { role: 'copy', label: menu.copy },
      { role: 'paste', label: menu.paste },
      { role: 'pasteAndMatchStyle', label: menu.pastePlain },
      { role: 'selectAll', label: menu.selectAll },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: menu.view,
    submenu: [
      { role: 'reload', label: menu.reload },
      SEPARATOR,
      { role: 'resetZoom', label: menu.actualSize },
      { role: 'zoomIn', label: menu.zoomIn },
      { role: 'zoomOut', label: menu.zoomOut },
      SEPARATOR,
      { role: 'togglefullscreen', label: menu.fullScreen },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: menu.developer } as const]),
    ],
  };
  const window: MenuItemConstructorOptions = {
    label: menu.window,
    submenu: [
      { role: 'minimize', label: menu.minimize },
      ...(isMac
        ? ([{ role: 'zoom', label: menu.zoom }, SEPARATOR, { role: 'front', label: menu.front }] as const)
        : []),
    ],
  };
  return [...(isMac ? [ofMac] : []), file, edit, view, window];
}
