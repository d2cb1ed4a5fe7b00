import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Folder of Electron's package, which comes without its binary. */
export const ELECTRON = join(ROOT, 'node_modules', 'electron');

/** Path of Electron's binary; undefined where it has not been fetched. */
export function findElectron() {
  const pathFile = join(ELECTRON, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(ELECTRON, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}
