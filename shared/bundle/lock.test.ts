import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { all, each } from '../../test/kit/streams';
import { errorCode } from '../errors';
import { concat, equalBytes, fromHex, utf8 } from '../record/bytes';
import { Cipher } from '../record/cipher';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import { hashBeside } from '../record/hash';
import { type ReceivingKey, newReceivingKey } from '../record/receiving-key';
import { MAX_FILE } from './limits';
import { type Keys, type Locking, lock, unlock } from './lock';
import { sourceOf } from './source';

const PASSPHRASE = 'correct horse battery';
const CONTENT = utf8('What Ana wrote and Ben lacks.');
const NETWORK = 'ab'.repeat(32);
const [BEN, CLEO, DORA] = ['b', 'c', 'd'].map((digit) => digit.repeat(64)) as [string, string, string];
/** Magic, version, length of the header. */
const START = 13;

let bens: ReceivingKey;
let phone: ReceivingKey;
let cleos: ReceivingKey;
beforeAll(async () => {
  [bens, phone, cleos] = await Promise.all([newReceivingKey(), newReceivingKey(), newReceivingKey()]);
});

const made = async (by: Locking, content = CONTENT): Promise<Uint8Array> =>
  concat(...(await all(lock(each([content]), by))));
const withPassphrase = (passphrase = PASSPHRASE) => made({ passphrase, cost: 10 });
/** For Cleo, and Ben's two devices. */
const forMembers = () =>
  made({
    network: NETWORK,
    members: [
      { member: CLEO, keys: [cleos.receives] },
      { member: BEN, keys: [bens.receives, phone.receives] },
    ],
  });

const typing = (passphrase: string | null): Keys => ({ passphrase, opener: null });
const being = (member: string, key: ReceivingKey | null, network = NETWORK): Keys => ({
  passphrase: null,
  opener: { network, member, key, nameOf: (id) => ({ [BEN]: 'Ben', [CLEO]: 'Cleo' })[id] ?? '?' },
});
const open = async (file: Uint8Array, keys: Keys): Promise<Uint8Array> =>
  concat(...(await all((await unlock(sourceOf(file), keys)).read())));
const codeOf = (file: Uint8Array, keys: Keys): Promise<string> => open(file, keys).then(() => 'opened', errorCode);

const endOf = (file: Uint8Array): number => START + new DataView(file.buffer, file.byteOffset).getUint32(START - 4);
/** The file with another beginning of the same length, and a sum that fits. */
const summed = async (file: Uint8Array, end = endOf(file)): Promise<Uint8Array> =>
  concat(file.subarray(0, end), await hashBeside(file.subarray(0, end)), file.subarray(end + 32));
/** The file with this in the place of its header, and a sum that fits. */
async function withHeader(file: Uint8Array, change: (header: Record<string, unknown>) => unknown): Promise<Uint8Array> {
  const end = endOf(file);
  const written = encodeCanonical(change(decodeCanonical(file.subarray(START, end)) as Record<string, unknown>));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, written.length);
  return summed(concat(file.subarray(0, START - 4), length, written, file.subarray(end)));
}

