import { describe, expect, test } from 'vitest';
import { bootForAll, type Run } from '../boot';

let run: Run;
bootForAll((booted) => {
  run = booted.run;
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
    expect(run.window.lets('will-navigate', url)).toBe(false);
    expect(run.window.lets('will-frame-navigate', url)).toBe(false);
    expect(run.window.lets('will-frame-navigate', url, false)).toBe(false);
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
