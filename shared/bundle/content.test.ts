import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { contentFrom, contentOf, encoded, part, readAll, signed, signedBefore } from '../../test/kit/bundles';
import { each } from '../../test/kit/streams';
import { testSigner } from '../../test/kit/group';
import { encodeMessage } from '../commons/messages';
import { MAX_DOCS } from '../commons/limits';
import { CheckedContent } from '../peer/checked-content';
import { Replica } from '../replica/replica';
import { errorCode } from '../errors';
import { concat } from '../record/bytes';
import { encodeCanonical } from '../record/cbor-writer';
import type { Signer } from '../record/signature';
import { encodeRecordMessage } from '../sync/record-messages';
import { type BundleHead, type DocBatch, writeContent } from './content';
import { MAX_EVENTS } from './limits';
import type { Version } from './opening';
import { Tally } from './tally';
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

const codeOf = (content: Uint8Array, version?: Version): Promise<string> =>
  readAll(contentOf(content, version)).then(() => 'read', errorCode);

describe('the content of a bundle', () => {
  it('comes out as it went in', async () => {
    const content = await contentFrom(head, [event, page(), event], signer);
    const { head: about, record, docs } = await readAll(contentOf(content));
    expect(about).toEqual(head);
    expect(record).toEqual([event, event].map((batch) => expect.objectContaining(batch) as unknown));
    expect(docs).toEqual([page()]);
  });

  it('that was cut off, or of which any byte was changed, is refused', async () => {
    const content = await contentFrom(head, [event, page()], signer);
    for (let at = 0; at < content.length; at++) {
      expect(await codeOf(content.subarray(0, at))).toMatch(/^(bundle|bytes|message)-/);
      const changed = content.slice();
      changed[at]! ^= 1 << (at % 8);
      expect(await codeOf(changed)).toMatch(/-(malformed|wrong|large)$/);
    }
  });

  it('of any bytes, rightly signed or not, is refused with a code', async () => {
    const first = part(0, encodeCanonical(head));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        expect(await codeOf(bytes)).not.toBe('internal');
        for (const kind of [0, 1, 2, 3])
          expect(await codeOf(await signed(signer, first, part(kind, bytes)))).toMatch(/-malformed$/);
        expect(await codeOf(await signed(signer, first, bytes))).toMatch(/-(malformed|large)$/);
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
    ['with a part that says it is longer', (first: Uint8Array) => [first, part(1, new Uint8Array(3), 1_000)]],
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
    expect(await codeOf(await signed(signer, ...parts(part(0, encodeCanonical(head)))))).toMatch(/-malformed$/);
  });

  it('signed by another than it names is refused', async () => {
    const other = await testSigner('mallory');
    expect(await codeOf(await contentFrom(head, [event], other))).toBe('bundle-signature-wrong');
  });

  it('of more events or changes than a reader takes is refused', async () => {
    const tally = new Tally();
    const many: EventBatch = { events: Array.from({ length: 8_192 }, () => Uint8Array.of(1)), texts: [] };
    const count = (): void => tally.part({ kind: 'events', batch: many });
    for (let counted = 8_192; counted <= MAX_EVENTS; counted += 8_192) count();
    expect(count).toThrow('bundle-too-large');
    const docs = Array.from({ length: MAX_DOCS + 1 }, (_none, at) => encoded.updates({ ...page(), doc: `page:${at}` }));
    const content = contentOf(await signed(signer, encoded.head(head), ...docs));
    const check = CheckedContent.check(content, head.network, new Replica(head.network).record);
    expect(await check.then(() => 'read', errorCode)).toBe('bundle-too-large');
  });

  it('of more bytes than a reader takes is refused before they are put together', async () => {
    const large: EventBatch = { events: Array.from({ length: 500 }, () => new Uint8Array(65_536)), texts: [] };
    let size = 0;
    const write = async (): Promise<void> => {
      for await (const bytes of writeContent(head, each(Array.from({ length: 9 }, () => large)), signer))
        size += bytes.length;
    };
    await expect(write()).rejects.toThrow('bundle-too-large');
    expect(size).toBeGreaterThan(7 * 500 * 65_536);
    const says = concat(encoded.head(head), Uint8Array.of(1, 255, 255, 255, 255));
    expect(await codeOf(says)).toBe('bundle-too-large');
    expect(await codeOf(Uint8Array.of(255, 255, 255, 255, 1, 2, 3), 2)).toBe('bundle-too-large');
  });

  it('of a bundle of version 2 comes out too, and is refused where a byte of it was changed', async () => {
    const parts = [encoded.head(head), encoded.events(event), encoded.updates(page())];
    const content = await signedBefore(signer, ...parts);
    expect(await readAll(contentOf(content, 2))).toEqual({
      head,
      record: [expect.objectContaining(event)],
      docs: [page()],
    });
    for (let at = 0; at < content.length; at++) {
      expect(await codeOf(content.subarray(0, at), 2)).toMatch(/^(bundle|bytes|message)-/);
      const changed = content.slice();
      changed[at]! ^= 1 << (at % 8);
      expect(await codeOf(changed, 2)).toMatch(/-(malformed|wrong|large)$/);
    }
    expect(await codeOf(content)).not.toBe('read');
    expect(await codeOf(await contentFrom(head, [event], signer), 2)).not.toBe('read');
  });
});
