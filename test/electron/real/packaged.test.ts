import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import '../../../renderer/platform';
import { packaged, SANDBOX } from './binary';

// Playwright's own way into Electron is an argument of Node's that the package's fuses refuse; Chromium's port is another's.
describe.skipIf(packaged === undefined)('the packaged app', () => {
  let home: string;
  let child: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'peerhold-packaged-'));
    child = spawn(packaged ?? '', [...SANDBOX, '--remote-debugging-port=0'], {
      env: { ...process.env, PEERHOLD_HOME: home },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await vi.waitUntil(() => /listening on ws:\/\/\S+/.test(text), { timeout: 30_000 });
    browser = await chromium.connectOverCDP(/listening on (ws:\/\/\S+)/.exec(text)?.[1] ?? '');
    const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages());
    await vi.waitUntil(() => pages().length === 1, { timeout: 30_000 });
    page = pages()[0]!;
    await page.waitForFunction(() => (document.getElementById('root')?.childElementCount ?? 0) > 0);
  });

  afterAll(async () => {
    await browser.close();
    child.kill();
    await rm(home, { recursive: true, force: true });
  });

  test('shows its page', async () => {
    expect(await page.title()).toBe('Peerhold');
    expect(await page.evaluate(() => window.peerhold?.info())).toMatchObject({ shell: 'electron', profile: 'default' });
  });

  test('is no Node, and takes no code from its surroundings', () => {
    const run = (args: readonly string[], env: NodeJS.ProcessEnv): string => {
      const { stdout } = spawnSync(packaged ?? '', [...SANDBOX, ...args], {
        env: { ...process.env, PEERHOLD_HOME: join(home, 'other'), ...env },
        timeout: 5_000,
        encoding: 'utf8',
      });
      return stdout;
    };
    expect(run(['-e', 'console.log("it ran")'], { ELECTRON_RUN_AS_NODE: '1' })).not.toContain('it ran');
    expect(run([], { NODE_OPTIONS: '--trace-uncaught --version' })).not.toMatch(/^v\d+/);
  });
});
