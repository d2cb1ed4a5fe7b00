import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Browsers that open an address as an app window, as their commands are called. */
const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
  'brave-browser',
];

const MAC_APPS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

interface System {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Full path of a browser for the app window: `PEERHOLD_BROWSER` if set, else the first found. */
export function findBrowser({ platform, env }: System = process): string | undefined {
  if (env.PEERHOLD_BROWSER) return env.PEERHOLD_BROWSER;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const ending = platform === 'win32' ? '.exe' : '';
  const candidates = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command + ending)));
  if (platform === 'darwin') candidates.push(...MAC_APPS.map((app) => join('/Applications', app)));
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    candidates.push(...roots.flatMap((root) => WINDOWS_PROGRAMS.map((program) => join(root, program))));
  }
  return candidates.find((file) => isExecutable(file));
}

/** Whether windows can be opened at all. */
export function hasDisplay({ platform, env }: System = process): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** Arguments of the app window: its own user data, so that each profile has its own storage. */
export function browserArguments(url: string, dataDirectory: string, isRoot: boolean): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${dataDirectory}`,
    '--no-first-run',
    '--no-default-browser-check',
    // Peers on one LAN must reach each other where mDNS is filtered; the page that learns addresses is our own.
    '--disable-features=WebRtcHideLocalIpsWithMdns',
    // Chromium does not start its sandbox for root.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

/** Starts the browser; its messages are not ours and are dropped. */
export function openAppWindow(browser: string, url: string, dataDirectory: string): ChildProcess {
  return spawn(browser, browserArguments(url, dataDirectory, process.getuid?.() === 0), { stdio: 'ignore' });
}
