// What the built main gets for `import ... from 'electron'`. A name that is not here does not exist for it.
import type {
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Shell,
  WebContents,
} from 'electron';
import { isImage } from './image';
import { strict } from './strict';
import { openedWindows, StandInWindow } from './window';
import { world } from './world';

export { app } from './app';
export { nativeImage } from './image';
export { Menu, Tray } from './menu';
export { Notification } from './notification';
export { safeStorage } from './safe-storage';
export { clipboard, powerMonitor, screen } from './system';
export { protocol, session } from './session';

const windows = new Map<StandInWindow, ElectronWindow>();

function present(window: StandInWindow): ElectronWindow {
  const on = (name: string, listener: (...args: never[]) => unknown): ElectronWindow => {
    window.windowEvents.add(name, listener);
    return presented;
  };
  const alive = (): void => {
    if (window.destroyed) throw new TypeError('Object has been destroyed');
  };
  const presented: ElectronWindow = strict<ElectronWindow>('BrowserWindow', {
    webContents: window.webContents,
    loadURL: (url) => window.load(url),
    isDestroyed: () => window.destroyed,
    show: () => {
      alive();
      window.shown += 1;
      window.visible = true;
    },
    hide: () => {
      alive();
      window.visible = false;
    },
    isVisible: () => window.visible,
    maximize: () => {
      alive();
      window.maximized = true;
      window.visible = true;
    },
    isMaximized: () => window.maximized,
    restore: () => {
      window.minimized = false;
    },
    getNormalBounds: () => {
      alive();
      return { ...window.bounds };
    },
    setOverlayIcon: (overlay, description) => {
      if (process.platform !== 'win32') throw new Error(`setOverlayIcon is not of ${process.platform}`);
      if (overlay !== null && !isImage(overlay)) throw new TypeError('no image');
      window.overlay = description;
    },
    focus: () => {
      window.focused += 1;
    },
    isMinimized: () => window.minimized,
    on,
    once: on,
  });
  windows.set(window, presented);
  return presented;
}

world.closeWindows = () => [...openedWindows].every((window) => window.close());

export class BrowserWindow {
  constructor(options: BrowserWindowConstructorOptions) {
    return present(new StandInWindow(options));
  }

  static getAllWindows(): ElectronWindow[] {
    return [...windows].filter(([{ destroyed }]) => !destroyed).map(([, presented]) => presented);
  }

  static fromWebContents(contents: WebContents): ElectronWindow | null {
    return BrowserWindow.getAllWindows().find(({ webContents }) => webContents === contents) ?? null;
  }
}

export const ipcMain = strict<IpcMain>('ipcMain', {
  handle: (channel, listener) => {
    if (world.ipcHandlers.has(channel)) throw new Error(`channel ${channel} has a handler already`);
    world.ipcHandlers.set(channel, listener as (event: unknown, ...args: unknown[]) => unknown);
  },
});

export const dialog = strict<Dialog>('dialog', {
  showMessageBox: async (...args: unknown[]) => {
    world.messageBoxes.push(args.at(-1));
    return { response: world.messageChoice, checkboxChecked: false };
  },
  showSaveDialog: async (...args: unknown[]) => {
    world.saveDialogs.push(args.at(-1));
    return { canceled: world.savePath === undefined, filePath: world.savePath ?? '' };
  },
});

export const shell = strict<Shell>('shell', {
  openExternal: async (url) => {
    world.opened.push(url);
  },
  showItemInFolder: (path) => {
    world.pointedAt.push(path);
  },
});
