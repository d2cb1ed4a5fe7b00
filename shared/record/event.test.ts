import { describe, expect, it } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { encodeCanonical } from './cbor-writer';
import { signEvent } from './compose';
import {
  type EventBody,
  MAX_EVENT_BYTES,
  decodeEvent,
  encodeBody,
  networkOf,
  signatureOf,
  withSignature,
} from './event';

const idOf = (number: number): string => number.toString(16).padStart(64, '0');
const FIRST: EventBody = {
  network: idOf(1),
  device: idOf(2),
  sequence: 0,
  previous: null,
  parents: [idOf(3)],
  time: 0,
  rules: 1,
  type: 'note',
  payload: {},
};
const FOLLOWING: EventBody = { ...FIRST, sequence: 1, previous: idOf(4) };
const FOUNDING: EventBody = { ...FIRST, network: null, parents: [] };

const bytesOf = (body: EventBody): Uint8Array => withSignature(encodeBody(body), new Uint8Array(64));
/** Whether a body reads back, and as what it was; else the code of its refusal. */
function read(body: EventBody): string {
  try {
    const { id, bytes, ...rest } = decodeEvent(bytesOf(body));
    expect(rest).toEqual(body);
    expect([id.length, bytes]).toEqual([64, bytesOf(body)]);
    return 'read';
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
}
const all = (base: EventBody, changes: readonly Partial<EventBody>[]): string[] => [
  ...new Set(changes.map((change) => read({ ...base, ...change }))),
];

describe('an event', () => {
  it('reads back as what was signed, with its signature apart', async () => {
    const signer = await testSigner('ana');
    const event = await signEvent({ ...FIRST, device: signer.device }, signer);
    expect(decodeEvent(event.bytes)).toEqual(event);
    expect(decodeEvent(event.bytes, event.id)).toEqual(event);
    expect(signatureOf(event)).toEqual(event.bytes.slice(0, 64));
    expect(networkOf(event)).toBe(FIRST.network);
    const founding = decodeEvent(bytesOf(FOUNDING));
    expect(networkOf(founding)).toBe(founding.id);
  });

  it('has fields within their bounds', () => {
    const within: Partial<EventBody>[] = [
      { sequence: 0xffff_ffff },
      { time: Number.MAX_SAFE_INTEGER },
      { rules: 65_535 },
      { type: 'a' },
      { type: 'a'.repeat(64) },
      { payload: null },
      { payload: [1, 'a', false] },
      { parents: [] },
      { parents: Array.from({ length: 256 }, (_, index) => idOf(index + 5)) },
    ];
    expect(all(FOLLOWING, within)).toEqual(['read']);
    const beyond: Partial<EventBody>[] = [
      { sequence: 0x1_0000_0000 },
      { sequence: -1 },
      { time: -1 },
      { rules: 0 },
      { rules: 65_536 },
      { type: '' },
      { type: 'b'.repeat(65) },
      { parents: Array.from({ length: 257 }, (_, index) => idOf(index + 5)) },
      { device: 'short' },
    ];
    expect(all(FOLLOWING, beyond)).toEqual(['event-malformed']);
  });

  it('is of the one format that there is, and has every field', () => {
    const { network, device, sequence, previous, parents, time, rules, type, payload } = FIRST;
    const fields = [network, device, sequence, previous, parents, time, rules, type, payload];
    const raw = (...values: unknown[]) => new Uint8Array([...new Uint8Array(64), ...encodeCanonical(values)]);
    expect(decodeEvent(raw(1, ...fields))).toMatchObject(FIRST);
    for (const values of [
      [0, ...fields],
      [2, ...fields],
      [1, ...fields.slice(1)],
      [1, ...fields, 0],
    ])
      expect(() => decodeEvent(raw(...values))).toThrow(/event-malformed/);
  });

  it('is, for its author, what all others read: nothing is signed that they would read otherwise or refuse', async () => {
    const signer = await testSigner('ana');
    const sign = (payload: unknown) => signEvent({ ...FIRST, device: signer.device, payload }, signer);
    for (const payload of [{ label: '\ufeffResident' }, { a: undefined, b: 'x'.repeat(64) }, { id: 'a'.repeat(64) }])
      expect((await sign(payload)).payload).toEqual(decodeEvent((await sign(payload)).bytes).payload);
    expect((await sign({ label: '\ufeffResident' })).payload).toEqual({ label: '\ufeffResident' });
    let deep: unknown = [];
    for (let level = 0; level < 31; level++) deep = [deep];
    for (const payload of [deep, '\ud800', 0.5]) await expect(sign(payload)).rejects.toThrow('value-unwritable');
  });

  it('is in its one encoding, on this disk too', () => {
    const bytes = bytesOf({ ...FIRST, payload: { a: 1, b: 2 } });
    const unordered = new Uint8Array([...bytes.subarray(0, -6), 0x61, 0x62, 2, 0x61, 0x61, 1]);
    expect(bytes.subarray(-6)).toEqual(new Uint8Array([0x61, 0x61, 1, 0x61, 0x62, 2]));
    expect(() => decodeEvent(unordered)).toThrow(/bytes-malformed/);
    expect(() => decodeEvent(unordered, idOf(9))).toThrow(/bytes-malformed/);
  });

  it('has a predecessor from its second number on, and only then', () => {
    expect(all(FIRST, [{}, { parents: [idOf(3), idOf(5)] }])).toEqual(['read']);
    expect(all(FIRST, [{ previous: idOf(4) }, { sequence: 1 }])).toEqual(['event-malformed']);
    expect(all(FOLLOWING, [{ sequence: 0 }, { previous: null }])).toEqual(['event-malformed']);
  });

  it('cites something, unless it founds the network', () => {
    expect(all(FOUNDING, [{}])).toEqual(['read']);
    expect(all(FIRST, [{ parents: [] }])).toEqual(['event-malformed']);
    expect(all(FOUNDING, [{ parents: [idOf(3)] }, { sequence: 1, previous: idOf(4) }])).toEqual(['event-malformed']);
  });

  it('cites each once, ascending, and its predecessor not among them', () => {
    const [a, b, c] = [idOf(5), idOf(6), idOf(7)];
    expect(all(FOLLOWING, [{ parents: [a, b, c] }])).toEqual(['read']);
    const unordered = [
      [b, a, c],
      [a, c, b],
      [a, a],
      [a, b, b],
    ];
    expect(
      all(
        FOLLOWING,
        unordered.map((parents) => ({ parents })),
      ),
    ).toEqual(['event-malformed']);
    expect(all(FOLLOWING, [{ parents: [idOf(4), a] }])).toEqual(['event-malformed']);
  });

  it('is at most of the size that travels', () => {
    const room = MAX_EVENT_BYTES - bytesOf({ ...FIRST, payload: new Uint8Array(40_000) }).length + 40_000;
    const largest = { ...FIRST, payload: new Uint8Array(room) };
    expect(bytesOf(largest)).toHaveLength(65_536);
    expect(read(largest)).toBe('read');
    expect(read({ ...FIRST, payload: new Uint8Array(room + 1) })).toBe('event-too-large');
    expect(() => encodeBody({ ...FIRST, payload: new Uint8Array(room + 1) })).toThrow(/event-too-large/);
    expect(() => decodeEvent(new Uint8Array(65_537))).toThrow(/event-too-large/);
    // As large as may be, but no event.
    expect(() => decodeEvent(new Uint8Array(65_536))).toThrow(/bytes-malformed/);
    for (const length of [0, 63, 64]) expect(() => decodeEvent(new Uint8Array(length))).toThrow(/event-malformed/);
  });
});
