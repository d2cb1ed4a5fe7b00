import { open, rm } from 'node:fs/promises';
import { PeerholdError } from '../../shared/errors';

/** A file that is open for reading. */
export interface OpenFile {
  /** Bytes, when it was opened. */
  readonly size: number;
  /** What lies from `start` up to `end`; less where the file has become shorter. */
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Rejects with `cli-file`, also for what is no file. */
export async function openFile(path: string): Promise<OpenFile> {
  const opened = await open(path).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  const stat = await opened.stat();
  if (!stat.isFile()) {
    await opened.close();
    throw new PeerholdError('cli-file', { what: path, why: 'folder' });
  }
  return {
    size: stat.size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await opened.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => opened.close(),
  };
}

/** A file that is being written: it is there once it is finished, and not at all where it is given up or writing fails. */
export interface NewFile {
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves once it would survive a power cut. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Begins a file for its user alone. Rejects with `cli-file-exists` or `cli-file`, as what it gives does. */
export async function createFile(path: string): Promise<NewFile> {
  const opened = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST'
      ? new PeerholdError('cli-file-exists', { what: path }, { cause })
      : fileError(path, cause);
  });
  const discard = async (): Promise<void> => {
    await opened.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
  };
  const orDiscard = async (step: Promise<void>): Promise<void> => {
    try {
      await step;
    } catch (cause) {
      await discard();
      throw fileError(path, cause);
    }
  };
  return {
    append: (bytes) => orDiscard(opened.writeFile(bytes)),
    finish: () => orDiscard(opened.sync().then(() => opened.close())),
    discard,
  };
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'absent',
  ENOTDIR: 'absent',
  EISDIR: 'folder',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
};

/** `cli-file`, with a word for why where that is known. */
function fileError(path: string, cause: unknown): PeerholdError {
  const why = WHY[String((cause as NodeJS.ErrnoException).code)];
  return new PeerholdError('cli-file', { what: path, ...(why === undefined ? {} : { why }) }, { cause });
}
