import { app, type BrowserWindow, Notification } from 'electron';
import type { Notice } from '../../../shared/ipc/contract';
import { showWindow } from '../window';
import { shellWords } from '../words';
import { attentionDot } from './dots';
import type { ShellEvents } from './shell-events';

/** Notices that may be shown within the time, whatever the page asks for. */
const MOST = 6;
/** Milliseconds. */
const WITHIN = 60_000;

/** Says that something needs the person: by the system's notifications and on the app's icon. What to say, and when, the page decides. */
export class Attention {
  readonly #window: BrowserWindow;
  readonly #events: ShellEvents;
  /** One of a tag at a time; kept, since Electron forgets the click on one that nobody holds. */
  readonly #shown = new Map<string, Notification>();
  #times: readonly number[] = [];

  constructor(window: BrowserWindow, events: ShellEvents) {
    this.#window = window;
    this.#events = events;
  }

  get canNotify(): boolean {
    return Notification.isSupported();
  }

  notify({ title, body, tag }: Notice): void {
    const now = Date.now();
    this.#times = this.#times.filter((time) => now - time < WITHIN);
    if (!this.canNotify || this.#times.length >= MOST) return;
    this.#times = [...this.#times, now];
    this.#shown.get(tag)?.close();
    const notification = new Notification({ title, body });
    this.#shown.set(tag, notification);
    notification.on('click', () => {
      showWindow();
      this.#events.tell({ kind: 'notice', tag });
    });
    notification.on('close', () => {
      if (this.#shown.get(tag) === notification) this.#shown.delete(tag);
    });
    notification.show();
  }

  /** `count`: how many things need the person. */
  setBadge(count: number): void {
    if (process.platform === 'win32') {
      const some = count > 0;
      this.#window.setOverlayIcon(some ? attentionDot() : null, some ? shellWords().badge : '');
    } else app.setBadgeCount(count);
  }
}
