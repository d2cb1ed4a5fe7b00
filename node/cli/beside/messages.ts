import { PeerholdError } from '../../../shared/errors';
import * as shape from '../../../shared/record/shape';

/** UTF-16 units of text, and bytes of a file, in one message. */
export const PIECE = 256 * 1024;

/** Of the person's own machine, and of any form; how long it may be the line says. */
const words: shape.Shape<string> = (value): value is string => typeof value === 'string';
const base64: shape.Shape<string> = (value): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
const index = shape.integer(0, Number.MAX_SAFE_INTEGER);
const nothing = shape.object({});
const done: shape.Shape<null> = (value): value is null => value === null;
const param: shape.Shape<string | number> = (value): value is string | number =>
  typeof value === 'string' || typeof value === 'number';
const params: shape.Shape<Readonly<Record<string, string | number>>> = (
  value,
): value is Readonly<Record<string, string | number>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(param);

/** What the holder of the profile asks the caller for. */
const question = shape.tagged('call', {
  read: nothing,
  passphrase: shape.object({ file: shape.nullable(words), twice: shape.boolean }),
  open: shape.object({ path: words }),
  piece: shape.object({ file: index, start: index, end: index }),
  close: shape.object({ file: index }),
  create: shape.object({ path: words }),
  append: shape.object({ file: index, bytes: base64 }),
  finish: shape.object({ file: index }),
  discard: shape.object({ file: index }),
});
export type Question = shape.Of<typeof question>;

/** The shape of the answer to each question. */
export const ANSWERS = {
  read: shape.nullable(words),
  passphrase: words,
  open: shape.object({ file: index, size: index }),
  piece: base64,
  close: done,
  create: index,
  append: done,
  finish: done,
  discard: done,
} as const satisfies Record<Question['call'], shape.Shape<unknown>>;
export type AnswerTo<C extends Question['call']> = shape.Of<(typeof ANSWERS)[C]>;

const fromCaller = shape.tagged('kind', {
  run: shape.object({ argv: shape.list(words, 65_536) }),
  /** The person wants the command to end. */
  interrupt: nothing,
  answer: shape.object({ id: index, value: (value: unknown): value is unknown => value !== undefined }),
  failed: shape.object({ id: index, code: words, params }),
});
export type FromCaller = shape.Of<typeof fromCaller>;

const fromHolder = shape.tagged('kind', {
  /** A piece of a line; `more` of it follows. */
  out: shape.object({ text: words, more: shape.boolean }),
  err: shape.object({ text: words, more: shape.boolean }),
  ask: shape.object({ id: index, question }),
  /** From now on an interruption ends the command, and not the caller. */
  listens: nothing,
  ended: shape.object({ exit: shape.integer(0, 255) }),
});
export type FromHolder = shape.Of<typeof fromHolder>;

export const encode = (message: FromCaller | FromHolder): string => `${JSON.stringify(message)}\n`;

/** Throws `message-malformed`. */
export const readFromCaller = (line: string): FromCaller => read(fromCaller, line);
/** Throws `message-malformed`. */
export const readFromHolder = (line: string): FromHolder => read(fromHolder, line);

function read<T>(isMessage: shape.Shape<T>, line: string): T {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch (cause) {
    throw new PeerholdError('message-malformed', {}, { cause });
  }
  if (!isMessage(message)) throw new PeerholdError('message-malformed');
  return message;
}
