import type { LoginItemSettings, MenuItemConstructorOptions, Rectangle, Settings } from 'electron';
import type { BrowserContext } from 'playwright-core';
import type { Keychain } from './keychain';
import type { StandInNotification, StandInTray } from './shown';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

/**
 * What the stand-in remembers of one run of main, for the tests to look at. Loading the modules anew makes a new one.
 */
class World {
  /** Every call that has an order to keep, as `app.setPath userData`. */
  readonly calls: string[] = [];
  readonly ipcHandlers = new Map<string, Handler>();
  /** Addresses given to the operating system. */
  readonly opened: string[] = [];
  readonly switches = new Map<string, string>();
  readonly paths = new Map<string, string>();
  version = '0.0.0-test';
  /** Folder of the package.json by which the app was started. */
  appPath = '.';
  /** What lies at addresses of the web, for a session that may go there; anything else is not to be reached. */
  readonly web = new Map<string, Uint8Array>();
  /** Every address that such a session asked for, with what went along. */
  readonly asked: { readonly url: string; readonly options: object }[] = [];
  /** Files that were shown in their folder. */
  readonly pointedAt: string[] = [];
  isReady = false;
  /** Whether main runs from a package: then there is no folder among its arguments. */
  packaged = false;
  beforeReady: () => void = () => undefined;
  /** What `dialog.showMessageBox` was asked to show, and the button that the person chooses next. */
  readonly messageBoxes: unknown[] = [];
  messageChoice = 0;
  /** The work areas of the screens that there are. */
  screens: readonly Rectangle[] = [{ x: 0, y: 0, width: 1920, height: 1040 }];
  readonly copied: string[] = [];
  applicationMenu: readonly MenuItemConstructorOptions[] = [];
  /** Menus that have opened under the pointer. */
  readonly contextMenus: (readonly MenuItemConstructorOptions[])[] = [];
  readonly trays: StandInTray[] = [];
  canNotify = true;
  readonly notifications: StandInNotification[] = [];
  badge = 0;
  /** Schemes whose links main has asked the system for. */
  readonly schemes: string[] = [];
  readonly loginItems: Settings[] = [];
  loginItem: Partial<LoginItemSettings> = {};
  appUserModelId: string | undefined;
  /** Asks every window to close, as when the app quits; false where one stays. */
  closeWindows: () => boolean = () => true;
  /** The system's; undefined where it has none. */
  keychain: Keychain | undefined;
  /** What `requestSingleInstanceLock` answers. */
  lock = true;
  /** Where the person lets a file be saved; undefined cancels. */
  savePath: string | undefined;
  readonly saveDialogs: unknown[] = [];
  /** What main has sent to its page, as `channel argument`. */
  readonly sent: string[] = [];
  ended: 'quit' | 'exit' | undefined;
  context: BrowserContext | undefined;

  /** For what Electron allows only before it is ready. */
  callBeforeReady(call: string): void {
    if (this.isReady) throw new Error(`${call} comes too late: the app is ready`);
    this.calls.push(call);
  }

  callWhenReady(call: string): void {
    if (!this.isReady) throw new Error(`${call} comes too early: the app is not ready`);
    this.calls.push(call);
  }
}

export const world = new World();
