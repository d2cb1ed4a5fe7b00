import type { Browser } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { boot, bootForAll, type Run } from '../boot';

let browser: Browser;
let run: Run;
bootForAll((booted) => {
  run = booted.run;
  browser = booted.browser;
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

  test.each([
    ['linux', false],
    ['win32', false],
    ['darwin', true],
  ] as const)('on %s has its spelling checked by what is on the machine alone: %s', async (platform, spellcheck) => {
    const there = await boot(browser, { platform });
    expect(there.window.options.webPreferences?.spellcheck).toBe(spellcheck);
    await there.close();
  });

  test('has developer tools only where it is no package', async () => {
    expect(run.window.options.webPreferences?.devTools).toBe(true);
    const packaged = await boot(browser, { packaged: true });
    expect(packaged.window.options.webPreferences?.devTools).toBe(false);
    await packaged.close();
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
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  /** Styles are set inline by the component library, images are read from the commons, peers are reached by sockets. */
  const POLICY: Readonly<Record<string, string>> = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self' ws: wss:",
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  test.each([
    ['GET', 'app://peerhold/', 200],
    ['GET', 'app://peerhold/missing', 404],
    ['POST', 'app://peerhold/', 405],
    ['GET', 'app://evil/', 403],
  ])('%s %s is answered with the whole policy', async (method, url, status) => {
    const response = await ask('app', url, method);
    expect(response.status).toBe(status);
    const directives = (response.headers.get('content-security-policy') ?? '').split('; ');
    expect(Object.fromEntries(directives.map((each) => [each.split(' ')[0], each.replace(/^\S+ /, '')]))).toEqual(
      POLICY,
    );
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
