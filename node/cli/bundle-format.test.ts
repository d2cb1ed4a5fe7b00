import {
  type KeyObject,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  scryptSync,
  verify,
} from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'cborg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run';

const PASSPHRASE = 'a stick in the post';
const RAW_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_X25519 = Buffer.from('302a300506032b656e032100', 'hex');

let home = '';
const before = process.env['PEERHOLD_HOME'];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-bundle-'));
  process.env['PEERHOLD_HOME'] = home;
  process.env['PEERHOLD_PASSPHRASE'] = PASSPHRASE;
});
afterAll(async () => {
  if (before === undefined) delete process.env['PEERHOLD_HOME'];
  else process.env['PEERHOLD_HOME'] = before;
  delete process.env['PEERHOLD_PASSPHRASE'];
  await rm(home, { recursive: true });
});

async function peerhold(...argv: string[]): Promise<Record<string, unknown>> {
  const out: string[] = [];
  await run([...argv, '--json'], { out: (line) => void out.push(line), err: () => undefined });
  return JSON.parse(out[0]!) as Record<string, unknown>;
}

const CHUNK = 256 * 1024;

/** The beginning of a bundle, and its sum. */
function opening(file: Buffer, version = '03') {
  expect(file.subarray(0, 9).toString('hex')).toBe(`895048420d0a1a0a${version}`);
  const end = 13 + file.readUInt32BE(9);
  const sum = createHash('sha256').update(file.subarray(0, end)).digest();
  expect(file.subarray(end, end + 32)).toEqual(sum);
  return { header: decode(file.subarray(13, end)) as Record<string, Uint8Array>, sum, sealed: file.subarray(end + 32) };
}

function keyByPassphrase({ cost, salt, check }: Record<string, Uint8Array | number>): Buffer {
  const key = scryptSync(PASSPHRASE, salt as Uint8Array, 48, { N: 2 ** (cost as number), r: 8, p: 1, maxmem: 2 ** 30 });
  expect(key.subarray(32)).toEqual(Buffer.from(check as Uint8Array));
  return key.subarray(0, 32);
}

const gcm = (key: Buffer, nonce: Buffer, beside: Buffer, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(beside).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
};

/** RFC 9180, base mode, from its text: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
function hpkeOpen(secret: KeyObject, info: Buffer, enc: Buffer, sealed: Buffer): Buffer {
  const extract = (suite: Buffer, salt: Buffer, label: string, ikm: Buffer): Buffer =>
    createHmac('sha256', salt.length === 0 ? Buffer.alloc(32) : salt)
      .update(Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), ikm]))
      .digest();
  // One block is all that is asked for here.
  const expand = (suite: Buffer, prk: Buffer, label: string, about: Buffer, size: number): Buffer =>
    createHmac('sha256', prk)
      .update(
        Buffer.concat([Buffer.of(0, size), Buffer.from('HPKE-v1'), suite, Buffer.from(label), about, Buffer.of(1)]),
      )
      .digest()
      .subarray(0, size);
  const none = Buffer.alloc(0);
  const kem = Buffer.concat([Buffer.from('KEM'), Buffer.of(0, 0x20)]);
  const hpke = Buffer.concat([Buffer.from('HPKE'), Buffer.of(0, 0x20, 0, 1, 0, 2)]);
  const own = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  const ephemeral = createPublicKey({ key: Buffer.concat([RAW_X25519, enc]), format: 'der', type: 'spki' });
  const dh = diffieHellman({ privateKey: secret, publicKey: ephemeral });
  const shared = expand(kem, extract(kem, none, 'eae_prk', dh), 'shared_secret', Buffer.concat([enc, own]), 32);
  const context = Buffer.concat([
    Buffer.of(0),
    extract(hpke, none, 'psk_id_hash', none),
    extract(hpke, none, 'info_hash', info),
  ]);
  const prk = extract(hpke, shared, 'secret', none);
  return gcm(expand(hpke, prk, 'key', context, 32), expand(hpke, prk, 'base_nonce', context, 12), none, sealed);
}

/** For a device that is the second of a bundle's only member. */
function keyOfMember({ keys, note }: Record<string, Uint8Array>, network: string, member: string, secret: KeyObject) {
  const noteKey = Buffer.from(hkdfSync('sha256', Buffer.from(network, 'hex'), '', 'peerhold/bundle-note/1', 32));
  const about = decode(
    gcm(noteKey, Buffer.from(note!.subarray(0, 12)), Buffer.alloc(0), Buffer.from(note!.subarray(12))),
  );
  expect(about).toEqual([[new Uint8Array(Buffer.from(member, 'hex')), 1]]);
  const info = Buffer.concat([Buffer.from('peerhold/bundle-key/1\0'), Buffer.from(network, 'hex')]);
  return hpkeOpen(secret, info, Buffer.from(keys!.subarray(0, 32)), Buffer.from(keys!.subarray(32)));
}

