import { type BundleHead, type DocBatch, readContent, readPart, writeContent } from '../../shared/bundle/content';
import type { Version } from '../../shared/bundle/opening';
import { StreamReader } from '../../shared/bundle/stream-reader';
import type { Content } from '../../shared/peer/checked-content';
import { concat, utf8 } from '../../shared/record/bytes';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { hashBeside } from '../../shared/record/hash';
import type { Signer } from '../../shared/record/signature';
import { type EventBatch, encodeRecordMessage } from '../../shared/sync/record-messages';
import { encodeMessage } from '../../shared/commons/messages';
import { all, each } from './streams';

/** A content that is in memory. */
export const contentOf =
  (bytes: Uint8Array, version: Version = 3): Content =>
  () =>
    readContent(new StreamReader(each([bytes])), version);

export const contentFrom = async (
  about: BundleHead,
  parts: readonly (EventBatch | DocBatch)[],
  signer: Signer,
): Promise<Uint8Array> => concat(...(await all(writeContent(about, each(parts), signer))));

export interface Read {
  readonly head: BundleHead;
  readonly record: readonly EventBatch[];
  readonly docs: readonly DocBatch[];
}

/** All that a content says. Rejects as its readers do. */
export async function readAll(content: Content): Promise<Read> {
  const parts = [];
  for await (const part of content()) parts.push(readPart(part));
  return {
    head: parts.flatMap((part) => (part.kind === 'head' ? part.head : []))[0]!,
    record: parts.flatMap((part) => (part.kind === 'events' ? part.batch : [])),
    docs: parts.flatMap((part) => (part.kind === 'updates' ? part.batch : [])),
  };
}

/** A part as it stands in a file; `length` is what it says of itself. */
export const part = (kind: number, message: Uint8Array, length = message.length): Uint8Array =>
  concat(Uint8Array.of(kind, length >>> 24, length >>> 16, length >>> 8, length), message);

/** These parts and what ends them, signed as they stand. */
export async function signed(signer: Signer, ...parts: Uint8Array[]): Promise<Uint8Array> {
  const digests = await Promise.all(parts.map(hashBeside));
  const id = await hashBeside(concat(utf8('peerhold/bundle/3\0'), ...digests));
  return concat(...parts, part(255, await signer.sign(id)));
}

/** The same as a bundle of version 2 had it: its length, the signature, and the parts. */
export async function signedBefore(signer: Signer, ...parts: Uint8Array[]): Promise<Uint8Array> {
  const body = concat(...parts);
  const signature = await signer.sign(await hashBeside(concat(utf8('peerhold/bundle/1\0'), body)));
  const length = signature.length + body.length;
  return concat(Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length), signature, body);
}

export const encoded = {
  head: (head: BundleHead): Uint8Array => part(0, encodeCanonical(head)),
  events: (batch: EventBatch): Uint8Array => part(1, encodeRecordMessage({ kind: 'events', ...batch })),
  updates: (batch: DocBatch): Uint8Array => part(2, encodeMessage({ kind: 'updates', answer: 2, ...batch })),
};
