// Whether out/ was built from the sources as they are now. Only Node's own modules: start.mjs runs this first.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';

const STAMP = join(ROOT, 'out', 'build.stamp');
const FOLDERS = ['build', 'shared', 'renderer', 'node', 'electron'];
const FILES = ['package.json', 'package-lock.json', 'tsconfig.base.json'];

/** A hash over every source that a build reads. */
export function sourcesHash() {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256');
  for (const file of [...files, ...FILES.map((name) => join(ROOT, name))].sort()) {
    hash
      .update(file.slice(ROOT.length))
      .update('\0')
      .update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

export function isBuilt() {
  try {
    return readFileSync(STAMP, 'utf8') === sourcesHash();
  } catch {
    return false;
  }
}

/** @param {string} hash of the sources as they were when the build began */
export function markBuilt(hash) {
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, hash);
}
