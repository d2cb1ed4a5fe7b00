import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseStartArguments } from './arguments';
import { findProfile } from './profile';
import { SettingsFile } from './settings';

describe('the place of a profile', () => {
  const home = '/home/ada';
  test.each([
    ['linux', {}, '/home/ada/.local/share/peerhold/anna'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/peerhold/anna'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/peerhold/anna'],
    ['darwin', {}, '/home/ada/Library/Application Support/peerhold/anna'],
    ['linux', { PEERHOLD_HOME: '/tmp/x' }, '/tmp/x/anna'],
  ] as const)('%s %j', (platform, env, directory) => {
    expect(findProfile('anna', { platform, env, home }).directory).toBe(directory);
  });

  test.each(['', '..', '../x', 'a/b', 'a\\b', 'A', '-a', 'a b', 'a'.repeat(33), 'con.'])('refuses %j', (name) => {
    expect(() => findProfile(name)).toThrow('node.profile-name');
  });
});

describe('the command line', () => {
  test('gives defaults', () => {
    expect(parseStartArguments([])).toEqual({
      profile: 'default',
      port: undefined,
      open: true,
      background: false,
      deepLink: undefined,
    });
  });

  test('is read in full, with foreign switches left alone', () => {
    const argv = [
      '--profile',
      'ben',
      '--port=20001',
      '--no-open',
      '--background',
      '--no-sandbox',
      'x',
      'peerhold://join/abc',
    ];
    expect(parseStartArguments(argv)).toEqual({
      profile: 'ben',
      port: 20_001,
      open: false,
      background: true,
      deepLink: 'peerhold://join/abc',
    });
  });

  test.each(['0', '80', '65536', '1e4', 'x', '-1'])('refuses port %s', (port) => {
    expect(() => parseStartArguments([`--port=${port}`])).toThrow('node.port');
  });
});

describe('the settings file', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'peerhold-settings-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const reopen = () => new SettingsFile({ name: 'x', directory: join(directory, 'profile') });

  test('keeps what was set, however many changes come at once', async () => {
    const file = reopen();
    expect(await file.load()).toEqual({ lanOpen: false, background: false });
    await Promise.all([
      file.update({ port: 20_000 }),
      file.update({ lanPort: 20_001 }),
      file.update({ lanOpen: true }),
    ]);
    expect(await reopen().load()).toEqual({ port: 20_000, lanPort: 20_001, lanOpen: true, background: false });
  });

  test.each(['', '{', '[]', '{"lanOpen":1}', '{"lanOpen":true,"port":99999}', '{"lanOpen":true,"x":1}'])(
    'that holds %j counts as none',
    async (content) => {
      const file = reopen();
      await file.update({ port: 20_000 });
      const path = join(directory, 'profile', 'shell.json');
      expect(await readFile(path, 'utf8')).toContain('20000');
      await writeFile(path, content);
      expect(await reopen().load()).toEqual({ lanOpen: false, background: false });
    },
  );
});
