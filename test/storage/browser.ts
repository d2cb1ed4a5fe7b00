import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { killBrowser } from '../kit/kill-browser';

const ROOT = fileURLToPath(new URL('./page', import.meta.url));
const OUT = fileURLToPath(new URL('../../out/storage-page', import.meta.url));

export const someNetwork = (): string => randomBytes(32).toString('hex');

/** Real Chromium with a profile on the disk, and the storage page served from loopback. */
export class StorageBrowser {
  page!: Page;
  readonly #server: PreviewServer;
  readonly #profile: string;
  #context!: BrowserContext;

  private constructor(server: PreviewServer, profile: string) {
    this.#server = server;
    this.#profile = profile;
  }

  static async start(): Promise<StorageBrowser> {
    const quiet = { root: ROOT, configFile: false, logLevel: 'error' } as const;
    const output = { outDir: OUT, emptyOutDir: true, target: 'es2023' };
    await build({ ...quiet, build: output });
    const server = await preview({ ...quiet, build: output, preview: { host: '127.0.0.1', port: 0 } });
    const browser = new StorageBrowser(server, await mkdtemp(join(tmpdir(), 'peerhold-storage-')));
    await browser.#launch();
    return browser;
  }

  /** A page at an origin of its own, that nothing was asked of before: the browser takes a while to notice a change of quota. */
  async openFresh(name: string): Promise<Page> {
    const page = await this.#context.newPage();
    const address = new URL(this.#address);
    address.hostname = `${name}.localhost`;
    await page.goto(address.href);
    return page;
  }

  /** Limits what a page's origin may store, in bytes, until the function that it gives is called. */
  async limit(page: Page, bytes: number): Promise<() => Promise<void>> {
    const session = await this.#context.newCDPSession(page);
    const { origin } = new URL(page.url());
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
    return async () => {
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await session.detach();
    };
  }

  /** Loses the files in which the browser keeps large values apart, as a failing disk would, and starts it again. Gives how many there were. */
  async loseLargeValues(): Promise<number> {
    await this.#context.close();
    const files = await readdir(this.#profile, { recursive: true, withFileTypes: true });
    const large = files.filter((file) => file.isFile() && file.parentPath.includes('.indexeddb.blob'));
    for (const file of large) await rm(join(file.parentPath, file.name));
    await this.#launch();
    return large.length;
  }

  /** Ends the browser as when the power goes, and starts it again. `isTorn`: in the moment between the head of a record in its log and what follows. */
  async kill(isTorn = false): Promise<void> {
    await killBrowser(this.#context, this.#profile);
    if (isTorn) {
      const databases = join(this.#profile, 'Default', 'IndexedDB');
      const files = await readdir(databases, { recursive: true });
      const logs = files.filter((name) => /\.leveldb\/\d+\.log$/.test(name));
      // Its check sum, its length of 77, its kind.
      for (const log of logs) await appendFile(join(databases, log), Buffer.from([1, 2, 3, 4, 77, 0, 1]));
    }
    await this.#launch();
  }

  get #address(): string {
    return this.#server.resolvedUrls?.local[0] ?? '';
  }

  async end(): Promise<void> {
    await this.#context.close();
    await this.#server.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #launch(): Promise<void> {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: process.env['PEERHOLD_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    this.page = this.#context.pages()[0] ?? (await this.#context.newPage());
    await this.page.goto(this.#address);
  }
}
