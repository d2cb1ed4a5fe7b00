import type { BrowserWindow } from 'electron';
import type { SettingsFile } from '../../../node/profile/settings';

/** Milliseconds after the last movement. */
const KEEP_AFTER = 500;

/** Remembers where the person has put the window. */
export function setupWindowState(window: BrowserWindow, settings: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    // The bounds of a window that is minimised or fills the screen are no place to go back to.
    const { x, y, width, height } = window.getNormalBounds();
    const place = { x, y, width, height, maximized: window.isMaximized() };
    // Nothing but the next start's convenience is lost.
    void settings.update({ window: place }).catch(() => undefined);
  };
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER);
  };
  window.on('move', keepSoon);
  window.on('resize', keepSoon);
  window.on('close', keep);
  window.on('closed', () => clearTimeout(timer));
}
