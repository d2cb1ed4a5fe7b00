import { rm, writeFile } from 'node:fs/promises';
import { PeerholdError } from '../../shared/errors';

/** Writes a file for its user alone. Rejects with `cli-file-exists`, `cli-file`; nothing is left behind then. */
export async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes, { flag: 'wx', mode: 0o600, flush: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new PeerholdError('cli-file-exists', { what: file });
    await rm(file, { force: true }).catch(() => undefined);
    throw new PeerholdError('cli-file', { what: file }, { cause });
  }
}
