import { PeerholdError } from '../../shared/errors';
import { concat, equalBytes } from '../../shared/record/bytes';
import { decodeCanonical } from '../../shared/record/cbor-reader';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { type EventBody, decodeEvent, encodeBody, withSignature } from '../../shared/record/event';
import type { Target } from './target';

const ID = 'ab'.repeat(32);
/** Levels of lists and maps that a value may have: docs/protocol.md, "Canonical bytes". */
const DEEPEST = 32;
const MOST = 60_001;

const body: EventBody = {
  network: ID,
  device: ID,
  sequence: 3,
  previous: ID,
  parents: [],
  time: 0,
  rules: 1,
  type: 'note',
  payload: null,
};
/** An event without its payload, which comes last. */
const rest = withSignature(encodeBody(body), new Uint8Array(64).fill(7)).subarray(0, -1);

/** What an input stands for: its first two bytes how many levels, each bit of the others whether a level is a map or a list. */
function nested(recipe: Uint8Array): { readonly bytes: Uint8Array; readonly depth: number } {
  const depth = (((recipe[0] ?? 0) << 8) | (recipe[1] ?? 0)) % MOST;
  const bytes = new Uint8Array(2 * depth + 1);
  let at = 0;
  for (let level = 0; level < depth; level++) {
    const byte = recipe[2 + ((level >> 3) % Math.max(1, recipe.length - 2))] ?? 0;
    const isMap = (byte >> (level & 7)) & 1;
    bytes[at++] = isMap ? 0xa1 : 0x81;
    // By an empty key.
    if (isMap) bytes[at++] = 0x60;
  }
  bytes[at++] = 0xf6;
  return { bytes: bytes.subarray(0, at), depth };
}

const recipe = (depth: number, ...bits: readonly number[]): Uint8Array =>
  Uint8Array.of(depth >> 8, depth & 255, ...bits);

/** Throws what it was refused with, a fault where the bound decided otherwise than it says. */
function readAtMost(most: number, levels: number, read: () => Uint8Array, bytes: Uint8Array): true {
  const fits = levels <= most;
  try {
    if (!equalBytes(read(), bytes)) throw new Error('taken, and written otherwise');
  } catch (error) {
    if (fits || !(error instanceof PeerholdError))
      throw new Error(`${levels} levels: ${String(error)}`, { cause: error });
    throw error;
  }
  if (!fits) throw new Error(`${levels} levels were taken`);
  return true;
}

/** Values in values: which are taken is a matter of the bound alone, and not of anybody's stack. */
export const NESTING_TARGETS: readonly Target[] = [
  {
    name: 'nested values',
    samples: [recipe(1), recipe(32, 0), recipe(32, 0xff, 0x55), recipe(10, 0x33)],
    read(input) {
      const { bytes, depth } = nested(input);
      return readAtMost(DEEPEST, depth, () => encodeCanonical(decodeCanonical(bytes)), bytes);
    },
  },
  {
    name: 'events with nested payloads',
    samples: [recipe(0), recipe(31, 0), recipe(31, 0xff), recipe(20, 0x0f, 0xf0)],
    read(input) {
      const { bytes, depth } = nested(input);
      const event = concat(rest, bytes);
      // The event's own list is a level too.
      return readAtMost(DEEPEST - 1, depth, () => decodeEvent(event).bytes, event);
    },
  },
];
