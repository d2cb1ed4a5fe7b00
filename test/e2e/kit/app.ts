import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';

const LAUNCHER = resolve(process.env['PEERHOLD_OUT'] ?? 'out', 'node/launcher/index.js');
const ADDRESS = /is at (http:\/\/127\.0\.0\.1:\d+)\//;

/** A person at a computer: the launcher's own process with its signalling server, and a browser profile of their own. */
export class App {
  readonly name: string;
  page!: Page;
  /** What the page reported as errors. */
  readonly faults: string[] = [];
  readonly #home: string;
  #launcher: ChildProcess | undefined;
  #context: BrowserContext | undefined;
  #address = '';

  private constructor(name: string, home: string) {
    this.name = name;
    this.#home = home;
  }

  static async start(name: string): Promise<App> {
    const app = new App(name, await mkdtemp(join(tmpdir(), `peerhold-${name}-`)));
    await app.#launch();
    await app.openWindow();
    return app;
  }

  get address(): string {
    return this.#address;
  }

  async openWindow(): Promise<void> {
    this.#context = await chromium.launchPersistentContext(join(this.#home, 'browser'), {
      executablePath: process.env['PEERHOLD_CHROMIUM'] ?? '/usr/bin/chromium',
      // Loopback candidates are offered only with these; for tests only.
      args: ['--no-sandbox', '--allow-loopback-in-peer-connection', '--use-fake-ui-for-media-stream'],
      permissions: ['microphone'],
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
    });
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
    const launcher = spawn(process.execPath, [LAUNCHER, '--no-open'], {
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
