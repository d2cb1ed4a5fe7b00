import type { HeldNetwork, PendingJoin } from '../../../shared/engine/ports';
import { PeerholdError } from '../../../shared/errors';
import type { KeyLock, Locked } from '../../../shared/record/key-lock';
import { type ReceivingKey, newReceivingKey } from '../../../shared/record/receiving-key';
import { type DeviceKey, deviceKeyFromSeed, newDeviceKey } from '../../../shared/record/signature';

/**
 * How the keys of this profile lie on the disk: locked by a secret of the system's keychain, or as the browser keeps them, where there is no
 * keychain. `unavailable`: the keychain has the secret and does not give it, so what it locks can not be opened, and nothing new is made that
 * it would not lock.
 */
export type KeyKeeping = KeyLock | 'as-they-are' | 'unavailable';

/** A row as it is stored: a locked key without the half that signs. */
export type StoredNetwork = Omit<HeldNetwork, 'key' | 'next' | 'receiving'> & {
  readonly key: StoredDeviceKey;
  readonly next?: StoredDeviceKey;
  readonly receiving?: StoredReceivingKey;
};
export type StoredJoin = Omit<PendingJoin, 'key'> & { readonly key: StoredDeviceKey };

/** Before there was a lock, or without one, the platform's own key lies there. */
type StoredDeviceKey = DeviceKey | (Pick<DeviceKey, 'device'> & Locked);
type StoredReceivingKey = ReceivingKey | (Pick<ReceivingKey, 'receives'> & Locked);

const isLocked = (key: object): key is Locked => 'locked' in key;
const newest = <T>(keep: KeyKeeping, made: (lock: KeyLock) => Promise<T>, plain: () => Promise<T>): Promise<T> => {
  if (keep === 'unavailable') return Promise.reject(new PeerholdError('key-locked'));
  return keep === 'as-they-are' ? plain() : made(keep);
};

/** Makes and opens keys, and knows what of them goes to the disk. */
export class KeyRows {
  readonly #keep: KeyKeeping;

  constructor(keep: KeyKeeping) {
    this.#keep = keep;
  }

  newKey(): Promise<DeviceKey> {
    return newest<DeviceKey>(this.#keep, (lock) => lock.newDeviceKey(), newDeviceKey);
  }

  keyFromSeed(seed: Uint8Array): Promise<DeviceKey> {
    return newest<DeviceKey>(
      this.#keep,
      (lock) => lock.deviceKeyFromSeed(seed),
      () => deviceKeyFromSeed(seed),
    );
  }

  newReceivingKey(): Promise<ReceivingKey> {
    return newest<ReceivingKey>(this.#keep, (lock) => lock.newReceivingKey(), newReceivingKey);
  }

  /** Rejects with `key-locked` where a key can not be opened. */
  async network({ key, next, receiving, ...row }: StoredNetwork): Promise<HeldNetwork> {
    return {
      ...row,
      key: await this.#openDevice(key),
      ...(next === undefined ? {} : { next: await this.#openDevice(next) }),
      ...(receiving === undefined ? {} : { receiving: await this.#openReceiving(receiving) }),
    };
  }

  /** Rejects as `network`. */
  async join({ key, ...row }: StoredJoin): Promise<PendingJoin> {
    return { ...row, key: await this.#openDevice(key) };
  }

  async #openDevice(key: StoredDeviceKey): Promise<DeviceKey> {
    return isLocked(key) ? this.#lock().openDeviceKey(key.device, key.locked) : key;
  }

  async #openReceiving(key: StoredReceivingKey): Promise<ReceivingKey> {
    return isLocked(key) ? this.#lock().openReceivingKey(key.receives, key.locked) : key;
  }

  #lock(): KeyLock {
    if (typeof this.#keep === 'string') throw new PeerholdError('key-locked');
    return this.#keep;
  }
}

const storedDevice = (key: DeviceKey): StoredDeviceKey =>
  isLocked(key) ? { device: key.device, locked: key.locked } : key;

/** What goes to the disk of a network. */
export function networkRow({ key, next, receiving, ...row }: HeldNetwork): StoredNetwork {
  return {
    ...row,
    key: storedDevice(key),
    ...(next === undefined ? {} : { next: storedDevice(next) }),
    ...(receiving === undefined
      ? {}
      : { receiving: isLocked(receiving) ? { receives: receiving.receives, locked: receiving.locked } : receiving }),
  };
}

export const joinRow = ({ key, ...row }: PendingJoin): StoredJoin => ({ ...row, key: storedDevice(key) });

/** Whether a network's device signs by a key that no keychain locks. That of the sample everybody has. */
export const isUnlocked = ({ key, sample }: StoredNetwork): boolean => !sample && !isLocked(key);
