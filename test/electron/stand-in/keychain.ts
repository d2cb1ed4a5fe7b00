import { randomBytes } from 'node:crypto';

/** A keychain of the system: what it encrypts only it opens. */
export interface Keychain {
  readonly key: Buffer;
  /** Where there is no keychain on Linux, Chromium encrypts all the same, by a word that everybody knows, and marks it so. */
  readonly isScrambling: boolean;
  /** What was encrypted is to be encrypted anew, since the keychain has a newer key. */
  readonly isRotated: boolean;
}

export const newKeychain = (): Keychain => ({ key: randomBytes(32), isScrambling: false, isRotated: false });
