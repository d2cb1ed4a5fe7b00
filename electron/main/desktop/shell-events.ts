import type { BrowserWindow } from 'electron';
import { SHELL_EVENT_CHANNEL } from '../../../shared/ipc/channels';
import type { ShellEvent } from '../../../shared/ipc/contract';

/** Tells the page what it can not see by itself. A page that is not there any more misses nothing that it could act on. */
export class ShellEvents {
  readonly #window: BrowserWindow;

  constructor(window: BrowserWindow) {
    this.#window = window;
  }

  tell(event: ShellEvent): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.send(SHELL_EVENT_CHANNEL, event);
  }
}
