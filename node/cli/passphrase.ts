import { readFile } from 'node:fs/promises';
import { PeerholdError } from '../../shared/errors';

/** What is used of a terminal: `process.stdin`, or a test's. */
export interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (typed: string) => void): unknown;
  off(event: 'data', listener: (typed: string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface Wanted {
  /** A file whose first line it is. */
  readonly file: string | undefined;
  /** Asked for twice where it is typed: nobody could open what a slip has locked. */
  readonly twice: boolean;
  readonly keyboard?: Keyboard;
  readonly say?: (words: string) => void;
}

/**
 * A passphrase from a file, from the variable PEERHOLD_PASSPHRASE, or typed at the terminal without showing. Never from an argument, which
 * everybody on the machine can see. Rejects with `cli-file`, `cli-no-passphrase`, `cli-passphrase-differs`, `cli-interrupted`.
 */
export async function passphrase({
  file,
  twice,
  keyboard = process.stdin,
  say = (words) => void process.stderr.write(words),
}: Wanted): Promise<string> {
  if (file !== undefined) return firstLine(file);
  const given = process.env['PEERHOLD_PASSPHRASE'];
  if (given !== undefined && given !== '') return given;
  if (keyboard.isTTY !== true) throw new PeerholdError('cli-no-passphrase');
  const typed = await ask('Passphrase: ', keyboard, say);
  if (twice && (await ask('The same again: ', keyboard, say)) !== typed)
    throw new PeerholdError('cli-passphrase-differs');
  return typed;
}

async function firstLine(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PeerholdError('cli-file', { what: file }, { cause });
  });
  return text.split(/\r?\n/, 1)[0]!;
}

const INTERRUPT = '\u0003';
const END: ReadonlySet<string> = new Set(['\r', '\n', '\u0004']);
const ERASE: ReadonlySet<string> = new Set(['\b', '\u007f']);

function ask(question: string, keyboard: Keyboard, say: (words: string) => void): Promise<string> {
  say(question);
  keyboard.setRawMode?.(true);
  keyboard.setEncoding('utf8');
  let line: readonly string[] = [];
  return new Promise((resolve, reject) => {
    const end = (): void => {
      keyboard.off('data', hear);
      keyboard.setRawMode?.(false);
      keyboard.pause();
      say('\n');
    };
    const hear = (typed: string): void => {
      for (const key of typed) {
        if (key === INTERRUPT) {
          end();
          return reject(new PeerholdError('cli-interrupted'));
        }
        if (END.has(key)) {
          end();
          return resolve(line.join(''));
        }
        line = ERASE.has(key) ? line.slice(0, -1) : [...line, key];
      }
    };
    keyboard.on('data', hear);
    keyboard.resume();
  });
}
