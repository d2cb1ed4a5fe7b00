import type { Browser } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
// Declares `window.peerhold`.
import '../../../renderer/platform';
import { boot, bootForAll, type Run } from '../boot';

let browser: Browser;
let run: Run;
bootForAll((booted) => {
  run = booted.run;
  browser = booted.browser;
});

describe('on another system', () => {
  // `habits` asks the system while the test runs, so the process has to pass for it until then.
  const on = async (platform: NodeJS.Platform, look: (there: Run) => Promise<void>): Promise<void> => {
    const there = await boot(browser, { platform, packaged: true });
    const before = process.platform;
    Object.defineProperty(process, 'platform', { value: platform });
    try {
      await look(there);
    } finally {
      Object.defineProperty(process, 'platform', { value: before });
    }
    await there.close();
  };

  test('Windows starts it at login with arguments, marks the app’s button, and knows whose notices they are', () =>
    on('win32', async (there) => {
      const call = there.page;
      await call.evaluate(() => window.peerhold?.setStartAtLogin(true));
      expect(there.world.loginItems).toEqual([{ openAtLogin: true, args: ['--background'], name: 'peerhold' }]);
      expect(await call.evaluate(() => window.peerhold?.habits())).toMatchObject({ startAtLogin: true });
      await call.evaluate(() => window.peerhold?.setBadge(3));
      expect(there.window.overlay).toBe('Something needs you');
      await call.evaluate(() => window.peerhold?.setBadge(0));
      expect(there.window.overlay).toBe('');
      expect(there.world.appUserModelId).toBe('org.peerhold.Peerhold');
    }));

  test('macOS starts it at login without arguments, and says where the person has to allow it', () =>
    on('darwin', async (there) => {
      const call = there.page;
      expect(await call.evaluate(() => window.peerhold?.habits())).toMatchObject({ startAtLogin: false });
      await call.evaluate(() => window.peerhold?.setStartAtLogin(true));
      expect(there.world.loginItems).toEqual([{ openAtLogin: true }]);
      there.world.loginItem = { openAtLogin: false, status: 'requires-approval' };
      expect(await call.evaluate(() => window.peerhold?.habits())).toMatchObject({ startAtLogin: true });
    }));
});

describe('deep links', () => {
  const link = 'peerhold://join/abc';
  const urlOpened = { preventDefault: () => undefined };

  test.each<[NodeJS.Platform, string, Parameters<typeof boot>[1]]>([
    ['linux', 'as an argument', { argv: [link] }],
    ['win32', 'as an argument', { argv: [link] }],
    [
      'darwin',
      'by an event before it is ready',
      { beforeReady: ({ appEvents }) => appEvents.emit('open-url', urlOpened, link) },
    ],
  ])('on %s the app is started by one %s', async (platform, _how, options) => {
    const there = await boot(browser, { platform, packaged: true, ...options });
    await expect.poll(() => there.world.sent).toEqual([`deep-link ${link}`]);
    expect(there.world.schemes).toEqual(['peerhold']);
    await there.page.waitForFunction(() => location.hash === '#/join/abc');
    await there.close();
  });

  test.each<[NodeJS.Platform, (there: Run) => void]>([
    ['linux', ({ appEvents }) => appEvents.emit('second-instance', {}, ['/opt/peerhold', '--no-sandbox', link])],
    [
      'win32',
      ({ appEvents }) =>
        appEvents.emit('second-instance', {}, ['C:\\peerhold.exe', '--allow-file-access-from-files', link]),
    ],
    ['darwin', ({ appEvents }) => appEvents.emit('open-url', urlOpened, link)],
  ])('on %s one that comes while it runs leads there and shows the window', (_platform, open) => {
    const before = run.world.sent.length;
    run.window.minimized = true;
    open(run);
    expect(run.world.sent.slice(before)).toEqual([`deep-link ${link}`]);
    expect(run.window.minimized).toBe(false);
    expect(run.window.focused).toBeGreaterThan(0);
  });
});

describe('notices', () => {
  const notify = (tag: string, body = 'Two things need you.') =>
    run.page.evaluate((given) => window.peerhold?.notify({ title: 'Peerhold', ...given }), { tag, body });

  test('are the system’s; a newer one takes the place of the last of its tag; a click leads to it', async () => {
    await notify('a');
    await notify('a', 'Three things need you.');
    const [first, second] = run.world.notifications;
    expect(second).toMatchObject({ title: 'Peerhold', body: 'Three things need you.', closed: false });
    expect(first?.closed).toBe(true);
    run.window.visible = false;
    second?.events.emit('click');
    expect(run.window.visible).toBe(true);
    expect(run.world.sent.at(-1)).toBe('shell-event {"kind":"notice","tag":"a"}');
  });

  test('of a page that is lost do not flood the screen', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 3_600_000);
    run.world.notifications.length = 0;
    for (let count = 0; count < 20; count += 1) await notify(`n${count}`);
    expect(run.world.notifications).toHaveLength(6);
    vi.setSystemTime(Date.now() + 61_000);
    await notify('later');
    expect(run.world.notifications).toHaveLength(7);
    vi.useRealTimers();
  });

  test('are not tried where the system has none', async () => {
    run.world.canNotify = false;
    const before = run.world.notifications.length;
    expect(await run.page.evaluate(() => window.peerhold?.habits())).toMatchObject({ notifications: 'no' });
    await notify('none');
    expect(run.world.notifications).toHaveLength(before);
    run.world.canNotify = true;
  });

  test('are counted on the app’s icon', async () => {
    await run.page.evaluate(() => window.peerhold?.setBadge(12));
    expect(run.world.badge).toBe(12);
  });
});

describe('power', () => {
  test('sleep and waking are told to the page, which nobody else can tell anything', async () => {
    await run.page.evaluate(() => {
      const told: unknown[][] = [];
      Reflect.set(window, 'told', told);
      window.peerhold?.onShellEvent((...args: unknown[]) => told.push(args));
    });
    run.powerEvents.emit('suspend');
    run.window.webContents.send('shell-event', { kind: 'power', awake: 'no' });
    run.window.webContents.send('shell-event', { kind: 'run', command: 'x' });
    run.powerEvents.emit('resume');
    await expect
      .poll(() => run.page.evaluate((): unknown => Reflect.get(window, 'told')))
      .toEqual([[{ kind: 'power', awake: false }], [{ kind: 'power', awake: true }]]);
  });
});
