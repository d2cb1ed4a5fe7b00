import { MAX_DOCS } from '../commons/limits';
import { type DocsMessage, decodeMessage, encodeMessage } from '../commons/messages';
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
import { MAX_CONTENT, MAX_EVENTS, MAX_UPDATES, tooLarge } from './limits';

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

export interface Bundle {
  readonly head: BundleHead;
  readonly record: readonly EventBatch[];
  readonly docs: readonly DocBatch[];
}

const SIGNATURE = 64;
/** Kind, then the length of what follows. */
const PART = 5;
const DOMAIN = utf8('peerhold/bundle/1\0');
const idOf = (body: Uint8Array): Promise<Uint8Array> => hashBeside(concat(DOMAIN, body));

/** Encodes and signs. `parts` are taken one by one, so that what is too large is not put together first. Throws `bundle-too-large`. */
export async function writeBundle(
  about: BundleHead,
  parts: AsyncIterable<EventBatch | DocBatch>,
  signer: Signer,
): Promise<Uint8Array> {
  const written: Uint8Array[] = [];
  let size = SIGNATURE;
  let count = { events: 0, updates: 0 };
  const put = (kind: number, message: Uint8Array): void => {
    const { length } = message;
    size += PART + length;
    if (size > MAX_CONTENT || count.events > MAX_EVENTS || count.updates > MAX_UPDATES) throw tooLarge();
    written.push(Uint8Array.of(kind, length >>> 24, length >>> 16, length >>> 8, length), message);
  };
  put(KIND.control, encodeCanonical(about));
  for await (const part of parts) {
    if ('events' in part) {
      count = { ...count, events: count.events + part.events.length };
      put(KIND.record, encodeRecordMessage({ kind: 'events', ...part }));
    } else {
      count = { ...count, updates: count.updates + part.updates.length };
      put(KIND.docs, encodeMessage({ kind: 'updates', answer: 2, ...part }));
    }
  }
  const body = concat(...written);
  return concat(await signer.sign(await idOf(body)), body);
}

/**
 * Reads all of it before anything of it is used. Throws `bundle-malformed`, `bundle-signature-wrong`, `bundle-too-large`, or what the
 * messages inside are refused for. The events' own signatures are not looked at here.
 */
export async function readBundle(content: Uint8Array): Promise<Bundle> {
  if (content.length > MAX_CONTENT) throw tooLarge();
  const body = content.subarray(SIGNATURE);
  const bundle = readBody(body);
  if (!(await verify(bundle.head.device, await idOf(body), content.subarray(0, SIGNATURE))))
    throw new PeerholdError('bundle-signature-wrong');
  return bundle;
}

/** Reads what is signed, and does not look at the signature. Throws as `readBundle` does. */
export function readBody(body: Uint8Array): Bundle {
  const parts = split(body);
  const first = parts.shift();
  const about = first?.kind === KIND.control ? decodeCanonical(first.message) : undefined;
  if (!head(about)) throw malformed();
  const record: EventBatch[] = [];
  const docs: DocBatch[] = [];
  for (const { kind, message } of parts) {
    if (kind === KIND.record) record.push(readEvents(message));
    else if (kind === KIND.docs) docs.push(readUpdates(message));
    // What a newer app puts in has another version: left out without a word, it would seem to have arrived.
    else throw malformed();
  }
  if (sum(record, ({ events }) => events.length) > MAX_EVENTS) throw tooLarge();
  if (sum(docs, ({ updates }) => updates.length) > MAX_UPDATES) throw tooLarge();
  if (new Set(docs.map(({ doc }) => doc)).size > MAX_DOCS) throw tooLarge();
  return { head: about, record, docs };
}

function split(body: Uint8Array): { kind: number; message: Uint8Array }[] {
  const parts = [];
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let at = 0; at < body.length;) {
    if (body.length - at < PART) throw malformed();
    const start = at + PART;
    const end = start + view.getUint32(at + 1);
    if (end > body.length) throw malformed();
    parts.push({ kind: body[at]!, message: body.subarray(start, end) });
    at = end;
  }
  return parts;
}

function readEvents(message: Uint8Array): EventBatch {
  const read = decodeRecordMessage(message);
  if (read.kind !== 'events') throw malformed();
  return { events: read.events, texts: read.texts };
}

function readUpdates(message: Uint8Array): DocBatch {
  const read: DocsMessage = decodeMessage(message);
  if (read.kind !== 'updates') throw malformed();
  for (const { bytes } of read.updates) checkUpdate(bytes);
  return { doc: read.doc, updates: read.updates };
}

const sum = <T>(all: readonly T[], size: (one: T) => number): number =>
  all.reduce((total, one) => total + size(one), 0);
const malformed = (): PeerholdError => new PeerholdError('bundle-malformed');
