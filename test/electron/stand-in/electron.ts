// What the built main gets for `import ... from 'electron'`. A name that is not here does not exist for it.
import type {
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Shell,
  WebContents,
} from 'electron';
import { strict } from './strict';
import { StandInWindow } from './window';
import { world } from './world';

export { app } from './app';
export { protocol, session } from './session';

const windows = new Map<StandInWindow, ElectronWindow>();

function present(window: StandInWindow): ElectronWindow {
  const on = (name: string, listener: (...args: never[]) => unknown): ElectronWindow => {
    window.windowEvents.add(name, listener);
    return presented;
  };
  const presented: ElectronWindow = strict<ElectronWindow>('BrowserWindow', {
    webContents: window.webContents,
    loadURL: (url) => window.load(url),
    show: () => {
      window.shown += 1;
    },
    focus: () => {
      window.focused += 1;
    },
    isMinimized: () => false,
    on,
    once: on,
  });
  windows.set(window, presented);
  return presented;
}

export class BrowserWindow {
  constructor(options: BrowserWindowConstructorOptions) {
    return present(new StandInWindow(options));
  }

  static getAllWindows(): ElectronWindow[] {
    return [...windows.values()];
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
  showSaveDialog: async (...args: unknown[]) => {
    world.saveDialogs.push(args.at(-1));
    return { canceled: world.savePath === undefined, filePath: world.savePath ?? '' };
  },
});

export const shell = strict<Shell>('shell', {
  openExternal: async (url) => {
    world.opened.push(url);
  },
});
