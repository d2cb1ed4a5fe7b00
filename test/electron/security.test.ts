import type { WebFrameMain } from 'electron';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, launchChromium, type Run } from './boot';
import { strict } from './stand-in/strict';

let browser: Browser;
let run: Run;

beforeAll(async () => {
  browser = await launchChromium();
  run = await boot(browser);
});

afterAll(async () => {
  await run.close();
  await browser.close();
});

describe('the window', () => {
  test.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInSubFrames', false],
    ['nodeIntegrationInWorker', false],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['webviewTag', false],
    ['navigateOnDragDrop', false],
    ['spellcheck', false],
  ] as const)('%s is %s', (setting, value) => {
    expect(run.window.options.webPreferences?.[setting]).toBe(value);
  });

  test('has no setting beyond those that were looked at', () => {
    expect(Object.keys(run.window.options.webPreferences ?? {}).sort()).toEqual([
      'allowRunningInsecureContent',
      'contextIsolation',
      'devTools',
      'navigateOnDragDrop',
      'nodeIntegration',
      'nodeIntegrationInSubFrames',
      'nodeIntegrationInWorker',
      'preload',
      'sandbox',
      'session',
      'spellcheck',
      'webSecurity',
      'webviewTag',
    ]);
  });

  test('every renderer is sandboxed, whatever a window says', () => {
    expect(run.world.calls).toContain('app.enableSandbox');
  });
});

describe('the app’s scheme', () => {
  test('is a secure standard scheme that may not go round the policy', () => {
    expect(run.privilegedSchemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });

  const ask = async (scheme: string, url: string, method = 'GET'): Promise<Response> => {
    const handler = run.schemeHandlers.get(scheme);
    if (handler === undefined) throw new Error(`${scheme} has no handler`);
    return handler(new Request(url, { method }));
  };

  test('serves the page with its policy', async () => {
    const response = await ask('app', 'app://peerhold/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'app://peerhold/../package.json',
    'app://peerhold/%2e%2e/package.json',
    'app://peerhold/..%2fpackage.json',
    'app://peerhold/..%5cpackage.json',
    'app://peerhold/assets/../../electron/main/index.js',
    'app://peerhold//etc/passwd',
    'app://peerhold/%00',
    'app://peerhold/assets',
    'app://peerhold/__proto__',
  ])('%s is not there', async (url) => {
    expect((await ask('app', url)).status).toBe(404);
  });

  test.each([
    ['app://evil/', 403],
    ['app://peerhold.evil/', 403],
    ['app://peerhold:80/', 403],
    ['app:///index.html', 403],
  ])('%s: %i', async (url, status) => {
    expect((await ask('app', url)).status).toBe(status);
  });

  test('takes no other method', async () => {
    expect((await ask('app', 'app://peerhold/', 'POST')).status).toBe(405);
  });

  test.each(['file:///etc/passwd', 'file:///'])('%s is refused', async (url) => {
    expect((await ask('file', url)).status).toBe(403);
  });

  test('a page in a real browser is held to the policy', async () => {
    const { page } = run;
    const blocked = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        violations.push(effectiveDirective);
      });
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      // In a turn of its own: what a debugger runs directly may always evaluate.
      const evaluated = await new Promise<boolean>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line no-eval -- it is to fail
            resolve(Boolean((0, eval)('1')));
          } catch {
            resolve(false);
          }
        });
      });
      const fetched = await fetch('https://evil.example/').then(
        () => true,
        () => false,
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { violations: violations.sort(), evaluated, fetched, inline: 'inlineRan' in window };
    });
    expect(blocked).toEqual({
      violations: ['connect-src', 'script-src', 'script-src-elem'],
      evaluated: false,
      fetched: false,
      inline: false,
    });
  });
});

