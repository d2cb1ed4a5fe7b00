import { app, safeStorage, type WebContents } from 'electron';
import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '../../node/profile/profile';
import { PeerholdError } from '../../shared/errors';
import { BRIDGE_CALLS } from '../../shared/ipc/channels';
import type { KeyGuard } from '../../shared/ipc/contract';
import { KEY_SECRET_BYTES } from '../../shared/record/key-lock';
import * as shape from '../../shared/record/shape';
import { handleCall } from './ipc';

/** What Chromium writes in front of what it only scrambles by a word that everybody knows, where Linux has no keychain. */
const SCRAMBLED = Buffer.from('v10');

/** Whether something that was encrypted is protected by more than that word. */
const isProtected = (encrypted: Buffer): boolean =>
  process.platform !== 'linux' || !encrypted.subarray(0, SCRAMBLED.length).equals(SCRAMBLED);

/** The secret by which a profile's keys are locked, in a file that only the system's keychain opens. */
class KeySecret {
  readonly #path: string;

  constructor(profile: Profile) {
    this.#path = join(profile.directory, 'key-secret');
  }

  /** The secret, made at the first time. One that is there is never written over: without it, every key that it locks is lost. */
  async guard(): Promise<KeyGuard> {
    const encrypted = await readFile(this.#path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    const isThere = await safeStorage.isAsyncEncryptionAvailable().catch(() => false);
    if (encrypted === undefined) return isThere ? this.#make() : { kind: 'none' };
    return isThere ? this.#open(encrypted) : { kind: 'locked' };
  }

  async #make(): Promise<KeyGuard> {
    const secret = randomBytes(KEY_SECRET_BYTES);
    const encrypted = await safeStorage.encryptStringAsync(secret.toString('base64')).catch(() => undefined);
    if (encrypted === undefined || !isProtected(encrypted)) return { kind: 'none' };
    await this.#write(encrypted);
    // What will be read at the next start: better no lock than one that does not open.
    return this.#open(encrypted);
  }

  async #open(encrypted: Buffer): Promise<KeyGuard> {
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(encrypted);
      const secret = Buffer.from(result, 'base64');
      if (secret.length !== KEY_SECRET_BYTES) return { kind: 'locked' };
      if (shouldReEncrypt) await this.#renew(result);
      return { kind: 'keychain', secret: new Uint8Array(secret) };
    } catch {
      return { kind: 'locked' };
    }
  }

  /** The keychain has a newer key of its own. The old one is good as long as this did not succeed. */
  async #renew(text: string): Promise<void> {
    const encrypted = await safeStorage.encryptStringAsync(text).catch(() => undefined);
    if (encrypted !== undefined && isProtected(encrypted)) await this.#write(encrypted).catch(() => undefined);
  }

  async #write(encrypted: Buffer): Promise<void> {
    const temporary = `${this.#path}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(encrypted);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
  }
}

/** Which documents have not asked yet. One document's navigation may have begun and not be there: until then the one before still runs. */
class FirstAsk {
  #isFree = false;
  #waiting: ((isFree: boolean) => void)[] | undefined;

  constructor(contents: WebContents) {
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#waiting ??= [];
    });
    contents.on('did-navigate', () => {
      const waiting = this.#waiting ?? [];
      this.#waiting = undefined;
      this.#isFree = true;
      for (const answer of waiting) answer(this.#take());
    });
  }

  async take(): Promise<boolean> {
    const waiting = this.#waiting;
    return waiting === undefined ? this.#take() : new Promise((resolve) => waiting.push(resolve));
  }

  #take(): boolean {
    const isFree = this.#isFree;
    this.#isFree = false;
    return isFree;
  }
}

/** Gives the page what locks its keys: once for each time it is loaded, so that what gets into it later can not ask for it. */
export function setupKeys(profile: Profile): void {
  const secret = new KeySecret(profile);
  const asks = new WeakMap<WebContents, FirstAsk>();
  app.on('web-contents-created', (_created, contents) => asks.set(contents, new FirstAsk(contents)));
  let turn: Promise<unknown> = Promise.resolve();
  handleCall(BRIDGE_CALLS.keyGuard, shape.tuple(), async (_none, { sender }) => {
    if (!(await asks.get(sender)?.take())) throw new PeerholdError('electron.key-guard-given');
    const guard = turn.then(() => secret.guard());
    turn = guard.catch(() => undefined);
    return guard;
  });
}
