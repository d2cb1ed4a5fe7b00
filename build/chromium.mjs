// Finds the system's Chromium for the tests, and fetches it where that is one command away.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installFromSystem } from './setup.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
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

function findChromium() {
  if (process.env.PEERHOLD_CHROMIUM) return process.env.PEERHOLD_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...ELSEWHERE].find(isExecutable);
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
