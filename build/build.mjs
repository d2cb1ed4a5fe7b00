// Builds everything that runs into out/.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { ROOT } from './paths.mjs';
import { isBuilt, markBuilt, sourcesHash } from './stamp.mjs';
import { NODE_PARTS, nodeConfig } from './vite.node.mjs';
import renderer from './vite.renderer.mjs';

/** A folder, since making one either succeeds or fails: several profiles may be started at once. */
const LOCK = join(ROOT, 'out', 'building');
/** A lock that is older was left by a build that was killed. */
const LOCK_LIFETIME_MS = 5 * 60_000;

function takeLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    if (Date.now() - statSync(LOCK).mtimeMs > LOCK_LIFETIME_MS) rmSync(LOCK, { recursive: true, force: true });
  } catch {
    // Nobody builds.
  }
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    return false;
  }
}

async function buildAll() {
  const common = /** @type {const} */ ({ configFile: false, logLevel: 'warn', mode: 'production' });
  const hash = sourcesHash();
  await build({ ...common, ...renderer });
  for (const part of NODE_PARTS) await build({ ...common, ...nodeConfig(part) });
  markBuilt(hash);
}

let waited = false;
while (!takeLock()) {
  waited = true;
  await sleep(200);
}
try {
  if (!waited || !isBuilt()) await buildAll();
} finally {
  rmSync(LOCK, { recursive: true, force: true });
}
