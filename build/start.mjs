// npm start: sets up, builds if the sources changed, and runs the app: the desktop app where Electron's binary can be had,
// else the same app in the system's browser. Arguments: --profile NAME, --port N, --no-open, --browser, a peerhold:// link.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ELECTRON, findElectron } from './electron.mjs';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';
import { isBuilt } from './stamp.mjs';

/** Marks that Electron's binary could not be fetched, so that only the first start waits for it. Gone with out/. */
const NO_BINARY = join(ROOT, 'out', 'electron-not-fetched');
const FETCH_LIMIT_MS = 10 * 60_000;

/** Electron's package comes without its binary; its own installer fetches it, once. */
function fetchElectron() {
  if (existsSync(NO_BINARY)) return undefined;
  console.log('Fetching Electron’s binary (once)…');
  const { status } = spawnSync(process.execPath, [join(ELECTRON, 'install.js')], {
    stdio: 'ignore',
    timeout: FETCH_LIMIT_MS,
  });
  const binary = status === 0 ? findElectron() : undefined;
  if (binary === undefined) writeFileSync(NO_BINARY, '');
  return binary;
}

const args = process.argv.slice(2);
ensureDependencies();
if (!isBuilt()) {
  console.log('Building…');
  if (!run(process.execPath, [join(ROOT, 'build', 'build.mjs')])) process.exit(1);
}

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const wantsWindow = hasDisplay && !args.includes('--no-open') && !args.includes('--browser');
const electron = findElectron() ?? (wantsWindow ? fetchElectron() : undefined);
const useElectron = electron !== undefined && wantsWindow;
if (electron === undefined) {
  console.log('No Electron binary here: the same app runs in the system’s browser instead.');
}
const command = useElectron ? electron : process.execPath;
// Chromium does not start its sandbox for root.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const target = useElectron ? [...sandbox, ROOT] : [join(ROOT, 'out', 'node', 'launcher', 'index.js')];
const child = spawn(command, [...target, ...args], { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