describe.each([
  ['a passphrase', withPassphrase, () => typing(PASSPHRASE)],
  ['members', forMembers, () => being(BEN, phone)],
])('a file that is locked to %s', (_what, make, keys) => {
  it('opens as it was made, and is never twice the same', async () => {
    const [one, two] = [await make(), await make()];
    expect(await open(one, keys())).toEqual(CONTENT);
    expect(equalBytes(one, two)).toBe(false);
    expect(equalBytes(one.subarray(-40), two.subarray(-40))).toBe(false);
  });

  it('and was cut off at any byte, or has one more, is refused', async () => {
    const file = await make();
    for (let length = 0; length < file.length; length++)
      expect(await codeOf(file.subarray(0, length), keys())).toMatch(/^bundle-(malformed|damaged)$/);
    expect(await codeOf(concat(file, Uint8Array.of(0)), keys())).toBe('bundle-damaged');
  });

  it('and of which any one byte was changed is refused', async () => {
    const file = await make();
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at]! ^= 1 << (at % 8);
      const code = at < 8 ? 'malformed' : at === 8 ? '(version|damaged)' : '(damaged|malformed)';
      expect(await codeOf(changed, keys())).toMatch(new RegExp(`^bundle-${code}$`));
    }
  });

  it('and of which any one byte was changed, with a new sum, is refused as well', async () => {
    const file = await make();
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 33), fc.integer({ min: 1, max: 255 }), async (place, mask) => {
        // The sum itself is made anew.
        const at = place < endOf(file) ? place : place + 32;
        const changed = file.slice();
        changed[at]! ^= mask;
        expect(await codeOf(await summed(changed, endOf(file)), keys())).not.toBe('opened');
      }),
      { numRuns: 60 },
    );
  });

  it('and then is any bytes is refused with a code', async () => {
    const file = await make();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.nat(START), async (bytes, kept) => {
        expect(await codeOf(concat(file.subarray(0, kept), bytes), keys())).toMatch(/^bundle-/);
        const length = Uint8Array.of(0, 0, bytes.length >> 8, bytes.length);
        const fits = concat(
          file.subarray(0, 9),
          length,
          bytes,
          await hashBeside(concat(file.subarray(0, 9), length, bytes)),
        );
        expect(await codeOf(fits, keys())).toMatch(/^(bundle|bytes)-/);
      }),
      { numRuns: 200 },
    );
  });

  it('and is larger than a reader takes is refused', async () => {
    const size = MAX_FILE + 1;
    const file = { size, slice: () => ({ arrayBuffer: async () => new ArrayBuffer(0) }) };
    await expect(unlock(file, keys())).rejects.toThrow('bundle-too-large');
  });

  it('says which version it is of, and none but 2 and 3 is opened, a backup by another door', async () => {
    const file = await make();
    for (const [version, code] of [
      [1, 'bundle-version'],
      [4, 'bundle-is-backup'],
      [5, 'bundle-version'],
      [0, 'bundle-version'],
    ] as const) {
      const other = file.slice();
      other[8] = version;
      expect(await codeOf(await summed(other), keys())).toBe(code);
    }
    expect((await unlock(sourceOf(file), keys())).version).toBe(3);
    const old = file.slice();
    old[8] = 2;
    const opened = await unlock(sourceOf(await summed(old)), keys());
    expect(opened.version).toBe(2);
    // The version is proved with each chunk: what was made as one is not read as another.
    await expect(all(opened.read())).rejects.toThrow('bundle-damaged');
  });
});

describe('a passphrase', () => {
  it('opens what it locked, however the system writes its letters, and nothing else', async () => {
    const file = await withPassphrase('Käse und Brötchen');
    expect(await open(file, typing('Käse und Brötchen'.normalize('NFD')))).toEqual(CONTENT);
    expect(await codeOf(file, typing('Kase und Brotchen'))).toBe('bundle-passphrase-wrong');
    expect(await codeOf(file, typing(''))).toBe('bundle-passphrase-wrong');
    expect(await codeOf(file, typing(null))).toBe('bundle-passphrase-missing');
    expect(await codeOf(file, being(BEN, phone))).toBe('bundle-passphrase-missing');
  });

  it('has ten characters at least', async () => {
    await expect(withPassphrase('123456789')).rejects.toThrow('bundle-passphrase-short');
  });

  it.each([
    ['more memory than a reader gives', (header: object) => ({ ...header, cost: 19 })],
    ['no memory', (header: object) => ({ ...header, cost: 0 })],
    ['a salt of another length', (header: object) => ({ ...header, salt: new Uint8Array(1_000) })],
    ['a field that nobody knows', (header: object) => ({ ...header, also: 1 })],
    ['a header that is too long', (header: object) => ({ ...header, salt: new Uint8Array(200_000) })],
    ['no header', () => null],
  ])('for which a file asks for %s is not looked at', async (_what, change) => {
    expect(await codeOf(await withHeader(await withPassphrase(), change), typing(PASSPHRASE))).toBe('bundle-malformed');
  });

  it('for which the check was made anew over what another key had encrypted does not open it', async () => {
    const [file, other] = [await withPassphrase(), await withPassphrase()];
    let header = {};
    await withHeader(other, (found) => (header = found));
    expect(await codeOf(await withHeader(file, () => header), typing(PASSPHRASE))).toBe('bundle-damaged');
  });
});

