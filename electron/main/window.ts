import { app, BrowserWindow, type Session } from 'electron';
import { join } from 'node:path';
import { PAGE_URL } from './page';

/** A page that crashes again and again is left to the person. */
const MAX_RELOADS = 3;

/** Opens the app's window. */
export function openWindow(session: Session): BrowserWindow {
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    minWidth: 360,
    minHeight: 480,
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
      // The spelling checker would fetch its dictionaries from a company's server.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || reloads >= MAX_RELOADS) return;
    reloads += 1;
    window.webContents.reload();
  });
  return window;
}

/** Loads the page; separate from opening, so that everything that listens to the window does so before. */
export function showPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(PAGE_URL);
}
