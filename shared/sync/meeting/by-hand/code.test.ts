import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../test/kit/endpoints';
import { errorCode } from '../../../errors';
import { toBase64Url } from '../../../record/bytes';
import { encodeCanonical } from '../../../record/cbor-writer';
import { type HandCode, decodeHandCode, encodeHandCode, sealContent } from './code';

const HOUSE = 'a'.repeat(64);
const BOAT = 'b'.repeat(64);
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const codes: fc.Arbitrary<HandCode> = fc.record({
  type: fc.constantFrom('offer' as const, 'answer' as const),
  attempt: hex(16),
  expires: fc.integer({ min: 0, max: 2 ** 33 }).map((seconds) => seconds * 1_000),
  endpoint: endpoints,
});
const one = fc.sample(codes, { numRuns: 1, seed: 7 })[0]!;
const codeOf = (network: string, pasted: string): string => {
  try {
    decodeHandCode(network, pasted);
    return 'none';
  } catch (error) {
    return errorCode(error);
  }
};

describe('a code for connecting by hand', () => {
  it('is read as it was written, also with line breaks in it and without its beginning', () => {
    fc.assert(
      fc.property(hex(64), codes, fc.integer({ min: 1, max: 60 }), (network, code, width) => {
        const text = encodeHandCode(network, code);
        expect(decodeHandCode(network, text)).toEqual(code);
        expect(
          decodeHandCode(
            network,
            ` ${text.match(new RegExp(`.{1,${width}}`, 'g'))!.join('\n> ')}`.replaceAll('> ', '\t'),
          ),
        ).toEqual(code);
        expect(decodeHandCode(network, text.slice(text.indexOf('.') + 1))).toEqual(code);
      }),
    );
  });

  it('says that it is of another network, to whoever has not that one, and names none', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const text = encodeHandCode(HOUSE, code);
        expect(codeOf(BOAT, text)).toBe('by-hand-network');
        const other = encodeHandCode(HOUSE, {
          ...code,
          attempt: code.attempt === '0'.repeat(16) ? '1'.repeat(16) : '0'.repeat(16),
        });
        const tag = (whole: string): string => whole.slice(whole.indexOf('.') + 1).slice(4, 16);
        expect(tag(other)).not.toBe(tag(text));
      }),
    );
  });

  it('with any one character changed, lost or added is damaged, or no code', () => {
    fc.assert(
      fc.property(codes, fc.nat(), fc.constantFrom('A', 'z', '-', ''), (code, at, character) => {
        const text = encodeHandCode(HOUSE, code);
        const start = text.indexOf('.') + 1;
        const place = start + (at % (text.length - start));
        fc.pre(text[place] !== character);
        for (const changed of [
          text.slice(0, place) + character + text.slice(place + 1),
          text.slice(0, place) + (character || 'Q') + text.slice(place),
        ])
          expect(codeOf(HOUSE, changed)).toMatch(/^by-hand-(damaged|malformed)$/);
      }),
    );
  });

  it('is bounded: with eight of the longest addresses it can be scanned, and what is longer is not read', () => {
    const address = '01234567-89ab-cdef-0123-456789abcdef.local';
    const candidates = Array.from({ length: 8 }, (_, i) => ({ kind: 'relay' as const, address, port: 65_528 + i }));
    const text = encodeHandCode(HOUSE, {
      ...one,
      endpoint: { ...one.endpoint, ufrag: 'u'.repeat(60), password: 'p'.repeat(60), candidates },
    });
    expect(text.length).toBeLessThan(1_024);
    expect(codeOf(HOUSE, text)).toBe('none');
    expect(codeOf(HOUSE, 'A'.repeat(1_025))).toBe('by-hand-malformed');
    expect(codeOf(HOUSE, ' '.repeat(1e6))).toBe('by-hand-malformed');
  });

  it('of anything else is no code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(codeOf(HOUSE, text)).toMatch(/^by-hand-(damaged|malformed)$/);
      }),
    );
    expect(codeOf(HOUSE, 'peerhold://join/AbCd')).toBe('by-hand-malformed');
  });

  it('with a checksum that fits says what else is wrong with it', () => {
    const sealed = (value: unknown): string => toBase64Url(sealContent(encodeCanonical(value)));
    const { endpoint } = one;
    const filler = [endpoint.ufrag, endpoint.password, endpoint.fingerprint];
    const fields = (addresses: unknown, version = 1): unknown[] => [
      version,
      0,
      new Uint8Array(8),
      new Uint8Array(8),
      0,
      ...filler,
      addresses,
    ];
    expect(codeOf(HOUSE, sealed(fields([[0, '192.0.2.1', 9]])))).toBe('by-hand-network');
    expect(codeOf(HOUSE, sealed(fields([[0, '192.0.2.1', 9]], 2)))).toBe('by-hand-version');
    for (const listed of [
      [],
      [[3, '192.0.2.1', 9]],
      [[0, '192.0.2.1', 0]],
      Array.from({ length: 9 }, () => [0, '192.0.2.1', 9]),
    ])
      expect(codeOf(HOUSE, sealed(fields(listed)))).toBe('by-hand-malformed');
    expect(codeOf(HOUSE, toBase64Url(sealContent(new Uint8Array(80))))).toBe('by-hand-malformed');
  });

  it.each(['printer.example', '192.0.2.1\r\na=setup:passive', 'fd00::2 9 typ host', '1.2.3', ''])(
    'names no address such as %j, which would be looked up or change the description',
    (address) => {
      const candidates = [{ kind: 'host' as const, address, port: 9 }];
      const text = encodeHandCode(HOUSE, { ...one, endpoint: { ...one.endpoint, candidates } });
      expect(codeOf(HOUSE, text)).toBe('by-hand-malformed');
    },
  );
});