describe('the keys of members', () => {
  it('open what is for any of their devices, and for no other', async () => {
    const file = await forMembers();
    for (const keys of [being(BEN, bens), being(BEN, phone), being(CLEO, cleos)])
      expect(await open(file, keys)).toEqual(CONTENT);
    expect(await codeOf(file, being(BEN, await newReceivingKey()))).toBe('bundle-not-for-device');
    expect(await codeOf(file, being(BEN, null))).toBe('bundle-not-for-device');
    // Somebody else's key is of no use under one's own name, nor is one's own under another's.
    expect(await codeOf(file, being(CLEO, phone))).toBe('bundle-not-for-device');
    expect(await codeOf(file, being(DORA, phone))).toBe('bundle-not-for-you');
    expect(await codeOf(file, typing(PASSPHRASE))).toBe('not-a-member-here');
  });

  it('tell members for whom a file is, and nobody else', async () => {
    const file = await forMembers();
    await expect(open(file, being(DORA, phone))).rejects.toMatchObject({ params: { names: 'Ben, Cleo' } });
    expect(await codeOf(file, being(BEN, phone, 'cd'.repeat(32)))).toBe('wrong-network');
    for (const word of [NETWORK, BEN, CLEO, bens.receives, phone.receives, cleos.receives])
      expect(Buffer.from(file).toString('hex')).not.toContain(word);
  });

  it('are at most ten of each of 150, and one at least', async () => {
    const member = (index: number, count: number) => ({
      member: index.toString(16).padStart(64, '0'),
      keys: Array.from({ length: count }, () => bens.receives),
    });
    for (const members of [
      [],
      [member(1, 0)],
      [member(1, 11)],
      Array.from({ length: 151 }, (_none, index) => member(index, 1)),
    ])
      await expect(made({ network: NETWORK, members })).rejects.toThrow('bundle-too-many');
    const most = await made({
      network: NETWORK,
      members: Array.from({ length: 150 }, (_none, index) => member(index, 10)),
    });
    expect(await open(most, being('7'.padStart(64, '0'), bens))).toEqual(CONTENT);
  });

  it.each([
    ['fewer keys than the note says', (header: Header) => ({ ...header, keys: header.keys.subarray(80) }), 'malformed'],
    ['more keys', (header: Header) => ({ ...header, keys: concat(header.keys, header.keys) }), 'malformed'],
    ['half a key', (header: Header) => ({ ...header, keys: header.keys.subarray(40) }), 'malformed'],
    ['no keys', (header: Header) => ({ ...header, keys: new Uint8Array() }), 'malformed'],
    ['keys of no point', (header: Header) => ({ ...header, keys: new Uint8Array(240) }), 'not-for-device'],
    ['another field', (header: Header) => ({ ...header, also: 1 }), 'malformed'],
  ])('are refused where there are %s', async (_what, change, code) => {
    const file = await withHeader(await forMembers(), (header) => change(header as unknown as Header));
    expect(await codeOf(file, being(BEN, phone))).toBe(`bundle-${code}`);
  });

  it.each([
    ['no member', []],
    [
      'a member twice',
      [
        [BEN, 1],
        [BEN, 2],
      ],
    ],
    [
      'members in another order',
      [
        [CLEO, 1],
        [BEN, 2],
      ],
    ],
    [
      'a member without devices',
      [
        [BEN, 3],
        [CLEO, 0],
      ],
    ],
    ['more than a list', { [BEN]: 3 }],
  ])('are refused where the note speaks of %s', async (_what, about) => {
    const key = hkdf(sha256, fromHex(NETWORK), undefined, utf8('peerhold/bundle-note/1'), 32);
    const nonce = new Uint8Array(12);
    const sealed = await (await Cipher.of(key)).encrypt(nonce, new Uint8Array(), encodeCanonical(about));
    const file = await withHeader(await forMembers(), (header) => ({ ...header, note: concat(nonce, sealed) }));
    expect(await codeOf(file, being(BEN, phone))).toBe('bundle-malformed');
  });

  it('of one bundle do not open another', async () => {
    const [file, other] = [await forMembers(), await forMembers()];
    let header = {};
    await withHeader(other, (found) => (header = found));
    expect(await codeOf(await withHeader(file, () => header), being(BEN, phone))).toBe('bundle-damaged');
  });
});

interface Header {
  readonly keys: Uint8Array;
  readonly note: Uint8Array;
}
