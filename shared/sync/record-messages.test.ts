import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerholdError } from '../errors';
import { encodeCanonical } from '../record/cbor-writer';
import { MAX_EVENT_BYTES } from '../record/event';
import { MAX_TIPS, MAX_WANTED, type RecordMessage, decodeRecordMessage, encodeRecordMessage } from './record-messages';

const id = (value: number): string => value.toString(16).padStart(64, '0');
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => id(index));

describe('messages about the record', () => {
  it('come back from their bytes as they were', () => {
    const text = { author: id(1), salt: new Uint8Array(16), text: 'Roof' };
    const messages: RecordMessage[] = [
      { kind: 'have', tips: ids(3) },
      { kind: 'got', tips: [] },
      { kind: 'want', ids: ids(1) },
      { kind: 'events', events: [new Uint8Array([1, 2, 3])], texts: [text] },
    ];
    for (const message of messages) expect(decodeRecordMessage(encodeRecordMessage(message))).toEqual(message);
  });

  it('are refused with a code where they are garbage, cut off, too many or too large', () => {
    const whole = encodeRecordMessage({ kind: 'have', tips: ids(5) });
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeRecordMessage(whole.slice(0, length))).toThrow(PeerholdError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decodeRecordMessage(bytes)).toThrow(PeerholdError);
      }),
      { numRuns: 300 },
    );
    const beyond = [
      { kind: 'have', tips: ids(MAX_TIPS + 1) },
      { kind: 'want', ids: ids(MAX_WANTED + 1) },
      { kind: 'events', events: [new Uint8Array(MAX_EVENT_BYTES + 1)], texts: [] },
      { kind: 'events', events: [new Uint8Array(0)], texts: [] },
      { kind: 'events', events: [], texts: [[id(1), new Uint8Array(15), 'short salt']] },
      { kind: 'events', events: [], texts: [[id(1), new Uint8Array(16), 'x'.repeat(65_537)]] },
      { kind: 'gossip', tips: [] },
    ];
    for (const value of beyond) expect(() => decodeRecordMessage(encodeCanonical(value))).toThrow('message-malformed');
  });

  it('that announce what nothing backs, or nest without end, are refused before memory is taken for it', () => {
    const bombs = [
      // Arrays, maps and strings of 2^32 - 1, and of 2^53 - 1; nested lists.
      ...[0x9a, 0xba, 0x5a, 0x7a].map((head) => [head, 0xff, 0xff, 0xff, 0xff]),
      ...[0x9b, 0xbb, 0x5b, 0x7b].map((head) => [head, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ].map((bytes) => new Uint8Array(bytes));
    const deep = new Uint8Array(4_000_000).fill(0x81);
    for (const bytes of [...bombs, deep]) expect(() => decodeRecordMessage(bytes)).toThrow(PeerholdError);
  });
});
