import { app, type BrowserWindow, dialog } from 'electron';
import { shellWords } from './words';

/** A page that crashes more often than this within the time is not loaded again by itself. */
const MAX_RELOADS = 3;
/** Milliseconds. */
const WITHIN = 60_000;

/**
 * Loads the page again when its process has ended. Where that comes again and again, the person is asked, so that nobody
 * watches a window that flickers. What was written is on disk already.
 */
export function setupRecovery(window: BrowserWindow): void {
  let reloads: readonly number[] = [];
  const reload = (): void => {
    reloads = [...reloads, Date.now()];
    window.webContents.reload();
  };
  const ask = async (): Promise<void> => {
    const { crash } = shellWords();
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: crash.message,
      detail: crash.detail,
      buttons: [crash.reload, crash.quit],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    if (response !== 0) return app.quit();
    reloads = [];
    reload();
  };
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    reloads = reloads.filter((time) => Date.now() - time < WITHIN);
    if (reloads.length < MAX_RELOADS) reload();
    else void ask();
  });
}
