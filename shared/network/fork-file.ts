import { PeerholdError } from '../errors';
import { fromHex, toHex, utf8 } from '../record/bytes';
import { type Of, integer, list, matching, object, oneOf } from '../record/shape';

/** The two events of a fork's proof, in their stored form. */
export type ForkProof = readonly [Uint8Array, Uint8Array];

const VERSION = 1;
/** Bytes. Two events of 65,536 bytes as hexadecimal digits, and what is around them. */
export const MAX_FORK_FILE = 300_000;

const file = object({
  peerhold: oneOf('fork'),
  version: integer(VERSION, VERSION),
  events: list(matching(/^(?:[0-9a-f]{2})+$/), 2, 2),
});

/** A proof as a file that anyone can read and check, with or without Peerhold: JSON with both events as hexadecimal digits. */
export function writeForkFile([one, other]: ForkProof): Uint8Array {
  const content: Of<typeof file> = { peerhold: 'fork', version: VERSION, events: [toHex(one), toHex(other)] };
  return utf8(`${JSON.stringify(content, null, 1)}\n`);
}

/** Throws `fork-file-malformed`. What the two prove is not looked at here. */
export function readForkFile(bytes: Uint8Array): ForkProof {
  const content = bytes.length > MAX_FORK_FILE ? undefined : parse(bytes);
  if (!file(content)) throw new PeerholdError('fork-file-malformed');
  const [one, other] = content.events.map(fromHex);
  return [one!, other!];
}

function parse(bytes: Uint8Array): unknown {
  let text = '';
  // All that it may hold is ASCII: anything else is not what it should be, however it is read.
  for (const byte of bytes) text += String.fromCharCode(byte);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
