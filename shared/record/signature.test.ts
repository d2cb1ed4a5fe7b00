import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { VECTORS } from '../../test/signatures/vectors';
import { verdicts } from '../../test/signatures/verdicts';
import { fromHex, toHex } from './bytes';
import { type Signer, deviceKeyFromSeed, newDeviceKey, verify } from './signature';

it('signatures are judged by the one rule, in Node: small order, not canonical, mixed order, malleated', async () => {
  const said = await verdicts();
  expect(VECTORS.map(({ name }, index) => [name, said[index]])).toEqual(
    VECTORS.map(({ name, valid }) => [name, valid]),
  );
});

describe('before any library is asked', () => {
  const { subtle } = globalThis.crypto;
  const hex = (low: number, middle: number, top: number): string =>
    toHex(Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? low : index === 31 ? top : middle)));
  const changed = (encoded: string, at: number, by: number): string => {
    const bytes = fromHex(encoded);
    bytes[at]! += by;
    return toHex(bytes);
  };
  const SMALL_ORDER = [
    hex(0, 0, 0),
    hex(1, 0, 0),
    hex(0xec, 0xff, 0x7f),
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ];
  const signed = (encoded: string): string => changed(encoded, 31, 0x80);
  /** Of the field's prime on, up to the last number of 255 bits. */
  const NOT_CANONICAL = [hex(0xed, 0xff, 0x7f), hex(0xee, 0xff, 0x7f), hex(0xff, 0xff, 0x7f), hex(0xed, 0xff, 0xff)];
  const CANONICAL = [
    hex(0xeb, 0xff, 0x7f),
    hex(0xff, 0xff, 0x7e),
    ...[1, 15, 30].map((at) => changed(hex(0xff, 0xff, 0x7f), at, -1)),
    ...SMALL_ORDER.map((encoded) => changed(encoded, 16, 1)),
    hex(2, 0, 0),
    hex(0xec, 0xff, 0x7e),
  ];
  const POINT = CANONICAL[0]!;
  const ORDER = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';
  const ZERO = hex(0, 0, 0);
  beforeAll(() => {
    vi.restoreAllMocks();
  });
  /** What is said where the library takes whatever it is asked about. */
  async function taken(key: string, point: string, scalar: string, more = ''): Promise<boolean> {
    vi.spyOn(subtle, 'importKey').mockResolvedValue({} as never);
    vi.spyOn(subtle, 'verify').mockResolvedValue(true);
    const said = await verify(key, new Uint8Array(), fromHex(point + scalar + more));
    vi.restoreAllMocks();
    return said;
  }

  it('a point of small order is none, with its sign or without, as a key or in a signature', async () => {
    for (const point of [...SMALL_ORDER, ...SMALL_ORDER.map(signed)]) {
      expect([point, await taken(POINT, point, ZERO)]).toEqual([point, false]);
      expect([point, await taken(point, POINT, ZERO)]).toEqual([point, false]);
    }
  });

  it('an encoding is none that is not below the prime, and any other is one', async () => {
    for (const point of NOT_CANONICAL) expect([point, await taken(POINT, point, ZERO)]).toEqual([point, false]);
    for (const point of CANONICAL) expect([point, await taken(POINT, point, ZERO)]).toEqual([point, true]);
  });

  it('a scalar is below the order of the group', async () => {
    const not = [ORDER, changed(ORDER, 0, 1), changed(ORDER, 15, 1), changed(ORDER, 31, 1), hex(0xff, 0xff, 0xff)];
    for (const scalar of not) expect([scalar, await taken(POINT, POINT, scalar)]).toEqual([scalar, false]);
    const are = [ZERO, changed(ORDER, 0, -1), changed(ORDER, 15, -1), changed(hex(0xff, 0xff, 0x10), 31, -1)];
    for (const scalar of are) expect([scalar, await taken(POINT, POINT, scalar)]).toEqual([scalar, true]);
  });

  it('a signature has 64 bytes', async () => {
    expect(await taken(POINT, POINT, ZERO, '00')).toBe(false);
    expect(await taken(POINT, POINT, ZERO.slice(2))).toBe(false);
  });
});

it('the secret half of a device’s key can not be read out', async () => {
  for (const { secret } of [await newDeviceKey(), await deviceKeyFromSeed(new Uint8Array(32))])
    for (const format of ['pkcs8', 'jwk'])
      await expect(globalThis.crypto.subtle.exportKey(format as never, secret as never)).rejects.toThrow();
});

describe('where the runtime fails', () => {
  const message = new Uint8Array([1, 2, 3]);
  const { subtle } = globalThis.crypto;
  const failure = (): DOMException => new DOMException('no memory', 'OperationError');
  let signer: Signer;
  let right: Uint8Array, wrong: Uint8Array;
  beforeAll(async () => {
    signer = await testSigner('ana');
    right = await signer.sign(message);
    wrong = await signer.sign(new Uint8Array([4]));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('once, it is asked again, and both verdicts are as ever', async () => {
    for (const [signature, verdict] of [[right, true] as const, [wrong, false] as const]) {
      vi.spyOn(subtle, 'verify').mockRejectedValueOnce(failure());
      expect(await verify(signer.device, message, signature)).toBe(verdict);
    }
  });

  it('twice, no verdict is given, and the next time there is one', async () => {
    for (const signature of [right, wrong]) {
      vi.spyOn(subtle, 'verify').mockRejectedValueOnce(failure()).mockRejectedValueOnce(failure());
      await expect(verify(signer.device, message, signature)).rejects.toMatchObject({ code: 'signature-unchecked' });
    }
    expect(await verify(signer.device, message, right)).toBe(true);
    expect(await verify(signer.device, message, wrong)).toBe(false);
  });

  it('to import a key, no verdict is given, and the failure is not kept', async () => {
    const { device, sign } = await testSigner('somebody whose key was not used before');
    const signature = await sign(message);
    vi.spyOn(subtle, 'importKey').mockRejectedValueOnce(failure()).mockRejectedValueOnce(failure());
    await expect(verify(device, message, signature)).rejects.toMatchObject({ code: 'signature-unchecked' });
    expect(await verify(device, message, signature)).toBe(true);
  });

  it('because the key is none, it is a verdict', async () => {
    const { device, sign } = await testSigner('somebody else whose key was not used before');
    const signature = await sign(message);
    const none = new DOMException('not a point', 'DataError');
    vi.spyOn(subtle, 'importKey').mockRejectedValueOnce(none).mockRejectedValueOnce(none);
    expect(await verify(device, message, signature)).toBe(false);
  });
});
