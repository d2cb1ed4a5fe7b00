import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { PeerholdError } from '../errors';
import { isId } from '../record/shape';
import { type Fingerprint, PRINT_BYTES } from './fingerprint';
import { MAX_MESSAGE, MAX_UPDATE, isDocId } from './limits';
import type { StoredUpdate } from './ports';

/**
 * What neighbours say about documents (the channel's kind `docs`), as lib0 variable-length numbers and byte strings behind one
 * kind number. Everything is asked for, never pushed blindly, except changes as they are made.
 */
export type DocsMessage =
  /** One hash over all fingerprints: when it differs, a `compare` follows. */
  | { readonly kind: 'digest'; readonly digest: Uint8Array }
  /** Some or all of the sender's documents with their fingerprints. */
  | { readonly kind: 'compare'; readonly docs: readonly { readonly id: string; readonly print: Fingerprint }[] }
  /** Send me what I lack of this document; `known` is an encoded Yjs snapshot, empty for nothing. */
  | { readonly kind: 'ask'; readonly doc: string; readonly known: Uint8Array }
  /** Changes, in an order in which they can be applied. `answer`: 0 live, 1 part of an answer, 2 the last part of one. */
  | {
      readonly kind: 'updates';
      readonly doc: string;
      readonly answer: 0 | 1 | 2;
      readonly updates: readonly StoredUpdate[];
    };

const KINDS = ['digest', 'compare', 'ask', 'updates'] as const;
export const DIGEST_BYTES = 32;
/** Documents in one `compare`, updates in one `updates`. */
export const MAX_COMPARED = 256;
export const MAX_BATCH = 4_096;

export function encodeMessage(message: DocsMessage): Uint8Array {
  const to = encoding.createEncoder();
  encoding.writeUint8(to, KINDS.indexOf(message.kind));
  switch (message.kind) {
    case 'digest':
      encoding.writeUint8Array(to, message.digest);
      break;
    case 'compare':
      encoding.writeVarUint(to, message.docs.length);
      for (const { id, print } of message.docs) {
        encoding.writeVarString(to, id);
        encoding.writeUint8Array(to, print.known);
        encoding.writeUint8Array(to, print.content);
      }
      break;
    case 'ask':
      encoding.writeVarString(to, message.doc);
      encoding.writeVarUint8Array(to, message.known);
      break;
    case 'updates':
      encoding.writeVarString(to, message.doc);
      encoding.writeUint8(to, message.answer);
      encoding.writeVarUint(to, message.updates.length);
      for (const { bytes, member, time } of message.updates) {
        encoding.writeVarString(to, member ?? '');
        encoding.writeVarUint(to, time);
        encoding.writeVarUint8Array(to, bytes);
      }
  }
  return encoding.toUint8Array(to);
}

/** Throws `docs-message-malformed`; reads each byte once and keeps nothing of the given array. */
export function decodeMessage(bytes: Uint8Array): DocsMessage {
  if (bytes.length > MAX_MESSAGE) throw malformed();
  const from = new Reader(bytes);
  try {
    const message = read(from);
    if (!from.ended) throw malformed();
    return message;
  } catch (cause) {
    throw cause instanceof PeerholdError ? cause : malformed(cause);
  }
}

function read(from: Reader): DocsMessage {
  switch (KINDS[from.byte()]) {
    case 'digest':
      return { kind: 'digest', digest: from.bytes(DIGEST_BYTES) };
    case 'compare':
      return {
        kind: 'compare',
        docs: from.list(MAX_COMPARED, () => ({
          id: from.docId(),
          print: { known: from.bytes(PRINT_BYTES), content: from.bytes(PRINT_BYTES) },
        })),
      };
    case 'ask':
      return { kind: 'ask', doc: from.docId(), known: from.sized(MAX_MESSAGE) };
    case 'updates': {
      const doc = from.docId();
      const answer = from.byte();
      if (answer !== 0 && answer !== 1 && answer !== 2) throw malformed();
      const updates = from.list(MAX_BATCH, () => ({
        member: from.member(),
        time: from.number(Number.MAX_SAFE_INTEGER),
        bytes: from.sized(MAX_UPDATE),
      }));
      return { kind: 'updates', doc, answer, updates };
    }
    default:
      throw malformed();
  }
}

/** lib0's decoder behind bounds: its own byte strings reach past the array's end into whatever shares the buffer. */
export class Reader {
  readonly #decoder: decoding.Decoder;

  constructor(bytes: Uint8Array) {
    this.#decoder = decoding.createDecoder(bytes);
  }

  get ended(): boolean {
    return this.#decoder.pos === this.#decoder.arr.length;
  }

  byte(): number {
    return this.bytes(1)[0]!;
  }

  number(most: number): number {
    const value = decoding.readVarUint(this.#decoder);
    if (!Number.isSafeInteger(value) || value > most) throw malformed();
    return value;
  }

  bytes(length: number): Uint8Array {
    const { arr, pos } = this.#decoder;
    if (length > arr.length - pos) throw malformed();
    this.#decoder.pos += length;
    return arr.slice(pos, pos + length);
  }

  sized(most: number): Uint8Array {
    return this.bytes(this.number(most));
  }

  list<T>(most: number, item: () => T): T[] {
    const items: T[] = [];
    for (let left = this.number(most); left > 0; left--) items.push(item());
    return items;
  }

  docId(): string {
    const value = String.fromCharCode(...this.sized(89));
    if (!isDocId(value)) throw malformed();
    return value;
  }

  member(): string | null {
    const value = String.fromCharCode(...this.sized(64));
    if (value === '') return null;
    if (!isId(value)) throw malformed();
    return value;
  }
}

const malformed = (cause?: unknown) => new PeerholdError('docs-message-malformed', {}, { cause });