/** Reads what a bundle holds by what docs/protocol.md says of it, with none of the app's code. */
const readByTheBook = (sealed: Buffer, sum: Buffer, key: Buffer) => partsOf(plainOf(sealed, sum, key));

function plainOf(sealed: Buffer, sum: Buffer, key: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < sealed.length; at += CHUNK + 16) {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(chunks.length, 7);
    nonce[11] = at + CHUNK + 16 >= sealed.length ? 1 : 0;
    chunks.push(gcm(key, nonce, sum, sealed.subarray(at, at + CHUNK + 16)));
  }
  return Buffer.concat(chunks);
}

function partsOf(plain: Buffer) {
  const parts: { readonly kind: number; readonly message: Buffer }[] = [];
  const id = createHash('sha256').update('peerhold/bundle/3\0');
  let signature: Buffer = Buffer.alloc(0);
  for (let at = 0; signature.length === 0;) {
    const end = at + 5 + plain.readUInt32BE(at + 1);
    const [kind, message] = [plain[at]!, plain.subarray(at + 5, end)];
    if (kind === 255) signature = message;
    else {
      parts.push({ kind, message });
      id.update(createHash('sha256').update(plain.subarray(at, end)).digest());
    }
    at = end;
  }
  const head = decode(parts[0]!.message) as Record<string, Uint8Array | number | null>;
  const spki = Buffer.concat([RAW_ED25519, Buffer.from(head['device'] as Uint8Array)]);
  const signer = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  expect(verify(null, id.digest(), signer, signature)).toBe(true);
  return { head, parts };
}

describe('the file of a bundle', () => {
  it('is what the protocol says, and readable without the app', async () => {
    const draft = ['--name', 'Mill', '--purpose', 'To mill.', '--you', 'Ann', '--preset', 'circle'];
    const { network } = await peerhold('found', ...draft);
    await peerhold('propose', '--title', 'Grind', '--text', 'Finely.');
    const path = join(home, 'mill.peerhold');
    expect(await peerhold('export', path)).toMatchObject({ events: 2, documents: 0 });
    const { header, sum, sealed } = opening(await readFile(path));
    const { head, parts } = readByTheBook(sealed, sum, keyByPassphrase(header));
    expect(Buffer.from(head['network'] as Uint8Array).toString('hex')).toBe(network);
    expect(head['recipient']).toBeNull();
    expect(parts.map(({ kind }) => kind)).toEqual([0, 1]);
    const { kind, events, texts } = decode(parts[1]!.message) as {
      readonly kind: string;
      readonly events: readonly Uint8Array[];
      readonly texts: readonly (readonly unknown[])[];
    };
    expect(kind).toBe('events');
    expect(events.map((event) => (decode(event.subarray(64)) as unknown[])[8])).toEqual([
      'network.found',
      'proposal.open',
    ]);
    expect(texts.map(([, , words]) => words)).toContain('Finely.');
    expect(await peerhold('import', path)).toMatchObject({ ok: true, events: 2, fresh: 0, waiting: 0 });
  });

  it('that is a backup has the seed of a device that its record certifies before the rest', async () => {
    const path = join(home, 'mill.backup');
    const { device, network } = await peerhold('backup', path);
    const { header, sum, sealed } = opening(await readFile(path), '04');
    const plain = plainOf(sealed, sum, keyByPassphrase(header));
    const end = 36 + plain.readUInt32BE(32);
    const about = decode(plain.subarray(36, end)) as { readonly network: Uint8Array; readonly places: unknown };
    expect(Buffer.from(about.network).toString('hex')).toBe(network);
    expect(about.places).toEqual([]);
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), plain.subarray(0, 32)]);
    const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
    expect(key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')).toBe(device);
    const { parts } = partsOf(plain.subarray(end));
    expect(parts.map(({ kind }) => kind)).toEqual([0, 1]);
    expect(parts[1]!.message.includes(Buffer.from(String(device), 'hex'))).toBe(true);
  });

  it('that is locked to a member is so, too', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    // A key that some other program holds.
    await peerhold('act', 'device.receives', JSON.stringify({ key }));
    const path = join(home, 'for-ann.peerhold');
    expect(await peerhold('export', path, '--to', 'Ann')).toMatchObject({ ok: true });
    const { members } = await peerhold('members');
    const { network } = await peerhold('status');
    const { header, sum, sealed } = opening(await readFile(path));
    const content = keyOfMember(header, String(network), (members as { readonly id: string }[])[0]!.id, privateKey);
    expect(readByTheBook(sealed, sum, content).parts.map(({ kind }) => kind)).toEqual([0, 1]);
    // The app holds no such key.
    expect(await peerhold('import', path)).toMatchObject({ ok: false, code: 'bundle-not-for-device' });
  });
});
