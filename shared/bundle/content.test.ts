import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { each } from '../../test/kit/streams';
import { testSigner } from '../../test/kit/group';
import { encodeMessage } from '../commons/messages';
import { errorCode } from '../errors';
import { concat, utf8 } from '../record/bytes';
import { encodeCanonical } from '../record/cbor-writer';
import { hashBeside } from '../record/hash';
import type { Signer } from '../record/signature';
import { encodeRecordMessage } from '../sync/record-messages';
import { type BundleHead, type DocBatch, readBundle, writeBundle } from './content';
import type { EventBatch } from '../sync/record-messages';

let signer: Signer;
let head: BundleHead;
beforeAll(async () => {
  signer = await testSigner('ana');
  head = { network: 'a'.repeat(64), device: signer.device, time: 1_000, recipient: null };
});

const event: EventBatch = {
  events: [new Uint8Array(100).fill(7)],
  texts: [{ author: 'b'.repeat(64), salt: new Uint8Array(16), text: 'Grüße' }],
};

/** A change whose bytes are as many as an id's, which elsewhere would be read as one. */
function page(): DocBatch {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getText('t').insert(0, 'The roof leaks: whose?');
  expect(Y.encodeStateAsUpdate(doc)).toHaveLength(32);
  return { doc: 'page:1', updates: [{ bytes: Y.encodeStateAsUpdate(doc), member: null, time: 5 }] };
}

const part = (kind: number, message: Uint8Array, length = message.length): Uint8Array =>
  concat(Uint8Array.of(kind, length >>> 24, length >>> 16, length >>> 8, length), message);

async function signed(...parts: Uint8Array[]): Promise<Uint8Array> {
  const body = concat(...parts);
  return concat(await signer.sign(await hashBeside(concat(utf8('peerhold/bundle/1\0'), body))), body);
}

const codeOf = (content: Uint8Array): Promise<string> => readBundle(content).then(() => 'read', errorCode);

describe('the content of a bundle', () => {
  it('comes out as it went in', async () => {
    const content = await writeBundle(head, each<EventBatch | DocBatch>([event, page(), event]), signer);
    const { head: about, record, docs } = await readBundle(content);
    expect(about).toEqual(head);
    expect(record).toEqual([event, event].map((batch) => expect.objectContaining(batch) as unknown));
    expect(docs).toEqual([page()]);
  });

  it('that was cut off, or of which any byte was changed, is refused', async () => {
    const content = await writeBundle(head, each<EventBatch | DocBatch>([event, page()]), signer);
    for (let at = 0; at < content.length; at++) {
      expect(await codeOf(content.subarray(0, at))).toMatch(/^(bundle|bytes|message)-/);
      const changed = content.slice();
      changed[at]! ^= 1 << (at % 8);
      expect(await codeOf(changed)).toMatch(/-(malformed|wrong)$/);
    }
  });

  it('of any bytes, rightly signed or not, is refused with a code', async () => {
    const first = part(0, encodeCanonical(head));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        expect(await codeOf(bytes)).not.toBe('internal');
        for (const kind of [0, 1, 2, 3])
          expect(await codeOf(await signed(first, part(kind, bytes)))).toMatch(/-malformed$/);
        expect(await codeOf(await signed(first, bytes))).toMatch(/-malformed$/);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['without a head', () => [part(1, encodeRecordMessage({ kind: 'events', ...event }))]],
    ['with two heads', (first: Uint8Array) => [first, first]],
    [
      'with a message that is no bundle’s',
      (first: Uint8Array) => [first, part(1, encodeRecordMessage({ kind: 'want', ids: [] }))],
    ],
    [
      'with a question about documents',
      (first: Uint8Array) => [first, part(2, encodeMessage({ kind: 'ask', doc: 'page:1', known: new Uint8Array() }))],
    ],
    ['with a part of a kind that it does not know', (first: Uint8Array) => [first, part(5, new Uint8Array(3))]],
    ['with a part that says it is longer', (first: Uint8Array) => [first, part(1, new Uint8Array(3), 2 ** 32 - 1)]],
    [
      'with a change that no document could take',
      (first: Uint8Array) => [
        first,
        part(
          2,
          encodeMessage({
            kind: 'updates',
            doc: 'page:1',
            answer: 2,
            updates: [{ bytes: Uint8Array.of(9, 9), member: null, time: 0 }],
          }),
        ),
      ],
    ],
  ])('%s is refused', async (_what, parts) => {
    expect(await codeOf(await signed(...parts(part(0, encodeCanonical(head)))))).toMatch(/-malformed$/);
  });

  it('signed by another than it names is refused', async () => {
    const other = await testSigner('mallory');
    expect(await codeOf(await writeBundle(head, each([event]), other))).toBe('bundle-signature-wrong');
  });

  it('of more events or changes than a reader takes is refused by whoever makes it and whoever reads it', async () => {
    const many: EventBatch = { events: Array.from({ length: 8_192 }, () => Uint8Array.of(1)), texts: [] };
    const parts = Array.from({ length: 31 }, () => many);
    await expect(writeBundle(head, each(parts), signer)).rejects.toThrow('bundle-too-large');
    const encoded = part(1, encodeRecordMessage({ kind: 'events', ...many }));
    expect(await codeOf(await signed(part(0, encodeCanonical(head)), ...parts.map(() => encoded)))).toBe(
      'bundle-too-large',
    );
    const large: EventBatch = { events: Array.from({ length: 1_000 }, () => new Uint8Array(65_536)), texts: [] };
    await expect(writeBundle(head, each([large, large]), signer)).rejects.toThrow('bundle-too-large');
  });
});
