import { app, BrowserWindow, screen, type Session } from 'electron';
import { join } from 'node:path';
import type { WindowPlace } from '../../node/profile/settings';
import { LEAST_SIZE, placeOf } from './desktop/place';
import { PAGE_URL } from './page';

export interface WindowOptions {
  /** Where it was last. */
  readonly last: WindowPlace | undefined;
  /** Whether the person is to see it at once. */
  readonly shown: boolean;
}

/** Opens the app's window. */
export function openWindow(session: Session, { last, shown }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOf(
      last,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'Peerhold',
    autoHideMenuBar: true,
    show: false,
    webPreferences: {
      session,
      preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // On macOS the system checks spelling; elsewhere dictionaries would be fetched from a company's server.
      spellcheck: process.platform === 'darwin',
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (last?.maximized === true && shown) window.maximize();
    if (shown) window.show();
  });
  return window;
}

/** Loads the page; separate from opening, so that everything that listens to the window does so before. */
export function showPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(PAGE_URL);
}

/** Shows the app's window and gives it the keyboard, however it was put away. Before there is one, nothing. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
