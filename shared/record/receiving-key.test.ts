import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes';
import { canReceive, newReceivingKey, receivingKeyFromSeed } from './receiving-key';

interface Subtle {
  importKey(format: 'raw', key: Uint8Array, algorithm: string, extractable: boolean, usages: []): Promise<object>;
  deriveBits(algorithm: { name: string; public: object }, key: object, length: number): Promise<ArrayBuffer>;
  exportKey(format: string, key: object): Promise<unknown>;
}
const { subtle } = (globalThis as unknown as { crypto: { readonly subtle: Subtle } }).crypto;

/** What two keys agree on; nothing where the platform refuses, as it must where that would be zero. */
async function agree(secret: object, key: string): Promise<string | undefined> {
  const other = await subtle.importKey('raw', fromHex(key), 'X25519', true, []);
  return subtle.deriveBits({ name: 'X25519', public: other }, secret, 256).then(
    (bits) => toHex(new Uint8Array(bits)),
    () => undefined,
  );
}

/** RFC 7748, 6.1. */
const ALICE = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
const BOB = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';

/** Of order 1, 2, 4 and 8, on the curve or its twist. */
const WEAK = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
];
/** Another encoding of 0, 1 and 18, and the sign bit that X25519 ignores. */
const ALIASES = [
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  `ff${'ff'.repeat(30)}7f`,
  `09${'00'.repeat(30)}80`,
];

describe('a key for receiving', () => {
  it('of a secret that is written down is that of RFC 7748, 6.1', async () => {
    const alice = await receivingKeyFromSeed(fromHex(ALICE));
    expect(alice.receives).toBe('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
    expect(await agree(alice.secret, BOB)).toBe('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
  });

  it('is new each time, and its secret can not be read out', async () => {
    const [one, other] = [await newReceivingKey(), await newReceivingKey()];
    expect(one.receives).not.toBe(other.receives);
    expect(await agree(one.secret, other.receives)).toBe(await agree(other.secret, one.receives));
    for (const format of ['pkcs8', 'jwk']) await expect(subtle.exportKey(format, one.secret)).rejects.toThrow();
    const { secret } = await receivingKeyFromSeed(fromHex(ALICE));
    await expect(subtle.exportKey('pkcs8', secret)).rejects.toThrow();
  });

  it('is refused where it is of small order, or its encoding is not the one of its value', async () => {
    const { secret } = await newReceivingKey();
    for (const key of WEAK) {
      expect(canReceive(key)).toBe(false);
      expect(await agree(secret, key)).toBeUndefined();
    }
    for (const key of ALIASES) expect(canReceive(key)).toBe(false);
    expect(canReceive(`ec${'ff'.repeat(30)}7e`)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (bytes) => {
        bytes[31]! &= 0x7f;
        expect(canReceive(toHex(bytes))).toBe((await agree(secret, toHex(bytes))) !== undefined);
      }),
      { numRuns: 50 },
    );
  });
});
