import { PeerholdError } from '../errors';
import { concat, fromHex, toHex } from '../record/bytes';
import { MAX_ASKED, MAX_PIECES, PIECE_BYTES } from './limits';
import { MAX_MANIFEST } from './manifest';

/** In the place of a piece's number: the manifest. */
export const MANIFEST = 0xffff_ffff;

/**
 * What neighbours say about files (the channel's kind `files`): one byte of kind, then fields of fixed size, ids as 32 bytes, numbers as
 * four, big-endian. Nothing is announced; a peer is told who has what when it asks.
 */
export type FilesMessage =
  /** Which of these have you? Each is answered by a `has`, and once more when the answer has become `all`. */
  | { readonly kind: 'ask'; readonly ids: readonly string[] }
  /** `some`: `bits` says which pieces. */
  | { readonly kind: 'has'; readonly id: string; readonly much: 'none' | 'all' }
  | { readonly kind: 'has'; readonly id: string; readonly much: 'some'; readonly bits: Uint8Array }
  /** Send me this piece, or the manifest. */
  | { readonly kind: 'want'; readonly id: string; readonly piece: number }
  | { readonly kind: 'piece'; readonly id: string; readonly piece: number; readonly bytes: Uint8Array }
  /** I have not got the piece that you want. */
  | { readonly kind: 'lack'; readonly id: string; readonly piece: number };

const KINDS = ['ask', 'has', 'want', 'piece', 'lack'] as const;
const MUCH = ['none', 'all', 'some'] as const;
const ID_BYTES = 32;

export function encodeFilesMessage(message: FilesMessage): Uint8Array {
  const kind = Uint8Array.of(KINDS.indexOf(message.kind));
  switch (message.kind) {
    case 'ask':
      return concat(kind, ...message.ids.map((id) => fromHex(id)));
    case 'has':
      return concat(
        kind,
        fromHex(message.id),
        Uint8Array.of(MUCH.indexOf(message.much)),
        message.much === 'some' ? message.bits : new Uint8Array(0),
      );
    case 'want':
    case 'lack':
      return concat(kind, fromHex(message.id), number(message.piece));
    case 'piece':
      return concat(kind, fromHex(message.id), number(message.piece), message.bytes);
  }
}

/** Throws `files-message-malformed`. The bytes of a piece are a view of those given. */
export function decodeFilesMessage(bytes: Uint8Array): FilesMessage {
  const kind = KINDS[bytes[0] ?? KINDS.length];
  const rest = bytes.subarray(1);
  if (kind === undefined) throw malformed();
  if (kind === 'ask') {
    const count = rest.length / ID_BYTES;
    if (!Number.isInteger(count) || count === 0 || count > MAX_ASKED) throw malformed();
    return { kind, ids: Array.from({ length: count }, (_, at) => idAt(rest, at * ID_BYTES)) };
  }
  if (rest.length < ID_BYTES) throw malformed();
  const id = idAt(rest, 0);
  const body = rest.subarray(ID_BYTES);
  if (kind === 'has') return hasOf(id, body);
  if (body.length < 4) throw malformed();
  const piece = new DataView(body.buffer, body.byteOffset).getUint32(0);
  if (piece !== MANIFEST && piece >= MAX_PIECES) throw malformed();
  const content = body.subarray(4);
  if (kind !== 'piece') {
    if (content.length > 0) throw malformed();
    return { kind, id, piece };
  }
  if (content.length === 0 || content.length > (piece === MANIFEST ? MAX_MANIFEST : PIECE_BYTES)) throw malformed();
  return { kind, id, piece, bytes: content };
}

function hasOf(id: string, body: Uint8Array): FilesMessage {
  const much = MUCH[body[0] ?? MUCH.length];
  const bits = body.subarray(1);
  if (much === undefined) throw malformed();
  if (much === 'some') {
    if (bits.length === 0 || bits.length > MAX_PIECES / 8) throw malformed();
    return { kind: 'has', id, much, bits: bits.slice() };
  }
  if (bits.length > 0) throw malformed();
  return { kind: 'has', id, much };
}

const idAt = (bytes: Uint8Array, at: number): string => toHex(bytes.subarray(at, at + ID_BYTES));

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

const malformed = (): PeerholdError => new PeerholdError('files-message-malformed');
