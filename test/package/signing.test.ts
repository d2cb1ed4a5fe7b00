import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromBase64Url } from '../../shared/record/bytes';
import { readRelease } from '../../shared/updates/release';

const SCRIPT = resolve('build/package/sign-release.mjs');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peerhold-signing-'));
});

afterEach(() => rm(folder, { recursive: true }));

function run(args: readonly string[], secret = ''): { readonly status: number | null; readonly output: string } {
  const env = { ...process.env, PEERHOLD_RELEASE_KEY: secret };
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, ...args], {
    env,
    input: 'A thing.\n',
    encoding: 'utf8',
  });
  return { status, output: stdout };
}

/** A new pair of keys, as the script prints it. */
function newKey(): { readonly secret: string; readonly open: string } {
  const [secret = '', open = ''] = run(['--new-key']).output.match(/[0-9a-f]{64}/g) ?? [];
  return { secret, open };
}

const signed = async (key: string) =>
  readRelease(
    await readFile(join(folder, 'release.json')),
    fromBase64Url((await readFile(join(folder, 'release.json.sig'), 'latin1')).trim()) ?? new Uint8Array(),
    key,
  );

test('the app reads what the script signed, by the key that the script printed', async () => {
  const { secret, open } = newKey();
  const names = [
    ['Peerhold-1.2.3-linux-amd64.deb', 'linux', 'x64', 'deb'],
    ['Peerhold-1.2.3-linux-arm64.AppImage', 'linux', 'arm64', 'AppImage'],
    ['Peerhold-1.2.3-mac-arm64.dmg', 'darwin', 'arm64', 'dmg'],
    ['Peerhold-1.2.3-win-x64.exe', 'win32', 'x64', 'exe'],
  ] as const;
  for (const [name] of names) await writeFile(join(folder, name), name);
  await writeFile(join(folder, 'SHA256SUMS'), '');
  expect(run([folder, '1.2.3'], secret).status).toBe(0);
  expect(await signed(open)).toEqual({
    version: '1.2.3',
    notes: 'A thing.',
    packages: names.map(([name, system, processor, form]) => ({
      ...{ name, system, processor, form, bytes: name.length },
      hash: createHash('sha256').update(name).digest('hex'),
    })),
  });
  await expect(signed(newKey().open)).rejects.toMatchObject({ code: 'update-unsigned' });
});

test('nothing is signed without a key, without a package, or with one of another version', async () => {
  const { secret } = newKey();
  expect(run([folder, '1.2.3'], secret).status).not.toBe(0);
  await writeFile(join(folder, 'Peerhold-1.2.2-mac-x64.dmg'), 'x');
  expect(run([folder, '1.2.3'], secret).status).not.toBe(0);
  expect(run([folder, '1.2.2']).status).not.toBe(0);
  expect(run([folder, '1.2.2'], secret).status).toBe(0);
});
