import { sha256 } from '@noble/hashes/sha2.js';
import { decodeMessage, encodeMessage } from '../commons/messages';
import type { StoredUpdate } from '../commons/ports';
import { checkUpdate } from '../commons/updates';
import { PeerholdError } from '../errors';
import { concat, utf8 } from '../record/bytes';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import { hashBeside } from '../record/hash';
import { type Of, id, integer, nullable, object } from '../record/shape';
import { type Signer, verify } from '../record/signature';
import { KIND } from '../sync/channel/kinds';
import { type EventBatch, decodeRecordMessage, encodeRecordMessage } from '../sync/record-messages';
import { MAX_CONTENT, MAX_PART, tooLarge } from './limits';
import type { Version } from './opening';
import type { StreamReader } from './stream-reader';
import { Tally } from './tally';

/** Who made a bundle, when and for whom. */
const head = object({
  network: id,
  /** Device that signed it. */
  device: id,
  /** Claimed milliseconds since 1970. */
  time: integer(0, Number.MAX_SAFE_INTEGER),
  /** Member for whom it was made: what all of their devices were known to have is left out. Null: everything is in it. */
  recipient: nullable(id),
});
export type BundleHead = Of<typeof head>;

/** Changes of one document, in an order in which they can be applied: one message of a channel. */
export interface DocBatch {
  readonly doc: string;
  readonly updates: readonly StoredUpdate[];
}

export type ContentPart =
  | { readonly kind: 'head'; readonly head: BundleHead }
  | { readonly kind: 'events'; readonly batch: EventBatch }
  | { readonly kind: 'updates'; readonly batch: DocBatch };

/** A part as it stands in a file. */
export interface WrittenPart {
  readonly kind: number;
  readonly message: Uint8Array;
  /** SHA-256 of all of it. */
  readonly digest: Uint8Array;
}

/** Ends the content: its message is the signature. No kind of a channel. */
const END = 255;
const SIGNATURE = 64;
/** Kind, then the length of what follows. */
const FRAME = 5;
const DOMAINS: Readonly<Record<Version, Uint8Array>> = {
  2: utf8('peerhold/bundle/1\0'),
  3: utf8('peerhold/bundle/3\0'),
};

const written = (kind: number, message: Uint8Array): Uint8Array => {
  const { length } = message;
  return concat(Uint8Array.of(kind, length >>> 24, length >>> 16, length >>> 8, length), message);
};

/**
 * Encodes and signs; gives the content piece by piece, of which one is in memory at a time, as of `parts`. Rejects with `bundle-too-large`.
 */
export async function* writeContent(
  about: BundleHead,
  parts: AsyncIterable<EventBatch | DocBatch>,
  signer: Signer,
): AsyncGenerator<Uint8Array> {
  const tally = new Tally();
  const hash = sha256.create().update(DOMAINS[3]);
  const put = async (part: ContentPart, kind: number, message: Uint8Array): Promise<Uint8Array> => {
    const bytes = written(kind, message);
    tally.bytes(bytes.length);
    tally.part(part);
    hash.update(await hashBeside(bytes));
    return bytes;
  };
  yield put({ kind: 'head', head: about }, KIND.control, encodeCanonical(about));
  for await (const batch of parts)
    if ('events' in batch)
      yield put({ kind: 'events', batch }, KIND.record, encodeRecordMessage({ kind: 'events', ...batch }));
    else yield put({ kind: 'updates', batch }, KIND.docs, encodeMessage({ kind: 'updates', answer: 2, ...batch }));
  yield written(END, await signer.sign(hash.digest()));
}

/**
 * The parts of a content, one after the other, up to its end and no further. Only when it has come to its end is it known to be what its maker
 * signed: then it may be read once more, and used. Rejects with `bundle-malformed`, `bundle-too-large`, or at the end with
 * `bundle-signature-wrong`. The events' own signatures are not looked at here.
 */
export async function* readContent(reader: StreamReader, version: Version): AsyncGenerator<WrittenPart> {
  // A bundle of version 2 says first how long its content is, and has the signature before it.
  const end = version === 2 ? reader.count + 4 + (await lengthOfContent(reader)) : Infinity;
  let signature = version === 2 ? await reader.take(SIGNATURE) : undefined;
  const tally = new Tally();
  const hash = sha256.create().update(DOMAINS[version]);
  let maker: string | undefined;
  while (reader.count < end) {
    const frame = await reader.take(FRAME);
    const kind = frame[0]!;
    const length = new DataView(frame.buffer).getUint32(1);
    if (reader.count + length > end) throw malformed();
    if (length > MAX_PART) throw tooLarge();
    tally.bytes(FRAME + length);
    const message = await reader.take(length);
    if (version !== 2 && kind === END) {
      signature = message;
      break;
    }
    const bytes = concat(frame, message);
    const digest = await hashBeside(bytes);
    hash.update(version === 2 ? bytes : digest);
    // Elsewhere a head is refused: there is one, and it comes first.
    if ((maker === undefined) !== (kind === KIND.control)) throw malformed();
    maker ??= headOf(message).device;
    yield { kind, message, digest };
  }
  if (maker === undefined || signature?.length !== SIGNATURE) throw malformed();
  if (!(await verify(maker, hash.digest(), signature))) throw new PeerholdError('bundle-signature-wrong');
}

/** What a part says. Throws `bundle-malformed`, or what the message inside is refused for. */
export function readPart({ kind, message }: Pick<WrittenPart, 'kind' | 'message'>): ContentPart {
  switch (kind) {
    case KIND.control:
      return { kind: 'head', head: headOf(message) };
    case KIND.record:
      return { kind: 'events', batch: eventsOf(message) };
    case KIND.docs:
      return { kind: 'updates', batch: updatesOf(message) };
    default:
      // What a newer app puts in has another version: left out without a word, it would seem to have arrived.
      throw malformed();
  }
}

function headOf(message: Uint8Array): BundleHead {
  const about = decodeCanonical(message);
  if (!head(about)) throw malformed();
  return about;
}

function eventsOf(message: Uint8Array): EventBatch {
  const read = decodeRecordMessage(message);
  if (read.kind !== 'events') throw malformed();
  return { events: read.events, texts: read.texts };
}

function updatesOf(message: Uint8Array): DocBatch {
  const read = decodeMessage(message);
  if (read.kind !== 'updates') throw malformed();
  for (const { bytes } of read.updates) checkUpdate(bytes);
  return { doc: read.doc, updates: read.updates };
}

async function lengthOfContent(reader: StreamReader): Promise<number> {
  const start = await reader.take(4);
  const length = new DataView(start.buffer).getUint32(0);
  if (length > MAX_CONTENT) throw tooLarge();
  if (length < SIGNATURE) throw malformed();
  return length;
}

const malformed = (): PeerholdError => new PeerholdError('bundle-malformed');
