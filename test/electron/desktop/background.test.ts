import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
// Declares `window.peerhold`.
import '../../../renderer/platform';
import { boot, launchChromium, type Run } from '../boot';

let browser: Browser;
let home: string;

beforeAll(async () => {
  browser = await launchChromium();
  home = await mkdtemp(join(tmpdir(), 'peerhold-background-'));
});
afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const habits = (run: Run) => run.page.evaluate(() => window.peerhold?.habits());
const setBackground = (run: Run, isOn: boolean) =>
  run.page.evaluate((value) => window.peerhold?.setBackground(value), isOn);
const click = (items: readonly MenuItemConstructorOptions[] | undefined, label: string): void => {
  const item = items?.find((each) => each.label === label);
  if (item?.click === undefined) throw new Error(`nothing to click on: ${label}`);
  item.click(...([] as unknown as Parameters<NonNullable<MenuItemConstructorOptions['click']>>));
};

describe('after its window is closed', () => {
  test('the app ends, unless the person chose otherwise', async () => {
    const run = await boot(browser);
    expect(await habits(run)).toMatchObject({ background: false });
    expect(run.world.trays).toEqual([]);
    expect(run.window.throttled).toBe(true);
    expect(run.window.close()).toBe(true);
    expect(run.world.ended).toBe('quit');
    await run.close();
  });

  test('it goes on with a sign in the tray, shows itself again, and quits when told', async () => {
    const run = await boot(browser, { home });
    const { window } = run;
    await setBackground(run, true);
    expect(await habits(run)).toMatchObject({ background: true });
    expect(window.throttled).toBe(false);
    expect(window.close()).toBe(false);
    expect(window.visible).toBe(false);
    expect(run.world.ended).toBeUndefined();
    const [tray] = run.world.trays;
    expect(tray?.items.map(({ label, type }) => label ?? type)).toEqual([
      'Syncs in the background',
      'separator',
      'Open Peerhold',
      'Quit Peerhold',
    ]);
    // The page is still there, and works.
    expect(await habits(run)).toMatchObject({ background: true });
    const ways = [
      () => click(tray?.items, 'Open Peerhold'),
      () => tray?.events.emit('click'),
      () => run.appEvents.emit('activate'),
      () => run.appEvents.emit('second-instance', {}, ['electron', '.']),
      () => run.appEvents.emit('open-url', { preventDefault: () => undefined }, 'peerhold://join/abc'),
    ];
    for (const way of ways) {
      window.close();
      expect(window.visible).toBe(false);
      way();
      expect(window.visible).toBe(true);
    }
    window.close();
    click(tray?.items, 'Quit Peerhold');
    expect(run.world.ended).toBe('quit');
    expect(JSON.parse(await readFile(join(home, 'default', 'shell.json'), 'utf8'))).toMatchObject({ background: true });
    await run.close();
  });

  test('what was chosen is so at the next start, and taken back the sign goes and the window comes', async () => {
    const run = await boot(browser, { home });
    expect(run.window.visible).toBe(true);
    expect(run.world.trays).toHaveLength(1);
    run.window.close();
    await setBackground(run, false);
    expect(run.world.trays[0]?.destroyed).toBe(true);
    expect(run.window.visible).toBe(true);
    expect(run.window.close()).toBe(true);
    expect(run.world.ended).toBe('quit');
    await run.close();
  });
});

describe('start at login', () => {
  test.each(['linux', 'darwin', 'win32'] as const)('on %s can not be had outside of a package', async (platform) => {
    const run = await boot(browser, { platform });
    expect(await habits(run)).toMatchObject({ startAtLogin: null });
    await run.close();
  });

  test('on Linux is a file of the desktop’s, in the background', async () => {
    const config = await mkdtemp(join(tmpdir(), 'peerhold-config-'));
    vi.stubEnv('XDG_CONFIG_HOME', config);
    const run = await boot(browser, { platform: 'linux', packaged: true, argv: ['--profile', 'anna'] });
    const file = join(config, 'autostart', 'peerhold-anna.desktop');
    const set = (isOn: boolean) => run.page.evaluate((value) => window.peerhold?.setStartAtLogin(value), isOn);
    expect(await habits(run)).toMatchObject({ startAtLogin: false });
    await set(true);
    expect(await readFile(file, 'utf8')).toContain(`Exec="${process.execPath}" "--profile" "anna" "--background"\n`);
    expect(await habits(run)).toMatchObject({ startAtLogin: true });
    await set(false);
    expect(await habits(run)).toMatchObject({ startAtLogin: false });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    await run.close();
    await rm(config, { recursive: true });
  });

  test('shows no window where the person wants it in the background, and one where not', async () => {
    const quiet = await mkdtemp(join(tmpdir(), 'peerhold-quiet-'));
    const asked = await boot(browser, { home: quiet, argv: ['--background'] });
    expect(asked.window.visible).toBe(true);
    await setBackground(asked, true);
    await asked.close();
    const hidden = await boot(browser, { home: quiet, argv: ['--background'] });
    expect(hidden.window.visible).toBe(false);
    expect(hidden.world.trays).toHaveLength(1);
    expect(await habits(hidden)).toMatchObject({ background: true });
    hidden.appEvents.emit('second-instance', {}, ['electron', '.']);
    expect(hidden.window.visible).toBe(true);
    await hidden.close();
    await rm(quiet, { recursive: true });
  });
});
