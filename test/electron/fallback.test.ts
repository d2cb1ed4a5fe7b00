import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Bridge } from '../../shared/ipc/contract';
import { launchChromium } from './boot';

const LAUNCHER = resolve('out/node/launcher/index.js');

interface Launched {
  readonly child: ChildProcess;
  /** What it printed up to now. */
  readonly output: () => string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Waits for a line and gives what the pattern catches in it. */
  find(pattern: RegExp): Promise<string>;
}

let home: string;
const running: Launched[] = [];

function launch(args: readonly string[], env: NodeJS.ProcessEnv = {}): Launched {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env, PEERHOLD_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const launched: Launched = {
    child,
    output: () => text,
    ended: new Promise((resolvePromise) => child.once('exit', resolvePromise)),
    find: async (pattern) => {
      await expect.poll(() => text, { timeout: 10_000 }).toMatch(pattern);
      return pattern.exec(text)?.[1] ?? '';
    },
  };
  running.push(launched);
  return launched;
}

const ADDRESS = /is at (http:\/\/127\.0\.0\.1:\d+)\//;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-fallback-'));
});

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill();
    await ended;
  }
  await rm(home, { recursive: true });
});

describe('the command', () => {
  test('prints the address where there is no display, stops when told, and keeps its port', async () => {
    const first = launch(['--profile', 'anna']);
    const address = await first.find(ADDRESS);
    expect((await fetch(address)).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await launch(['--profile', 'anna']).find(ADDRESS)).toBe(address);
  });

  test('gives each profile its own origin', async () => {
    const [anna, ben] = [launch(['--profile', 'anna']), launch(['--profile', 'ben'])];
    expect(await anna.find(ADDRESS)).not.toBe(await ben.find(ADDRESS));
  });

  test('started twice for a profile leads to the first and ends', async () => {
    const address = await launch(['--profile', 'anna']).find(ADDRESS);
    const second = launch(['--profile', 'anna', 'peerhold://join/abc']);
    expect(await second.ended).toBe(0);
    expect(second.output()).toContain('running already');
    expect(second.output()).toContain(`${address}/#/join/abc`);
  });

  test('never moves a profile to another port by itself', async () => {
    const port = new URL(await launch(['--profile', 'anna']).find(ADDRESS)).port;
    const other = launch(['--profile', 'ben', '--port', port]);
    expect(await other.ended).toBe(1);
    expect(other.output()).toContain('in use by another program');
  });

  test.each([
    ['--profile', '../x'],
    ['--port', '80'],
  ])('refuses %s %s in one line', async (option, value) => {
    const launched = launch([option, value]);
    expect(await launched.ended).toBe(1);
    expect(launched.output().trim().split('\n')).toHaveLength(1);
  });

  test('opens the app window with the profile’s own browser data, and with the link', async () => {
    const seen = join(home, 'seen.json');
    const browser = join(home, 'browser.mjs');
    const program = `import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.argv.slice(2)));
setTimeout(() => undefined, 60_000);`;
    await writeFile(browser, `#!${process.execPath}\n${program}`);
    await chmod(browser, 0o755);
    const launched = launch(['--profile', 'anna', 'peerhold://join/abc'], {
      DISPLAY: ':99',
      PEERHOLD_BROWSER: browser,
    });
    const url = await launched.find(/its address is (\S+)/);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/join\/abc$/);
    await expect.poll(() => readFile(seen, 'utf8').catch(() => '')).not.toBe('');
    const args = JSON.parse(await readFile(seen, 'utf8')) as string[];
    expect(args).toContain(`--app=${url}`);
    expect(args).toContain(`--user-data-dir=${join(home, 'anna', 'browser')}`);
    expect(args.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
  });
});

