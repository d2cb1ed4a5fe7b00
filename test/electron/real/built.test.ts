import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// Declares `window.peerhold`.
import '../../../renderer/platform';
import { electron, ROOT, SANDBOX } from './binary';

describe.skipIf(electron === undefined)('the built app in Electron itself', () => {
  let home: string;
  let app: ElectronApplication;
  let page: Page;
  const env = () => ({ ...(process.env as Record<string, string>), PEERHOLD_HOME: home });

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'peerhold-real-'));
    app = await _electron.launch({ executablePath: electron ?? '', args: [...SANDBOX, ROOT], env: env() });
    page = await app.firstWindow();
    await page.waitForFunction(() => (document.getElementById('root')?.childElementCount ?? 0) > 0);
  });

  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  test('shows its page under its own origin, in a world without Node', async () => {
    expect(await page.title()).toBe('Peerhold');
    expect(page.url()).toMatch(/^app:\/\/peerhold\//);
    expect(await page.evaluate(() => 'require' in window || 'process' in window || 'module' in window)).toBe(false);
    expect(await page.evaluate(() => window.peerhold?.info())).toMatchObject({ shell: 'electron', profile: 'default' });
  });

  test('keeps its data in its profile', async () => {
    expect(await app.evaluate(({ app: main }) => main.getPath('userData'))).toBe(join(home, 'default', 'electron'));
  });

  test('goes nowhere else and opens no window', async () => {
    await page.evaluate(() => {
      location.href = 'https://example.org/';
      window.open('about:blank');
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    expect(page.url()).toMatch(/^app:\/\/peerhold\//);
    expect(app.windows()).toHaveLength(1);
  });

  test('reads no file and runs no text', async () => {
    expect(await page.evaluate(() => fetch('file:///etc/hosts').then(String, () => 'refused'))).toBe('refused');
    expect(await page.evaluate(() => fetch('https://example.org/').then(String, () => 'refused'))).toBe('refused');
  });

  test('a second start ends and hands over its link', async () => {
    await page.evaluate(() => {
      const links: string[] = [];
      Reflect.set(window, 'links', links);
      window.peerhold?.onDeepLink((url) => links.push(url));
    });
    const second = spawn(electron ?? '', [...SANDBOX, ROOT, 'peerhold://join/abc'], { env: env(), stdio: 'ignore' });
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
    await expect
      .poll(() => page.evaluate((): unknown => Reflect.get(window, 'links')))
      .toContain('peerhold://join/abc');
  });
});
