import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { licencesOf } from '../../build/package/licences.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'peerhold-licences-'));
});

afterEach(() => rm(root, { recursive: true }));

/** A tree with one dependency of a licence. */
async function depend(license: unknown, lock: object = {}): Promise<void> {
  const folder = join(root, 'node_modules', 'thing');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'thing', version: '1.2.3', license }));
  await writeFile(join(folder, 'LICENSE.md'), 'Do as you like.');
  await writeFile(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/thing': lock } }),
  );
}

test.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC'])('%s may be passed on, with its text', async (license) => {
  await depend(license);
  expect(licencesOf(root)).toEqual([{ name: 'thing', version: '1.2.3', licence: license, text: 'Do as you like.' }]);
});

test.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', undefined, { type: 'MIT' }])(
  '%j stops the release',
  async (license) => {
    await depend(license);
    expect(() => licencesOf(root)).toThrow('thing 1.2.3');
  },
);

test('what is for development alone is not passed on', async () => {
  await depend('GPL-3.0-only', { dev: true });
  expect(licencesOf(root)).toEqual([]);
});
