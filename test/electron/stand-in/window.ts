import type { BrowserWindowConstructorOptions, Rectangle, RenderProcessGoneDetails, WebContents } from 'electron';
import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import type { Page, Request as PageRequest, Route, WebSocketRoute } from 'playwright-core';
import { toBrowser, toMain } from './addresses';
import { appEvents } from './app';
import { frameMain, invokeMain } from './frames';
import { preloadScript } from './preload-host';
import { guards, schemeHandlers } from './session';
import { Events, PreventableEvent, strict } from './strict';
import { world } from './world';

/** What main loads, and reloads. */
const APP_PAGE = 'app://peerhold/';

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
  readonly windowEvents = new Events('BrowserWindow', ['close', 'closed', 'move', 'ready-to-show', 'resize']);
  readonly contentEvents = new Events('WebContents', [
    'context-menu',
    'did-navigate',
    'did-start-loading',
    'did-start-navigation',
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
  visible = false;
  minimized = false;
  maximized = false;
  destroyed = false;
  bounds: Rectangle;
  /** What `setOverlayIcon` was given to say. */
  overlay = '';
  /** Whether its page is slowed down while nobody sees it. */
  throttled = true;
  readonly spelt: string[] = [];
  /** Whether main's page has been loaded. */
  loaded = false;
  focused = 0;
  reloads = 0;
  /** Whether a reload loads anything, or is only counted. */
  reloading = true;
  /** Addresses of the sockets that the page has asked for. */
  readonly sockets: string[] = [];
  #openHandler: OpenHandler | undefined;
  /** The address that main itself asked for: no navigation of the page's. */
  #asked: string | undefined;

  constructor(options: BrowserWindowConstructorOptions) {
    world.callWhenReady('new BrowserWindow');
    this.options = options;
    const { x = 100, y = 100, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.webContents = this.#createContents();
    openedWindows.push(this);
    appEvents.emit('web-contents-created', {}, this.webContents);
  }

  async load(url: string): Promise<void> {
    const { context } = world;
    if (context === undefined) throw new Error('the stand-in has no browser');
    if (this.page === undefined) await context.route('**/*', (route, request) => this.#answer(route, request));
    const page = await context.newPage();
    this.page = page;
    await page.exposeBinding('standInInvoke', ({ frame }, channel: string, args: unknown[]) =>
      invokeMain(this.webContents, frameMain(frame), channel, args),
    );
    await page.addInitScript({
      content: preloadScript(await readFile(this.options.webPreferences?.preload ?? '', 'utf8')),
    });
    await page.routeWebSocket(/./, (route) => this.#connect(route));
    page.on('crash', () => this.gone('crashed'));
    this.contentEvents.emit('did-start-loading');
    this.#asked = url;
    await page.goto(toBrowser(url));
    this.#asked = undefined;
    this.windowEvents.emit('ready-to-show');
    this.loaded = true;
  }

  /** What the person's click on the window's cross does, or the app's own end. False where main keeps the window. */
  close(): boolean {
    const event = new PreventableEvent();
    this.windowEvents.emit('close', event);
    if (event.prevented) return false;
    this.visible = false;
    this.destroyed = true;
    this.windowEvents.emit('closed');
    openedWindows.splice(openedWindows.indexOf(this), 1);
    if (openedWindows.length === 0 && world.ended === undefined) appEvents.emit('window-all-closed');
    return true;
  }

  /** The person moves the window, or pulls at its edge. */
  moveTo(bounds: Rectangle): void {
    this.bounds = bounds;
    this.windowEvents.emit('move');
    this.windowEvents.emit('resize');
  }

  /** What main hears when the page's process has ended. */
  gone(reason: RenderProcessGoneDetails['reason']): void {
    this.contentEvents.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }

  /** Whether main lets a frame go to an address, without asking the browser. */
  mayNavigate(url: string, isMainFrame = true): boolean {
    return this.lets('will-frame-navigate', url, isMainFrame) && (!isMainFrame || this.lets('will-navigate', url));
  }

  /** The same by one of the two events alone: each is to hold without the other. */
  lets(name: 'will-frame-navigate' | 'will-navigate', url: string, isMainFrame = true): boolean {
    const event = new NavigationEvent(url, isMainFrame);
    this.contentEvents.emit(name, event);
    return !event.prevented;
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
        if (this.destroyed) throw new TypeError('Object has been destroyed');
        world.sent.push(
          [channel, ...args.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))].join(' '),
        );
        void this.page
          ?.evaluate(
            ([name, values]) => {
              const deliver: unknown = Reflect.get(window, 'standInDeliver');
              if (typeof deliver === 'function') deliver(name, values);
            },
            [channel, args] as const,
          )
          // A page that has gone meanwhile hears nothing.
          .catch(() => undefined);
      },
      setBackgroundThrottling: (allowed) => {
        this.throttled = allowed;
      },
      replaceMisspelling: (word) => {
        this.spelt.push(word);
      },
      printToPDF: async ({ generateTaggedPDF, generateDocumentOutline, ...others }) => {
        if (Object.keys(others).length > 0)
          throw new TypeError(`the stand-in does not print by ${JSON.stringify(others)}`);
        return this.page!.pdf({ tagged: generateTaggedPDF === true, outline: generateDocumentOutline === true });
      },
      reload: () => {
        this.reloads += 1;
        if (this.reloading) void this.#again();
      },
    });
    return contents;
  }

  /** Loads the page anew in a fresh tab, since that of a process that has ended can not be used any more. Storage is the context's. */
  async #again(): Promise<void> {
    const { page: before } = this;
    await this.load(APP_PAGE);
    await before?.close();
  }

  /** A socket of the page's, as from Electron: its origin is the app's own, which a plain browser can not have. */
  #connect(route: WebSocketRoute): void {
    const url = route.url();
    this.sockets.push(url);
    if (this.#isCancelled(url)) return void route.close();
    const socket = new WebSocket(url, { origin: 'app://peerhold' });
    const waiting: (string | Buffer)[] = [];
    route.onMessage((message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
      else waiting.push(message);
    });
    route.onClose(() => socket.close());
    socket.on('open', () => waiting.splice(0).forEach((message) => socket.send(message)));
    socket.on('message', (data: Buffer, isBinary) => route.send(isBinary ? data : data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => void route.close().catch(() => undefined));
  }

  #isCancelled(url: string): boolean {
    let cancelled = false;
    guards.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel === true));
    return cancelled;
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
    const cancelled = this.#isCancelled(url);
    const handler = schemeHandlers.get(new URL(url).protocol.slice(0, -1));
    if (cancelled || handler === undefined) return route.abort();
    const isOurs = request.isNavigationRequest() && request.frame() === this.page?.mainFrame();
    if (isOurs) this.contentEvents.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    const response = await handler(new Request(url, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
    if (isOurs) this.contentEvents.emit('did-navigate', {}, url, response.status, '');
  }
}
