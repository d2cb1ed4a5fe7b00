import { createDecipheriv, createHash, createPublicKey, scryptSync, verify } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'cborg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run';

const PASSPHRASE = 'a stick in the post';
const RAW_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');

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

/** Reads a bundle by what docs/protocol.md says of it, with none of the app's code. */
function readByTheBook(file: Buffer) {
  expect(file.subarray(0, 9).toString('hex')).toBe('895048420d0a1a0a01');
  const end = 11 + file.readUInt16BE(9);
  expect(createHash('sha256').update(file.subarray(0, -32)).digest()).toEqual(file.subarray(-32));
  const { cost, salt, check, nonce } = decode(file.subarray(11, end)) as {
    readonly cost: number;
    readonly salt: Uint8Array;
    readonly check: Uint8Array;
    readonly nonce: Uint8Array;
  };
  const key = scryptSync(PASSPHRASE, salt, 48, { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** 30 });
  expect(key.subarray(32)).toEqual(Buffer.from(check));
  const decipher = createDecipheriv('aes-256-gcm', key.subarray(0, 32), nonce)
    .setAAD(file.subarray(0, end))
    .setAuthTag(file.subarray(-48, -32));
  const content = Buffer.concat([decipher.update(file.subarray(end, -48)), decipher.final()]);
  const body = content.subarray(64);
  const parts: { readonly kind: number; readonly message: Buffer }[] = [];
  for (let at = 0; at < body.length;) {
    const start = at + 5;
    at = start + body.readUInt32BE(at + 1);
    parts.push({ kind: body[start - 5]!, message: body.subarray(start, at) });
  }
  const head = decode(parts[0]!.message) as Record<string, Uint8Array | number | null>;
  const id = createHash('sha256').update('peerhold/bundle/1\0').update(body).digest();
  const spki = Buffer.concat([RAW_ED25519, Buffer.from(head['device'] as Uint8Array)]);
  const signer = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  expect(verify(null, id, signer, content.subarray(0, 64))).toBe(true);
  return { head, parts };
}

describe('the file of a bundle', () => {
  it('is what the protocol says, and readable without the app', async () => {
    const draft = ['--name', 'Mill', '--purpose', 'To mill.', '--you', 'Ann', '--preset', 'circle'];
    const { network } = await peerhold('found', ...draft);
    await peerhold('propose', '--title', 'Grind', '--text', 'Finely.');
    const path = join(home, 'mill.peerhold');
    expect(await peerhold('export', path)).toMatchObject({ events: 2, documents: 0 });
    const { head, parts } = readByTheBook(await readFile(path));
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
});
