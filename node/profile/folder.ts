import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PeerholdError } from '../../shared/errors';

/**
 * Makes a folder for its user alone, with those above it that are missing. Rejects with `profile-folder`, also for one that is there and can
 * not be used. Node's own way of making several
 * at once never ends where a file system has no new folders, as that of processes (`/proc`).
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await make(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new PeerholdError('profile-folder', { path, cause: code }, { cause: error });
  }
}

async function make(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What is there and no folder is found out by who uses it.
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await make(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}
