import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { VECTORS } from '../../test/signatures/vectors';
import { verdicts } from '../../test/signatures/verdicts';
import { type Signer, verify } from './signature';

it('signatures are judged by the one rule, in Node: small order, not canonical, mixed order, malleated', async () => {
  const said = await verdicts();
  expect(VECTORS.map(({ name }, index) => [name, said[index]])).toEqual(
    VECTORS.map(({ name, valid }) => [name, valid]),
  );
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
