import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';
import { killBrowser } from '../../kit/kill-browser';

const LAUNCHER = resolve(process.env['PEERHOLD_OUT'] ?? 'out', 'node/launcher/index.js');
const ADDRESS = /is at (http:\/\/127\.0\.0\.1:\d+)\//;

/** Where a person's programs run. */
export interface Machine {
  /** Command that another command is put behind, to run it on this machine; empty for the one of the test. */
  readonly inside: readonly string[];
  readonly chromium: string;
  readonly switches: readonly string[];
  readonly permissions: readonly string[];
}

export const CHROMIUM = process.env['PEERHOLD_CHROMIUM'] ?? '/usr/bin/chromium';

/** Loopback candidates are offered only with these; for tests only. */
export const THIS_MACHINE: Machine = {
  inside: [],
  chromium: CHROMIUM,
  switches: ['--allow-loopback-in-peer-connection', '--use-fake-ui-for-media-stream'],
  permissions: ['microphone'],
};

export interface AppOptions {
  readonly machine?: Machine;
  /** Called with each browser before it loads the app. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** A person at a computer: the launcher's own process with its signalling server, and a browser profile of their own. */
export class App {
  readonly name: string;
  page!: Page;
  /** What the page reported as errors. */
  readonly faults: string[] = [];
  readonly #home: string;
  readonly #machine: Machine;
  readonly #prepare: AppOptions['prepare'];
  #launcher: ChildProcess | undefined;
  #context: BrowserContext | undefined;
  #address = '';

  private constructor(name: string, home: string, { machine = THIS_MACHINE, prepare }: AppOptions) {
    this.name = name;
    this.#home = home;
    this.#machine = machine;
    this.#prepare = prepare;
  }

  static async start(name: string, options: AppOptions = {}): Promise<App> {
    const app = new App(name, await mkdtemp(join(tmpdir(), `peerhold-${name}-`)), options);
    await app.#launch();
    await app.openWindow();
    return app;
  }

  /**
   * A backup of this person's browser profile, with the same storage at the same address, served by this app. Its window is not open yet.
   */
  async backup(name: string): Promise<App> {
    await this.closeWindow();
    const home = await mkdtemp(join(tmpdir(), `peerhold-${name}-`));
    await cp(join(this.#home, 'browser'), join(home, 'browser'), { recursive: true });
    await this.openWindow();
    const copy = new App(name, home, { machine: this.#machine });
    copy.#address = this.#address;
    return copy;
  }

  get address(): string {
    return this.#address;
  }

  async openWindow(): Promise<void> {
    this.#context = await chromium.launchPersistentContext(join(this.#home, 'browser'), {
      executablePath: this.#machine.chromium,
      args: ['--no-sandbox', ...this.#machine.switches],
      permissions: [...this.#machine.permissions],
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
    });
    await this.#prepare?.(this.#context);
    this.page = this.#context.pages()[0] ?? (await this.#context.newPage());
    this.page.setDefaultTimeout(20_000);
    this.page.on('pageerror', (error) => this.faults.push(`${this.name}: ${String(error)}`));
    this.page.on('console', (message) => {
      // A signalling server that is away is reported by the browser itself.
      if (message.type() === 'error' && !message.text().includes('WebSocket'))
        this.faults.push(`${this.name}: ${message.text()}`);
    });
    await this.page.goto(this.#address);
  }

  async closeWindow(): Promise<void> {
    await this.#context?.close();
  }

  /** A second window of the same profile, at the first screen. */
  async anotherWindow(): Promise<Page> {
    if (this.#context === undefined) throw new Error('no window is open');
    const page = await this.#context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(this.#address);
    return page;
  }

  /** Ends the browser and all its processes at once, as when the power goes. */
  async killBrowser(): Promise<void> {
    if (this.#context === undefined) throw new Error('no window is open');
    await killBrowser(this.#context, join(this.#home, 'browser'));
    this.#context = undefined;
  }

  /** Ends the launcher and with it this app's signalling; the window stays. */
  async stopServer(): Promise<void> {
    const launcher = this.#launcher;
    if (launcher === undefined || launcher.exitCode !== null) return;
    const ended = new Promise((done) => launcher.once('exit', done));
    launcher.kill();
    await ended;
  }

  async startServer(): Promise<void> {
    await this.#launch();
  }

  async end(): Promise<void> {
    await this.closeWindow();
    await this.stopServer();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #launch(): Promise<void> {
    const [command, ...args] = [...this.#machine.inside, process.execPath, LAUNCHER, '--no-open'];
    const launcher = spawn(command, args, {
      env: { ...process.env, PEERHOLD_HOME: this.#home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#launcher = launcher;
    let output = '';
    this.#address = await new Promise((found, failed) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const address = ADDRESS.exec(output)?.[1];
        if (address !== undefined) found(address);
      };
      launcher.stdout?.on('data', read);
      launcher.stderr?.on('data', read);
      launcher.once('exit', (code) => failed(new Error(`the launcher ended with ${code}: ${output}`)));
    });
  }
}
