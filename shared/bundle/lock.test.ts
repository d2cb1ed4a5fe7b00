import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../errors';
import { concat, equalBytes, utf8 } from '../record/bytes';
import { decodeCanonical, encodeCanonical } from '../record/codec';
import { hashBeside } from '../record/hash';
import { MAX_CONTENT, MAX_FILE, lock, unlock } from './lock';

const PASSPHRASE = 'correct horse battery';
const CHEAP = 10;
const CONTENT = utf8('What Ana wrote and Ben lacks.');
/** Magic, version, length of the header. */
const START = 11;

const codeOf = (file: Uint8Array, passphrase = PASSPHRASE): Promise<string> =>
  unlock(file, passphrase).then(() => 'opened', errorCode);

/** The file with this in the place of its header, and a sum that fits. */
async function withHeader(file: Uint8Array, change: (header: Record<string, unknown>) => unknown): Promise<Uint8Array> {
  const end = START + file[START - 2]! * 256 + file[START - 1]!;
  const header = decodeCanonical(file.subarray(START, end)) as Record<string, unknown>;
  const written = encodeCanonical(change(header));
  const length = Uint8Array.of(written.length >> 8, written.length & 255);
  return summed(concat(file.subarray(0, START - 2), length, written, file.subarray(end, -32)));
}

const summed = async (file: Uint8Array): Promise<Uint8Array> => concat(file, await hashBeside(file));

describe('a locked file', () => {
  it('opens with its passphrase, however the system writes its letters, and with no other', async () => {
    const file = await lock(CONTENT, 'Käse und Brötchen', CHEAP);
    expect(await unlock(file, 'Käse und Brötchen'.normalize('NFD'))).toEqual(CONTENT);
    expect(await codeOf(file, 'Kase und Brotchen')).toBe('bundle-passphrase-wrong');
    expect(await codeOf(file, '')).toBe('bundle-passphrase-wrong');
  });

  it('takes a passphrase of ten characters at least, and is never twice the same', async () => {
    await expect(lock(CONTENT, '123456789', CHEAP)).rejects.toThrow('bundle-passphrase-short');
    const [one, two] = [await lock(CONTENT, PASSPHRASE, CHEAP), await lock(CONTENT, PASSPHRASE, CHEAP)];
    expect(equalBytes(one, two)).toBe(false);
    expect(equalBytes(one.subarray(-80), two.subarray(-80))).toBe(false);
  });

  it('that was cut off at any byte is refused', async () => {
    const file = await lock(CONTENT, PASSPHRASE, CHEAP);
    for (let length = 0; length < file.length; length++)
      expect(await codeOf(file.subarray(0, length))).toMatch(/^bundle-(malformed|damaged)$/);
    expect(await codeOf(concat(file, Uint8Array.of(0)))).toBe('bundle-damaged');
  });

  it('of which any one byte was changed is refused', async () => {
    const file = await lock(CONTENT, PASSPHRASE, CHEAP);
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at]! ^= 1 << (at % 8);
      const code = at < 8 ? 'bundle-malformed' : at === 8 ? 'bundle-version' : 'bundle-damaged';
      expect(await codeOf(changed)).toBe(code);
    }
  });

  it('of which any one byte was changed, with a new sum, is refused as well', async () => {
    const file = (await lock(CONTENT, PASSPHRASE, CHEAP)).subarray(0, -32);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = file.slice();
        changed[at]! ^= mask;
        expect(await codeOf(await summed(changed))).not.toBe('opened');
      }),
      { numRuns: 60 },
    );
  });

  it('of any bytes is refused with a code', async () => {
    const file = await lock(CONTENT, PASSPHRASE, CHEAP);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.nat(START), async (bytes, kept) => {
        expect(await codeOf(await summed(concat(file.subarray(0, kept), bytes)))).toMatch(/^(bundle|bytes)-/);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['more memory than a reader gives', (header: object) => ({ ...header, cost: 19 })],
    ['no memory', (header: object) => ({ ...header, cost: 0 })],
    ['a salt of another length', (header: object) => ({ ...header, salt: new Uint8Array(1_000) })],
    ['a field that nobody knows', (header: object) => ({ ...header, also: 1 })],
    ['a header that is too long', (header: object) => ({ ...header, salt: new Uint8Array(2_000) })],
    ['no header', () => null],
  ])('that asks for %s is refused before anything is spent on it', async (_what, change) => {
    const file = await withHeader(await lock(CONTENT, PASSPHRASE, CHEAP), change);
    expect(await codeOf(file)).toBe('bundle-malformed');
  });

  it('whose check was made anew for another passphrase does not open', async () => {
    const [file, other] = [await lock(CONTENT, PASSPHRASE, CHEAP), await lock(CONTENT, PASSPHRASE, CHEAP)];
    let header = {};
    await withHeader(other, (found) => (header = found));
    // A right check over what another key had encrypted.
    expect(await codeOf(await withHeader(file, () => header))).toBe('bundle-damaged');
  });

  it('larger than a reader holds is refused on both sides', async () => {
    await expect(lock(new Uint8Array(MAX_CONTENT + 1), PASSPHRASE, CHEAP)).rejects.toThrow('bundle-too-large');
    expect(await codeOf(new Uint8Array(MAX_FILE + 1))).toBe('bundle-too-large');
  });
});
