import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkOf, payloadIn } from './invite-text';

describe('a pasted invite', () => {
  test.each([
    'peerhold://join/Abc-1_2',
    '  peerhold://join/Abc-1_2\n',
    '<peerhold://join/Abc-1_2>',
    'peerhold://join/Abc-\n  1_2',
    'http://127.0.0.1:8080/#/join/Abc-1_2',
    'Abc-1_2',
  ])('%j is found', (pasted) => {
    expect(payloadIn(pasted)).toBe('Abc-1_2');
  });

  test.each(['', '   ', 'https://example.org/x', 'peerhold://leave/abc', 'ä'])('%j is none', (pasted) => {
    expect(payloadIn(pasted)).toBeNull();
  });

  test('any text gives a payload that makes a link, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pasted) => {
        const payload = payloadIn(pasted);
        if (payload !== null) expect(payloadIn(linkOf(payload))).toBe(payload);
      }),
    );
  });
});
