import { setTimeout as sleep } from 'node:timers/promises';
import type { FileContent } from '../../shared/files/files';
import { interrupted } from './interrupted';
import { type NewFile, type OpenFile, createFile, openFile } from './local-file';
import { passphrase } from './passphrase';

/** Where a run writes to, and what it reads. */
export interface Output {
  /** Answers. */
  readonly out: (line: string) => void;
  /** Errors and progress. */
  readonly err: (line: string) => void;
  /** The next line that is given to the command; nothing once there is none. */
  readonly read?: () => Promise<string | undefined>;
  /** Resolves when the person wants the command to end; from when it is asked on, that no longer ends the process. */
  readonly interrupted?: () => Promise<void>;
}

/**
 * Whoever runs a command: the process in which it was typed, with that process's terminal, environment and files. It may be another one
 * than that in which the command runs.
 */
export interface Caller extends Required<Output> {
  /** As `passphrase` says. */
  passphrase(wanted: { readonly file: string | undefined; readonly twice: boolean }): Promise<string>;
  /** Paths are as the caller means them. Rejects with `cli-file`. */
  openFile(path: string): Promise<OpenFile>;
  /** Rejects with `cli-file-exists`, `cli-file`. */
  createFile(path: string): Promise<NewFile>;
  /** Aborted, with the error to end by, once nobody waits for the command any more. */
  readonly gone: AbortSignal;
}

/** The caller whose command runs in its own process, and ends with that. */
export function callerHere(output: Output): Caller {
  return {
    read: async () => undefined,
    interrupted,
    ...output,
    passphrase,
    openFile,
    createFile,
    gone: new AbortController().signal,
  };
}

/** Runs with a file of the caller's, of which it reads what it wants. Rejects with `cli-file`, or as `run` does. */
export async function withContent<T>(
  caller: Caller,
  path: string,
  run: (content: FileContent) => Promise<T>,
): Promise<T> {
  const opened = await caller.openFile(path);
  const read = async (start: number, end: number): Promise<ArrayBuffer> =>
    new Uint8Array(await opened.read(start, end)).buffer;
  try {
    return await run({ size: opened.size, slice: (start, end) => ({ arrayBuffer: () => read(start, end) }) });
  } finally {
    await opened.close();
  }
}

/** Writes a new file, whole or not at all. Rejects with `cli-file-exists`, `cli-file`, or with what `pieces` does. */
export async function writeNew(
  caller: Caller,
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await caller.createFile(path);
  try {
    for await (const piece of pieces) await file.append(piece);
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.finish();
}

/** Waits so many milliseconds. Rejects at once when the caller is gone. */
export async function pause({ gone }: Caller, time: number): Promise<void> {
  await sleep(time, undefined, { signal: gone }).catch(() => {
    throw gone.reason;
  });
}

/** Waits for something that may never come, but for no longer than the caller does. */
export async function orGone<T>({ gone }: Caller, wanted: Promise<T>): Promise<T> {
  let leave = (): void => undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => reject(gone.reason as Error);
    if (gone.aborted) leave();
    else gone.addEventListener('abort', leave);
  });
  try {
    return await Promise.race([wanted, left]);
  } finally {
    gone.removeEventListener('abort', leave);
  }
}
