import type { BrowserWindowConstructorOptions, WebContents } from 'electron';
import { readFile } from 'node:fs/promises';
import type { Page, Request as PageRequest, Route } from 'playwright-core';
import { toBrowser, toMain } from './addresses';
import { appEvents } from './app';
import { frameMain, invokeMain } from './frames';
import { preloadScript } from './preload-host';
import { guards, schemeHandlers } from './session';
import { Events, PreventableEvent, strict } from './strict';
import { world } from './world';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** The windows that main has opened, oldest first. */
export const openedWindows: StandInWindow[] = [];

/** A navigation as main is told of it. */
class NavigationEvent extends PreventableEvent {
  constructor(
    readonly url: string,
    readonly isMainFrame: boolean,
  ) {
    super();
  }
}

/** A window of the app: a page of a real Chromium with the built preload in it, under the guards that main has set. */
export class StandInWindow {
  readonly options: BrowserWindowConstructorOptions;
  readonly windowEvents = new Events('BrowserWindow', ['closed', 'ready-to-show']);
  readonly contentEvents = new Events('WebContents', [
    'did-start-loading',
    'render-process-gone',
    'will-attach-webview',
    'will-frame-navigate',
    'will-navigate',
    'will-redirect',
  ]);
  readonly webContents: WebContents;
  /** Set once the page was asked for. */
  page: Page | undefined;
  shown = 0;
  focused = 0;
  reloads = 0;
  #openHandler: OpenHandler | undefined;
  /** The address that main itself asked for: no navigation of the page's. */
  #asked: string | undefined;

  constructor(options: BrowserWindowConstructorOptions) {
    world.callWhenReady('new BrowserWindow');
    this.options = options;
    this.webContents = this.#createContents();
    openedWindows.push(this);
    appEvents.emit('web-contents-created', {}, this.webContents);
  }

  async load(url: string): Promise<void> {
    const { context } = world;
    if (context === undefined) throw new Error('the stand-in has no browser');
    const page = await context.newPage();
    this.page = page;
    await page.exposeBinding('standInInvoke', ({ frame }, channel: string, args: unknown[]) =>
      invokeMain(this.webContents, frameMain(frame), channel, args),
    );
    await page.addInitScript({
      content: preloadScript(await readFile(this.options.webPreferences?.preload ?? '', 'utf8')),
    });
    await context.route('**/*', (route, request) => this.#answer(route, request));
    this.contentEvents.emit('did-start-loading');
    this.#asked = url;
    await page.goto(toBrowser(url));
    this.#asked = undefined;
    this.windowEvents.emit('ready-to-show');
  }

  /** Whether main lets a frame go to an address, without asking the browser. */
  mayNavigate(url: string, isMainFrame = true): boolean {
    const frameEvent = new NavigationEvent(url, isMainFrame);
    this.contentEvents.emit('will-frame-navigate', frameEvent);
    const event = new NavigationEvent(url, isMainFrame);
    if (isMainFrame) this.contentEvents.emit('will-navigate', event);
    return !frameEvent.prevented && !event.prevented;
  }

  mayRedirect(url: string): boolean {
    const event = new NavigationEvent(url, true);
    this.contentEvents.emit('will-redirect', event);
    return !event.prevented;
  }

  mayAttachWebview(): boolean {
    const event = new PreventableEvent();
    this.contentEvents.emit('will-attach-webview', event, {}, {});
    return !event.prevented;
  }

  /** What main says to a new window. */
  openWindow(url: string): 'allow' | 'deny' {
    if (this.#openHandler === undefined) return 'allow';
    const features = {
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    };
    return this.#openHandler({ url, ...features } as Parameters<OpenHandler>[0]).action;
  }

  #createContents(): WebContents {
    const contents: WebContents = strict<WebContents>('WebContents', {
      on: (name: string, listener: (...args: never[]) => unknown) => {
        this.contentEvents.add(name, listener);
        return contents;
      },
      setWindowOpenHandler: (handler) => {
        this.#openHandler = handler;
      },
      send: (channel, ...args: unknown[]) => {
        world.sent.push([channel, ...args].join(' '));
        void this.page?.evaluate(
          ([name, values]) => {
            const deliver: unknown = Reflect.get(window, 'standInDeliver');
            if (typeof deliver === 'function') deliver(name, values);
          },
          [channel, args] as const,
        );
      },
      reload: () => {
        this.reloads += 1;
      },
    });
    return contents;
  }

  /** Every request of every page in the context comes by here; nothing reaches a network. */
  async #answer(route: Route, request: PageRequest): Promise<void> {
    const url = toMain(request.url());
    if (request.isNavigationRequest() && url !== this.#asked) {
      const frame = request.frame();
      if (frame.page() !== this.page) {
        this.openWindow(url);
        return route.abort('aborted');
      }
      if (!this.mayNavigate(url, frame.parentFrame() === null)) {
        // Any other reason would show an error page, which a prevented navigation does not.
        return route.abort('aborted');
      }
    }
    let cancelled = false;
    guards.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel === true));
    const handler = schemeHandlers.get(new URL(url).protocol.slice(0, -1));
    if (cancelled || handler === undefined) return route.abort();
    const response = await handler(new Request(url, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }
}
