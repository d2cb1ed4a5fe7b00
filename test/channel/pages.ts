import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { SignallingService } from '../../node/signalling/service';
import type { HarnessEvent, PeerOrder } from './page/messages';

const ROOT = fileURLToPath(new URL('./page', import.meta.url));
const OUT = fileURLToPath(new URL('../../out/channel-page', import.meta.url));

/** Real Chromium, the harness page served from loopback, and the project's own signalling server. */
export class ChannelPages {
  readonly #browser: Browser;
  readonly #server: PreviewServer;
  readonly #url: string;
  readonly #contexts: BrowserContext[] = [];
  #signalling: SignallingService;
  readonly #port: number;
  /** What pages reported as errors. */
  readonly faults: string[] = [];

  private constructor(browser: Browser, server: PreviewServer, signalling: SignallingService, port: number) {
    this.#browser = browser;
    this.#server = server;
    this.#url = server.resolvedUrls?.local[0] ?? '';
    this.#signalling = signalling;
    this.#port = port;
  }

  static async start(): Promise<ChannelPages> {
    const quiet = { root: ROOT, configFile: false, logLevel: 'error' } as const;
    const input = ['index.html', 'transport.html'].map((name) => join(ROOT, name));
    const output = { outDir: OUT, emptyOutDir: true, target: 'es2023', rollupOptions: { input } };
    await build({ ...quiet, worker: { format: 'es' }, build: output });
    const server = await preview({ ...quiet, build: output, preview: { host: '127.0.0.1', port: 0 } });
    const signalling = new SignallingService();
    const port = await signalling.listenLoopback();
    const browser = await chromium.launch({
      executablePath: process.env['PEERHOLD_CHROMIUM'] ?? '/usr/bin/chromium',
      // Loopback candidates are offered only with these; for tests only.
      args: ['--no-sandbox', '--allow-loopback-in-peer-connection', '--use-fake-ui-for-media-stream'],
    });
    return new ChannelPages(browser, server, signalling, port);
  }

  get servers(): string[] {
    return this.#signalling.addresses();
  }

  /** A page in a profile of its own. */
  async open(name = ''): Promise<Page> {
    const context = await this.#browser.newContext({ permissions: ['microphone'] });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => {
      // A server that is away is reported by the browser itself.
      if (message.type() === 'error' && !message.text().includes('WebSocket')) this.faults.push(message.text());
    });
    await page.goto(this.#url + name);
    return page;
  }

  async closePages(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  async restartSignalling(): Promise<void> {
    await this.#signalling.close();
    this.#signalling = new SignallingService();
    await this.#signalling.listenLoopback(this.#port);
  }

  async close(): Promise<void> {
    await this.closePages();
    await this.#browser.close();
    await this.#server.close();
    await this.#signalling.close();
  }
}

export async function startPeer(page: Page, order: PeerOrder): Promise<void> {
  await page.evaluate((given) => window.harness.start(given), order);
}

export const eventsOf = (page: Page): Promise<HarnessEvent[]> => page.evaluate(() => window.harness.events);

/** Waits until at least `count` events of a type have happened, and returns those. */
export async function waitFor<T extends HarnessEvent['type']>(
  page: Page,
  type: T,
  count = 1,
  timeout = 15_000,
): Promise<(HarnessEvent & { type: T })[]> {
  await page.waitForFunction(
    ([wanted, least]) => window.harness.events.filter((event) => event.type === wanted).length >= least,
    [type, count] as const,
    { timeout, polling: 20 },
  );
  const events = await eventsOf(page);
  return events.filter((event): event is HarnessEvent & { type: T } => event.type === type);
}
