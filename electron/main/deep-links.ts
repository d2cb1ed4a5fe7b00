import { app, type BrowserWindow } from 'electron';
import { DEEP_LINK_CHANNEL, DEEP_LINK_READY_CHANNEL } from '../../shared/ipc/channels';
import { parseDeepLink } from '../../shared/ipc/deep-link';
import * as shape from '../../shared/record/shape';
import { handleCall } from './ipc';
import { showWindow } from './window';

/** Links that may wait for the page; whatever opens more at once is no person. */
const MAX_WAITING = 8;

/** Takes `peerhold://` links from the system and gives them to the page, which asks the person before anything happens. */
export class DeepLinks {
  readonly #waiting: string[] = [];
  #window: BrowserWindow | undefined;
  #isReady = false;

  /** Takes one link; anything that is none is dropped. */
  take(text: unknown): void {
    if (typeof text !== 'string' || parseDeepLink(text) === undefined || this.#waiting.length >= MAX_WAITING) return;
    this.#waiting.push(text);
    this.#deliver();
  }

  /** The window that shows the links. A page that is loading again will say anew that it listens. */
  attach(window: BrowserWindow): void {
    this.#window = window;
    window.webContents.on('did-start-loading', () => {
      this.#isReady = false;
    });
    window.on('closed', () => {
      this.#window = undefined;
      this.#isReady = false;
    });
  }

  pageIsReady(): void {
    this.#isReady = true;
    this.#deliver();
  }

  #deliver(): void {
    if (!this.#isReady || this.#window === undefined) return;
    for (const link of this.#waiting.splice(0)) this.#window.webContents.send(DEEP_LINK_CHANNEL, link);
  }
}

/** Registers the scheme with the system and listens to it; `first` is the link that the app was started with. */
export function setupDeepLinks(first: string | undefined): DeepLinks {
  const links = new DeepLinks();
  links.take(first);
  if (app.isPackaged) app.setAsDefaultProtocolClient('peerhold');
  // macOS hands links over by this event, elsewhere they are arguments of a second start.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.take(url);
    showWindow();
  });
  handleCall(DEEP_LINK_READY_CHANNEL, shape.tuple(), () => links.pageIsReady());
  return links;
}