describe('navigation', () => {
  const elsewhere = [
    'https://example.org/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'blob:app://peerhold/x',
    'about:blank',
    'app://evil/',
    'app://peerhold.evil/',
    'app://user@peerhold/',
    'app://peerhold/assets/x.html',
    'app://peerhold/?x',
    'chrome://settings',
    'view-source:app://peerhold/',
    'not an address',
    '',
  ];

  test.each(elsewhere)('to %j is refused, in frames and by redirects too', (url) => {
    expect(run.window.mayNavigate(url)).toBe(false);
    expect(run.window.mayNavigate(url, false)).toBe(false);
    expect(run.window.mayRedirect(url)).toBe(false);
  });

  test('to the page itself is allowed, but not into a frame and not by a redirect', () => {
    expect(run.window.mayNavigate('app://peerhold/#/join/x')).toBe(true);
    expect(run.window.mayNavigate('app://peerhold/', false)).toBe(false);
    expect(run.window.mayRedirect('app://peerhold/')).toBe(false);
  });

  test('of a real page stays where it is', async () => {
    const { page } = run;
    await page.evaluate(() => {
      location.href = 'http://evil.example/';
    });
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'http://evil.example/';
      document.body.append(frame);
    });
    await page.waitForTimeout(300);
    expect(new URL(page.url()).host).toBe('peerhold.localhost');
    expect(page.frames().every((frame) => !frame.url().includes('evil'))).toBe(true);
    expect(await page.evaluate(() => document.getElementById('root') !== null)).toBe(true);
  });

  test('no window opens; a safe address goes to the person’s browser, any other nowhere', () => {
    run.world.opened.length = 0;
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'app://peerhold/',
      'http://example.org/',
      '',
      'smb://x/y',
    ]) {
      expect(run.window.openWindow(url)).toBe('deny');
    }
    expect(run.world.opened).toEqual([]);
    expect(run.window.openWindow('https://example.org/a?b')).toBe('deny');
    expect(run.world.opened).toEqual(['https://example.org/a?b']);
  });

  test('no webview attaches', () => {
    expect(run.window.mayAttachWebview()).toBe(false);
  });
});

describe('the session', () => {
  const permissions = [
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'fullscreen',
    'geolocation',
    'hid',
    'media',
    'midi',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'usb',
    'unknown',
  ] as const;
  const needed = ['clipboard-sanitized-write', 'persistent-storage', 'local-network', 'loopback-network'] as const;
  type Permission = (typeof permissions)[number] | (typeof needed)[number];

  const request = (permission: Permission, requestingUrl = 'app://peerhold/', isMainFrame = true): boolean => {
    let answer: boolean | undefined;
    run.guards.request?.(run.window.webContents, permission, (granted) => (answer = granted), {
      requestingUrl,
      isMainFrame,
    });
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };
  const check = (permission: Permission, origin = 'app://peerhold/', isMainFrame = true, gone = false): boolean =>
    run.guards.check?.(gone ? null : run.window.webContents, permission, origin, { isMainFrame }) ?? true;

  test.each(permissions)('denies %s', (permission) => {
    expect(request(permission)).toBe(false);
    expect(check(permission)).toBe(false);
  });

  test.each(needed)('grants %s to the app’s page alone', (permission) => {
    expect(request(permission)).toBe(true);
    expect(check(permission)).toBe(true);
    for (const origin of ['https://evil.example/', 'app://evil/', 'null', '']) {
      expect(request(permission, origin)).toBe(false);
      expect(check(permission, origin)).toBe(false);
    }
    expect(request(permission, 'app://peerhold/', false)).toBe(false);
    expect(check(permission, 'app://peerhold/', false)).toBe(false);
    expect(check(permission, 'app://peerhold/', true, true)).toBe(false);
  });

  test('grants no device and starts no download', () => {
    expect(run.guards.device?.({ deviceType: 'usb', origin: 'app://peerhold' } as never)).toBe(false);
    let prevented = false;
    run.sessionEvents.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });

  test.each([
    ['app://peerhold/', true],
    ['ws://192.168.1.5:4000/signal', true],
    ['wss://example.org/signal', true],
    ['https://example.org/', false],
    ['http://127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['ftp://example.org/', false],
    ['chrome-extension://x/', false],
    ['', false],
  ])('a request to %j passes: %s', (url, passes) => {
    let cancelled: boolean | undefined;
    run.guards.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel));
    expect(cancelled).toBe(!passes);
  });
});

