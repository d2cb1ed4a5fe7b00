// Finds the system's Chromium for the tests, and fetches it where that is one command away.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installFromSystem } from './setup.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
/** Debian's package and command for Chromium without a window. */
const HEADLESS = 'chromium-headless-shell';
const ELSEWHERE = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly string[]} commands */
function onPath(commands) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

function findChromium() {
  if (process.env.PEERHOLD_CHROMIUM) return process.env.PEERHOLD_CHROMIUM;
  return onPath(COMMANDS) ?? ELSEWHERE.find(isExecutable);
}

/**
 * Path of what runs the browser tests: the same Chromium without its window, which takes half the processor's work, where the system has
 * that or is given it in one command; otherwise as `ensureChromium`.
 */
export function ensureHeadlessChromium() {
  if (process.env.PEERHOLD_CHROMIUM) return process.env.PEERHOLD_CHROMIUM;
  if (onPath([HEADLESS]) === undefined) installFromSystem(HEADLESS);
  return onPath([HEADLESS]) ?? ensureChromium();
}

/** Path of a Chromium; undefined, with a line that says what to do, where there is none. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  installFromSystem('chromium');
  const installed = findChromium();
  if (installed === undefined) {
    console.error('The tests need Chromium or Chrome: install one, or name it in PEERHOLD_CHROMIUM.');
  }
  return installed;
}
