import { describe, expect, it } from 'vitest';
import { KEY_SECRET_BYTES, KeyLock } from './key-lock';
import { deviceKeyFromSeed, randomBytes, signerOf, verify } from './signature';

const MESSAGE = Uint8Array.of(1, 2, 3);
const secret = (): Uint8Array => randomBytes(KEY_SECRET_BYTES);

interface Subtle {
  exportKey(format: 'pkcs8', key: object): Promise<unknown>;
}
const { subtle } = (globalThis as unknown as { crypto: { readonly subtle: Subtle } }).crypto;

describe('a key that is locked', () => {
  it('opens by the same secret, signs as the device that it was made for, and can not be read out', async () => {
    const by = secret();
    const made = await (await KeyLock.of(by)).newDeviceKey();
    const opened = await (await KeyLock.of(by)).openDeviceKey(made.device, made.locked);
    for (const key of [made, opened]) {
      expect(await verify(made.device, MESSAGE, await signerOf(key).sign(MESSAGE))).toBe(true);
      await expect(subtle.exportKey('pkcs8', key.secret)).rejects.toThrow();
    }
  });

  it('may be of a seed, and signs as its device', async () => {
    const [by, seed] = [secret(), randomBytes(32)];
    const made = await (await KeyLock.of(by)).deviceKeyFromSeed(seed);
    const { device } = await deviceKeyFromSeed(seed);
    expect(made.device).toBe(device);
    expect(String(made.locked)).not.toContain(String(seed));
    const opened = await (await KeyLock.of(by)).openDeviceKey(device, made.locked);
    for (const key of [made, opened]) {
      expect(await verify(device, MESSAGE, await signerOf(key).sign(MESSAGE))).toBe(true);
      await expect(subtle.exportKey('pkcs8', key.secret)).rejects.toThrow();
    }
  });

  it('receives by what was opened, and can not be read out', async () => {
    const lock = await KeyLock.of(secret());
    const made = await lock.newReceivingKey();
    const opened = await lock.openReceivingKey(made.receives, made.locked);
    expect(opened.receives).toBe(made.receives);
    await expect(subtle.exportKey('pkcs8', opened.secret)).rejects.toThrow();
  });

  it('does not lie there as it is', async () => {
    const { locked } = await (await KeyLock.of(secret())).newDeviceKey();
    const text = String(locked);
    // How every Ed25519 key in PKCS #8 begins.
    expect(text).not.toContain('48,46,2,1,0,48,5,6,3,43,101,112');
  });

  it('opens by no other secret, as no other device, as no other kind of key, and not once it was changed', async () => {
    const lock = await KeyLock.of(secret());
    const [key, receiving] = [await lock.newDeviceKey(), await lock.newReceivingKey()];
    const changed = key.locked.slice();
    changed[changed.length - 1]! ^= 1;
    const other = await KeyLock.of(secret());
    for (const opening of [
      () => other.openDeviceKey(key.device, key.locked),
      () => lock.openDeviceKey(receiving.receives, key.locked),
      () => lock.openReceivingKey(key.device, key.locked),
      () => lock.openDeviceKey(key.device, changed),
      () => lock.openDeviceKey(key.device, key.locked.slice(0, 20)),
      () => lock.openDeviceKey(key.device, new Uint8Array()),
    ])
      await expect(opening()).rejects.toMatchObject({ code: 'key-locked' });
  });
});
