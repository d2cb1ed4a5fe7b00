import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { type History, encodeHistory, partOf } from '../history-file';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
/** The first events of the history, or those from one place up to another. */
const HISTORY = /^\/history\/(?:(\d{1,6})-)?(\d{1,6})$/;
/** Milliseconds; nothing in a page may take longer. */
const PATIENCE = 300_000;

/** Real Chromium, and the page of the benchmark with the history served from loopback. */
export class Chromium {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #address: string;

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
    this.#address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  static async start(page: string, history: History): Promise<Chromium> {
    const server = createServer((request, response) => {
      // Only an isolated page may measure its memory.
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const asked = HISTORY.exec(pathname);
      if (asked !== null) return response.end(encodeHistory(partOf(history, Number(asked[1] ?? 0), Number(asked[2]))));
      const file = join(page, normalize(pathname === '/' ? '/index.html' : pathname));
      readFile(file).then(
        (bytes) => response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream').end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['PEERHOLD_CHROMIUM'] ?? '/usr/bin/chromium',
      // Loopback candidates are offered only with these; for tests only. The last has memory measured when asked, not when convenient.
      args: [
        '--no-sandbox',
        '--allow-loopback-in-peer-connection',
        '--use-fake-ui-for-media-stream',
        '--enable-blink-features=ForceEagerMeasureMemory',
      ],
    });
    return new Chromium(browser, server);
  }

  get version(): string {
    return this.#browser.version();
  }

  /** A page in a profile of its own. Its faults end the benchmark: a figure beside an error is worth nothing. */
  async open(): Promise<Page> {
    const context = await this.#browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`));
    page.on('console', (message) => {
      if (message.type() === 'error') process.stderr.write(`page: ${message.text()}\n`);
    });
    await page.goto(this.#address);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export async function closePage(page: Page): Promise<void> {
  const context: BrowserContext = page.context();
  await context.close();
}

/** Connects two pages, by the app's transport to their workers (`peer`) or by a bare channel (`raw`). */
export async function connectPages(from: Page, to: Page, kind: 'peer' | 'raw'): Promise<void> {
  const offer = await from.evaluate((name) => window.bench[name].offer(), kind);
  const answer = await to.evaluate(([name, sdp]) => window.bench[name].answer(sdp), [kind, offer] as const);
  await from.evaluate(([name, sdp]) => window.bench[name].accept(sdp), [kind, answer] as const);
}

/** Milliseconds that a fresh bare channel takes for so many bytes, between two new pages. */
export async function rawTransfer(browser: Chromium, bytes: number): Promise<number> {
  const pages = [await browser.open(), await browser.open()] as const;
  await connectPages(pages[0], pages[1], 'raw');
  const time = await pages[0].evaluate((size) => window.bench.raw.send(size), bytes);
  for (const page of pages) await closePage(page);
  return time;
}
