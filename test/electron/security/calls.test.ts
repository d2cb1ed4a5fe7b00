import type { WebFrameMain } from 'electron';
import { describe, expect, test } from 'vitest';
import { bootForAll, type Run } from '../boot';
import { strict } from '../stand-in/strict';

let run: Run;
bootForAll((booted) => {
  run = booted.run;
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
      'fetch-update',
      'habits',
      'info',
      'key-guard',
      'lan-places',
      'look-for-update',
      'notify',
      'open-external',
      'open-lan',
      'save-file',
      'save-pdf',
      'set-background',
      'set-badge',
      'set-start-at-login',
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

  test('from a frame that is disposed of while it is looked at are refused', async () => {
    const disposed = strict<WebFrameMain>('WebFrameMain', {
      get detached(): boolean {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      },
    });
    for (const channel of run.world.ipcHandlers.keys()) {
      expect(await call(channel, [], disposed)).toEqual({ error: 'PeerholdError: electron.foreign-caller' });
    }
  });

  test.each(['', '__proto__', 'constructor', 'INFO', 'info ', 'ELECTRON_BROWSER_WINDOW', 'deep-link', 'save-file\0'])(
    'on the channel %j reach nobody',
    async (channel) => {
      expect(await call(channel, [])).toEqual({ error: `No handler registered for '${channel}'` });
    },
  );

  test('with anything more than a channel takes are refused', async () => {
    const full: Readonly<Record<string, readonly unknown[]>> = {
      'open-external': ['https://a.example/'],
      'save-file': ['a', new Uint8Array(1)],
      'save-pdf': ['a.pdf'],
      notify: [{ title: 'a', body: 'b', tag: 'c' }],
      'set-background': [true],
      'set-badge': [1],
      'set-start-at-login': [true],
    };
    run.world.opened.length = 0;
    run.world.saveDialogs.length = 0;
    for (const channel of run.world.ipcHandlers.keys()) {
      for (const extra of [undefined, null, 0, '', [], {}]) {
        expect(await call(channel, [...(full[channel] ?? []), extra])).toEqual({
          error: 'PeerholdError: electron.bad-arguments',
        });
      }
    }
    expect([...run.world.opened, ...run.world.saveDialogs, ...run.world.notifications]).toEqual([]);
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
    ['key-guard', [1]],
    ['look-for-update', ['https://evil.example/']],
    ['fetch-update', ['/etc/passwd']],
    ['lan-places', [0]],
    ['deep-link-ready', ['x']],
    ['open-external', []],
    ['open-external', [1]],
    ['open-external', ['https://a.example', 'x']],
    ['open-external', ['https://a.example/'.padEnd(5000, 'a')]],
    ['open-external', [{ toString: () => 'https://a.example' }]],
    ['habits', [null]],
    ['notify', []],
    ['notify', ['text']],
    ['notify', [{ title: 'a', body: 'b' }]],
    ['notify', [{ title: 'a', body: 'b', tag: 'c', icon: '/etc/passwd' }]],
    ['notify', [{ title: 'a'.repeat(121), body: 'b', tag: 'c' }]],
    ['notify', [{ title: 'a', body: 'b'.repeat(401), tag: 'c' }]],
    ['notify', [{ title: 'a', body: 'b', tag: 'c'.repeat(65) }]],
    ['set-background', [1]],
    ['set-background', ['true']],
    ['set-start-at-login', [{}]],
    ['set-badge', [-1]],
    ['set-badge', [1.5]],
    ['set-badge', [10_000]],
    ['set-badge', ['1']],
    ['save-file', []],
    ['save-file', ['a']],
    ['save-file', ['a', 'text']],
    ['save-file', ['a', [1, 2]]],
    ['save-file', ['a'.repeat(1000), new Uint8Array(1)]],
    ['save-file', ['a', new Uint8Array(1), 1]],
    ['save-pdf', []],
    ['save-pdf', [1]],
    ['save-pdf', ['a'.repeat(1000)]],
    ['save-pdf', ['a', { path: '/etc/passwd' }]],
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