describe('calls from pages', () => {
  const frame = (url: string, parent: WebFrameMain | null = null, detached = false): WebFrameMain =>
    strict<WebFrameMain>('WebFrameMain', { url, parent, detached });
  const page = () => frame('app://peerhold/#/home');
  const call = (channel: string, args: readonly unknown[], from: WebFrameMain | null = page()) =>
    run.invokeMain(run.window.webContents, from, channel, args);

  test('the channels are those of the contract and no more', () => {
    expect([...run.world.ipcHandlers.keys()].sort()).toEqual([
      'close-lan',
      'deep-link-ready',
      'info',
      'lan-places',
      'open-external',
      'open-lan',
      'save-file',
    ]);
  });

  test.each<[string, () => WebFrameMain | null]>([
    ['a frame that is gone', () => null],
    ['a detached frame', () => frame('app://peerhold/', null, true)],
    ['a frame in the page', () => frame('app://peerhold/', page())],
    ['a web site', () => frame('https://evil.example/')],
    ['another host of the scheme', () => frame('app://evil/')],
    ['a host that looks like it', () => frame('app://peerhold.evil/')],
    ['a file', () => frame('file:///app/index.html')],
    ['a blank page', () => frame('about:blank')],
    ['a blob of the page', () => frame('blob:app://peerhold/1')],
    ['a script as a page', () => frame('app://peerhold/assets/index.js')],
    ['no address', () => frame('')],
  ])('from %s are refused on every channel', async (_name, from) => {
    for (const channel of run.world.ipcHandlers.keys()) {
      expect(await call(channel, [], from())).toEqual({ error: 'PeerholdError: electron.foreign-caller' });
    }
  });

  test('from a frame in the real page are refused', async () => {
    const answer = await run.page.evaluate(async () => {
      const child = document.createElement('iframe');
      document.body.append(child);
      const invoke: unknown = child.contentWindow && Reflect.get(child.contentWindow, 'standInInvoke');
      return typeof invoke === 'function' ? ((await invoke('info', [])) as unknown) : 'no transport';
    });
    expect(answer).toEqual({ error: 'PeerholdError: electron.foreign-caller' });
  });

  test.each<[string, readonly unknown[]]>([
    ['info', [1]],
    ['info', [undefined]],
    ['open-lan', [{}]],
    ['close-lan', [null]],
    ['lan-places', [0]],
    ['deep-link-ready', ['x']],
    ['open-external', []],
    ['open-external', [1]],
    ['open-external', ['https://a.example', 'x']],
    ['open-external', ['https://a.example/'.padEnd(5000, 'a')]],
    ['open-external', [{ toString: () => 'https://a.example' }]],
    ['save-file', []],
    ['save-file', ['a']],
    ['save-file', ['a', 'text']],
    ['save-file', ['a', [1, 2]]],
    ['save-file', ['a'.repeat(1000), new Uint8Array(1)]],
    ['save-file', ['a', new Uint8Array(1), 1]],
  ])('%s with %j is refused', async (channel, args) => {
    expect(await call(channel, args)).toEqual({ error: 'PeerholdError: electron.bad-arguments' });
  });

  test.each([
    'http://example.org/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:pass@example.org/',
    'https://example.org\\@evil.example/',
    'mailto:a@b.example?attach=/etc/passwd\nx',
    'peerhold://join/x',
    'ms-settings:x',
    '',
  ])('open-external with %j opens nothing', async (url) => {
    run.world.opened.length = 0;
    expect(await call('open-external', [url])).toEqual({ error: 'PeerholdError: electron.unsafe-url' });
    expect(run.world.opened).toEqual([]);
  });

  test('open-external opens what the parser reads', async () => {
    run.world.opened.length = 0;
    await call('open-external', ['https://EXAMPLE.org']);
    await call('open-external', ['mailto:a@b.example']);
    expect(run.world.opened).toEqual(['https://example.org/', 'mailto:a@b.example']);
  });
});
