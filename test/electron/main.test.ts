import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
// Declares `window.peerhold`.
import '../../renderer/platform';
import { boot, launchChromium, type Run } from './boot';

let browser: Browser;
let run: Run;

beforeAll(async () => {
  browser = await launchChromium();
  run = await boot(browser, { argv: ['--profile', 'anna'] });
});

afterAll(async () => {
  await run.close();
  await browser.close();
});

describe('start', () => {
  test('shows the built page under the app’s own origin, without an error', async () => {
    expect(run.world.ended).toBeUndefined();
    expect(run.window.shown).toBe(1);
    expect(await run.page.title()).toBe('Peerhold');
    await run.page.waitForFunction(() => (document.getElementById('root')?.childElementCount ?? 0) > 0);
    expect(await run.page.evaluate(() => isSecureContext)).toBe(true);
  });

  test('opens no storage before the profile is set and the instance is the only one', () => {
    const { calls } = run.world;
    const order = [
      'app.setPath userData',
      'app.requestSingleInstanceLock',
      'session.defaultSession',
      'new BrowserWindow',
    ];
    const places = order.map((call) => calls.indexOf(call));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(run.world.paths.get('userData')).toBe(join(run.home, 'anna', 'electron'));
  });

  test('a second start of a profile ends before it touches anything', async () => {
    const home = await mkdtemp(join(tmpdir(), 'peerhold-second-'));
    const second = await boot(browser, { lock: false, home, argv: ['--profile', 'anna'] });
    expect(second.world.ended).toBe('quit');
    expect(second.openedWindows).toHaveLength(0);
    expect(second.world.ipcHandlers.size).toBe(0);
    expect(second.schemeHandlers.size).toBe(0);
    expect(await readdir(join(home, 'anna', 'electron'))).toEqual([]);
    await second.close();
    await rm(home, { recursive: true });
  });

  test('a profile’s name can not lead out of the folder of profiles', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const wrong = await boot(browser, { argv: ['--profile', '../../elsewhere'] });
    expect(wrong.world.ended).toBe('exit');
    expect(wrong.world.calls).toEqual([]);
    expect(write).toHaveBeenCalledOnce();
    write.mockRestore();
    await wrong.close();
  });
});

describe('the bridge', () => {
  test('has exactly the functions of the contract', async () => {
    const members = await run.page.evaluate(() =>
      Object.entries(window.peerhold ?? {}).map(([name, member]) => [name, typeof member]),
    );
    expect(Object.fromEntries(members)).toEqual({
      info: 'function',
      keyGuard: 'function',
      lookForUpdate: 'function',
      fetchUpdate: 'function',
      openLan: 'function',
      closeLan: 'function',
      lanPlaces: 'function',
      onDeepLink: 'function',
      openExternal: 'function',
      saveFile: 'function',
      savePdf: 'function',
      habits: 'function',
      setBackground: 'function',
      setStartAtLogin: 'function',
      notify: 'function',
      setBadge: 'function',
      onShellEvent: 'function',
    });
    const names = ['require', 'module', 'process', 'Buffer', 'global', 'electron', 'ipcRenderer'];
    expect(await run.page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([]);
    expect(await run.page.evaluate(() => Object.isFrozen(window.peerhold))).toBe(true);
  });

  test('tells about the shell, and its signalling answers the app and no web site', async () => {
    const info = await run.page.evaluate(() => window.peerhold?.info());
    expect(info).toMatchObject({ shell: 'electron', profile: 'anna', version: '0.0.0-test', lanOpen: false });
    const [url = ''] = info?.signalling ?? [];
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/signal$/);
    const outcome = (origin: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, { origin });
        socket.once('open', () => {
          socket.terminate();
          resolve('open');
        });
        socket.once('error', ({ message }) => resolve(message));
      });
    expect(await outcome('app://peerhold')).toBe('open');
    expect(await outcome('https://evil.example')).toContain('403');
  });

  test('opens the LAN, remembers it in the profile, and closes it', async () => {
    const { addresses } = (await run.page.evaluate(() => window.peerhold?.openLan())) ?? { addresses: ['none'] };
    const open = await run.page.evaluate(() => window.peerhold?.info());
    expect(open?.lanOpen).toBe(true);
    expect(open?.signalling).toEqual([open?.signalling[0], ...addresses]);
    const settings = async (): Promise<unknown> =>
      JSON.parse(await readFile(join(run.home, 'anna', 'shell.json'), 'utf8'));
    expect(await settings()).toMatchObject({ lanOpen: true });
    await run.page.evaluate(() => window.peerhold?.closeLan());
    expect(await settings()).toMatchObject({ lanOpen: false });
  });

  test('saves bytes where the person says, under a plain name, and nothing when they cancel', async () => {
    const save = () =>
      run.page.evaluate(() => window.peerhold?.saveFile('../../evil\u202etxt.exe', new Uint8Array([1, 2, 3])));
    run.world.savePath = undefined;
    expect(await save()).toBe(false);
    run.world.savePath = join(run.home, 'saved');
    expect(await save()).toBe(true);
    expect([...(await readFile(run.world.savePath))]).toEqual([1, 2, 3]);
    expect(run.world.saveDialogs.at(-1)).toEqual({ defaultPath: '_.._evil_txt.exe' });
  });
});

describe('deep links', () => {
  test('the link that started the app waits for the page, a later one comes at once, junk never', async () => {
    const started = await boot(browser, { argv: ['peerhold://join/first'] });
    await started.page.evaluate(() => {
      const links: string[] = [];
      Reflect.set(window, 'links', links);
      window.peerhold?.onDeepLink((url) => links.push(url));
    });
    // The app itself listens too, and may have been first: then the first link went to it alone.
    await expect.poll(() => started.world.sent).toEqual(['deep-link peerhold://join/first']);
    for (const junk of ['https://evil.example', 'peerhold://join/../x', 'peerhold://run/x', 'javascript:alert(1)']) {
      started.appEvents.emit('second-instance', {}, ['electron', '.', junk]);
      started.appEvents.emit('open-url', { preventDefault: () => undefined }, junk);
    }
    started.appEvents.emit('second-instance', {}, ['electron', '.', '--flag', 'peerhold://join/second']);
    started.appEvents.emit('open-url', { preventDefault: () => undefined }, 'peerhold://join/third');
    expect(started.world.sent).toEqual(
      ['first', 'second', 'third'].map((payload) => `deep-link peerhold://join/${payload}`),
    );
    const links = () => started.page.evaluate((): unknown => Reflect.get(window, 'links'));
    await expect.poll(async () => String(await links())).toMatch(/peerhold:\/\/join\/second,peerhold:\/\/join\/third$/);
    expect(started.window.focused).toBeGreaterThan(0);
    await started.close();
  });
});
