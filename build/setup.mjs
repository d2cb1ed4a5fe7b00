// Brings a fresh checkout to where the other scripts can run. Only Node's own modules.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Node versions that the dependencies and the app need. */
const MIN_NODE = /** @type {const} */ ([20, 19]);

/**
 * Runs a command with its output on this terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [cwd]
 * @returns {boolean} whether it ended well
 */
export function run(command, args, env = process.env, cwd = ROOT) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', env });
  if (error) console.error(`${command} did not start: ${error.message}`);
  return status === 0;
}

/** @param {string} path */
function packagesOf(path) {
  /** @type {{ packages?: Record<string, { version?: string, optional?: boolean }> }} */
  const { packages = {} } = JSON.parse(readFileSync(path, 'utf8'));
  return Object.entries(packages).filter(([name]) => name !== '');
}

/** Whether node_modules holds what package-lock.json names, by npm's own list of what it installed. */
function areDependenciesInstalled() {
  const installedList = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return false;
  const installed = new Map(packagesOf(installedList).map(([name, { version }]) => [name, version]));
  return packagesOf(join(ROOT, 'package-lock.json')).every(
    // Optional ones are for other systems, or could not be had.
    ([name, { version, optional }]) => installed.get(name) === version || (optional && !installed.has(name)),
  );
}

/** Checks Node and installs the dependencies if they are missing or not those of package-lock.json. */
export function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
    console.error(`Peerhold needs Node ${MIN_NODE.join('.')} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
  if (areDependenciesInstalled()) return;
  console.log('Installing dependencies (npm ci)…');
  if (!installFromLock(ROOT)) {
    console.error('npm ci failed; its messages above say why.');
    process.exit(1);
  }
}

/**
 * Runs `npm ci` in a folder.
 * @param {string} folder
 * @param {readonly string[]} options
 * @returns {boolean} whether it ended well
 */
export function installFromLock(folder, options = []) {
  // Through npm's own script where npm runs us: on Windows its command is no program that can be spawned.
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', /** @type {string[]} */ ([])];
  return run(command, [...args, 'ci', '--no-audit', '--no-fund', ...options], process.env, folder);
}

/**
 * Installs a package of the system where that is one command away: as root on Debian and its children.
 * @param {string} name
 */
export function installFromSystem(name) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  console.log(`Installing ${name} (apt-get install ${name})…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], env);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], env);
}