describe('the browser’s side of the bridge', () => {
  let browser: Browser;
  let code: string;

  beforeAll(async () => {
    browser = await launchChromium();
    const output = await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        lib: { entry: resolve('renderer/platform/index.ts'), formats: ['iife'], name: 'platform' },
      },
    });
    const [bundle] = Array.isArray(output) ? output : [];
    code = bundle?.output[0].code ?? '';
  });

  afterAll(() => browser.close());

  interface PlatformWindow extends Window {
    readonly platform: { getPlatform(): Bridge; askToNotify(): Promise<boolean> };
  }

  /** A page of the app with the platform layer alone in it. */
  async function open(address: string, hash = ''): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${address}/${hash}`);
    await page.evaluate(`${code}; globalThis.platform = platform`);
    return page;
  }

  test('tells about the shell, opens and closes the LAN, and remembers it', async () => {
    const first = launch(['--profile', 'anna']);
    const address = await first.find(ADDRESS);
    const page = await open(address);
    const info = () => page.evaluate(() => (window as unknown as PlatformWindow).platform.getPlatform().info());
    const loopback = `${address.replace('http', 'ws')}/signal`;
    expect(await info()).toMatchObject({ shell: 'browser', profile: 'anna', signalling: [loopback], lanOpen: false });
    const lan = await page.evaluate(() => (window as unknown as PlatformWindow).platform.getPlatform().openLan());
    expect(await info()).toMatchObject({ signalling: [loopback, ...lan.addresses], lanOpen: true });
    expect(await page.evaluate(connect, loopback)).toBe('open');

    first.child.kill();
    await first.ended;
    const again = await open(await launch(['--profile', 'anna']).find(ADDRESS));
    expect(
      await again.evaluate(() => (window as unknown as PlatformWindow).platform.getPlatform().info()),
    ).toMatchObject({ signalling: [loopback, ...lan.addresses], lanOpen: true });
    await again.evaluate(() => (window as unknown as PlatformWindow).platform.getPlatform().closeLan());
    const settings = JSON.parse(await readFile(join(home, 'anna', 'shell.json'), 'utf8')) as unknown;
    expect(settings).toMatchObject({ lanOpen: false });
  });

  test('one profile’s page gets nowhere at another’s host API', async () => {
    const [anna, ben] = [launch(['--profile', 'anna']), launch(['--profile', 'ben'])];
    const page = await open(await anna.find(ADDRESS));
    const other = await ben.find(ADDRESS);
    const outcome = await page.evaluate(async (origin) => {
      const token = document.querySelector('meta[name="peerhold-token"]')?.getAttribute('content') ?? '';
      const headers = { 'x-peerhold-token': token };
      return fetch(`${origin}/host/open-lan`, { method: 'POST', headers, body: '{}' }).then(
        ({ status }) => status,
        () => 'refused',
      );
    }, other);
    expect(outcome).toBe('refused');
  });

  test('takes deep links from the address, each once', async () => {
    const page = await open(await launch([]).find(ADDRESS), '#/join/first');
    await page.evaluate(() => {
      const links: string[] = [];
      Reflect.set(window, 'links', links);
      (window as unknown as PlatformWindow).platform.getPlatform().onDeepLink((url) => links.push(url));
    });
    const links = () => page.evaluate((): unknown => Reflect.get(window, 'links'));
    await expect.poll(links).toEqual(['peerhold://join/first']);
    for (const hash of ['#/join/first', '#/other', '#/join/se/cond', '#/join/second', '#/join/second']) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
    }
    await expect.poll(links).toEqual(['peerhold://join/first', 'peerhold://join/second']);
  });

  test('has none of a desktop’s habits, and shows notices by the browser once the person allowed it', async () => {
    const page = await open(await launch([]).find(ADDRESS));
    const outcome = await page.evaluate(async () => {
      const { getPlatform, askToNotify } = (window as unknown as PlatformWindow).platform;
      const shown: unknown[] = [];
      let opened: (() => void) | undefined;
      class Shown {
        static permission: NotificationPermission = 'default';
        static async requestPermission(): Promise<NotificationPermission> {
          return (Shown.permission = 'granted');
        }
        constructor(title: string, options: NotificationOptions) {
          shown.push([title, options]);
        }
        addEventListener(_name: string, listener: () => void): void {
          opened = listener;
        }
      }
      Object.defineProperty(window, 'Notification', { value: Shown });
      const platform = getPlatform();
      const events: unknown[] = [];
      platform.onShellEvent((event) => events.push(event));
      const notice = { title: 'Peerhold', body: 'One thing needs you.', tag: 'a' };
      const before = await platform.habits();
      await platform.notify(notice);
      const shownUnasked = shown.length;
      const allowed = await askToNotify();
      await platform.notify(notice);
      opened?.();
      return { before, shownUnasked, allowed, after: (await platform.habits()).notifications, shown, events };
    });
    expect(outcome).toEqual({
      before: { background: null, startAtLogin: null, notifications: 'ask', badge: false },
      shownUnasked: 0,
      allowed: true,
      after: 'yes',
      shown: [['Peerhold', { body: 'One thing needs you.', tag: 'a' }]],
      events: [{ kind: 'notice', tag: 'a' }],
    });
  });

  test('saves a file as a download under a plain name', async () => {
    const page = await open(await launch([]).find(ADDRESS));
    const download = page.waitForEvent('download');
    expect(
      await page.evaluate(() =>
        (window as unknown as PlatformWindow).platform.getPlatform().saveFile('a/b.txt', new Uint8Array([104, 105])),
      ),
    ).toBe(true);
    expect((await download).suggestedFilename()).toBe('a_b.txt');
    expect(await readFile(await (await download).path(), 'utf8')).toBe('hi');
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'http://example.org/'])('opens no %s', async (url) => {
    const page = await open(await launch([]).find(ADDRESS));
    await expect(
      page.evaluate(
        (address) => (window as unknown as PlatformWindow).platform.getPlatform().openExternal(address),
        url,
      ),
    ).rejects.toThrow('platform.unsafe-url');
  });
});

/** Runs in the page. */
function connect(url: string): Promise<string> {
  return new Promise((resolvePromise) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => resolvePromise('open'));
    socket.addEventListener('error', () => resolvePromise('failed'));
  });
}
