import { app, type BrowserWindow, Menu, Tray } from 'electron';
import type { SettingsFile } from '../../../node/profile/settings';
import { showWindow } from '../window';
import { shellWords } from '../words';
import { traySign } from './dots';

/**
 * Where the person chose so, the app goes on syncing after its window is closed: the window is only hidden, and a sign in the
 * tray says so, with a way back and a way to quit. Else closing the window quits, as ever.
 */
export class Background {
  readonly #window: BrowserWindow;
  readonly #settings: SettingsFile;
  #tray: Tray | undefined;
  #quitting = false;

  constructor(window: BrowserWindow, settings: SettingsFile) {
    this.#window = window;
    this.#settings = settings;
    app.on('before-quit', () => {
      this.#quitting = true;
    });
    window.on('close', (event) => {
      if (!this.isOn || this.#quitting) return;
      event.preventDefault();
      window.hide();
    });
    this.#apply();
  }

  get isOn(): boolean {
    return this.#settings.current.background;
  }

  /** Resolves when the choice is on disk. */
  async set(isOn: boolean): Promise<void> {
    const kept = this.#settings.update({ background: isOn });
    this.#apply();
    // Nobody could find a window that is hidden without a sign.
    if (!isOn && !this.#window.isVisible()) showWindow();
    await kept;
  }

  #apply(): void {
    // A page that is not seen would be slowed down, and its peers with it.
    this.#window.webContents.setBackgroundThrottling(!this.isOn);
    if (this.isOn) this.#tray ??= this.#addTray();
    else {
      this.#tray?.destroy();
      this.#tray = undefined;
    }
  }

  #addTray(): Tray {
    const { menu, tray: words } = shellWords();
    const tray = new Tray(traySign());
    tray.setToolTip(words.hint);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words.syncing, enabled: false },
        { type: 'separator' },
        { label: menu.open, click: showWindow },
        { label: menu.quit, click: () => app.quit() },
      ]),
    );
    tray.on('click', showWindow);
    return tray;
  }
}
