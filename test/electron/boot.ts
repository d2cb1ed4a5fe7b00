import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, vi } from 'vitest';

/** The built main, not its source: what is tested is what ships. */
const MAIN = resolve('out/electron/main/index.js');

/** One name for the stand-in's parts of one run. */
async function loadStandIn() {
  const [{ world }, app, session, frames, { openedWindows }, { powerEvents }] = await Promise.all([
    import('./stand-in/world'),
    import('./stand-in/app'),
    import('./stand-in/session'),
    import('./stand-in/frames'),
    import('./stand-in/window'),
    import('./stand-in/system'),
  ]);
  return { world, openedWindows, powerEvents, appEvents: app.appEvents, ...session, invokeMain: frames.invokeMain };
}

export type StandIn = Awaited<ReturnType<typeof loadStandIn>>;

export interface Run extends StandIn {
  /** Folder of all profiles of this run. */
  readonly home: string;
  /** The first window and its page; throws where main opened none. */
  readonly window: StandIn['openedWindows'][number];
  readonly page: Page;
  close(): Promise<void>;
}

export interface BootOptions {
  readonly argv?: readonly string[];
  /** What `requestSingleInstanceLock` answers. */
  readonly lock?: boolean;
  /** Whether it runs as from a package. */
  readonly packaged?: boolean;
  readonly platform?: NodeJS.Platform;
  /** What the system is like before main starts. */
  readonly prepare?: (standIn: StandIn) => void;
  /** What happens between the start of main and the moment at which Electron is ready. */
  readonly beforeReady?: (standIn: StandIn) => void;
  /** Folder of profiles of an earlier run. */
  readonly home?: string;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['PEERHOLD_CHROMIUM'] ?? '/usr/bin/chromium',
    // Pages of one machine meet over its loopback only with these: for tests only.
    args: [
      '--allow-loopback-in-peer-connection',
      '--use-fake-ui-for-media-stream',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/** One browser and one run of main for all tests of a file; `take` is called once they are there. */
export function bootForAll(take: (booted: { readonly browser: Browser; readonly run: Run }) => void): void {
  let end: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const browser = await launchChromium();
    const run = await boot(browser);
    end = async () => {
      await run.close();
      await browser.close();
    };
    take({ browser, run });
  });
  afterAll(() => end?.());
}

/** Starts main anew, as a fresh process would, and waits until it shows its page or has ended. */
export async function boot(browser: Browser, options: BootOptions = {}): Promise<Run> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'peerhold-electron-')));
  vi.resetModules();
  vi.stubEnv('PEERHOLD_HOME', home);
  const { argv, platform } = process;
  process.argv = [...(options.packaged === true ? ['peerhold'] : ['electron', '.']), ...(options.argv ?? [])];
  Object.defineProperty(process, 'platform', { value: options.platform ?? platform });
  const standIn = await loadStandIn();
  const { world, openedWindows } = standIn;
  world.lock = options.lock ?? true;
  world.packaged = options.packaged ?? false;
  options.prepare?.(standIn);
  world.beforeReady = () => options.beforeReady?.(standIn);
  world.context = await browser.newContext({ permissions: ['microphone'] });
  try {
    await import(/* @vite-ignore */ MAIN);
    await vi.waitUntil(() => world.ended !== undefined || openedWindows[0]?.loaded === true, { timeout: 20_000 });
  } finally {
    process.argv = argv;
    Object.defineProperty(process, 'platform', { value: platform });
  }
  return {
    ...standIn,
    home,
    get window() {
      const [window] = openedWindows;
      if (window === undefined) throw new Error('main opened no window');
      return window;
    },
    get page() {
      const page = openedWindows[0]?.page;
      if (page === undefined) throw new Error('main showed no page');
      return page;
    },
    close: async () => {
      standIn.appEvents.emit('will-quit', {});
      await world.context?.close();
      vi.unstubAllEnvs();
      // Where the window was is still being written when it has just been closed.
      if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
