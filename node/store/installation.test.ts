import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INSTALLATION_CHECKS } from '../../shared/engine/installation.conformance';
import type { HeldNetwork } from '../../shared/engine/ports';
import { newDeviceKey } from '../../shared/record/signature';
import { LevelInstallation } from './installation';

const NETWORK = 'ab'.repeat(32);
let folder = '';
let installation: LevelInstallation;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peerhold-installation-'));
  installation = await LevelInstallation.open(folder);
});
afterEach(async () => {
  await installation.close();
  await rm(folder, { recursive: true });
});

async function reopen(): Promise<void> {
  await installation.close();
  installation = await LevelInstallation.open(folder);
}
async function held(): Promise<HeldNetwork> {
  const key = await installation.newKey();
  return { id: NETWORK, key, name: 'Mill', sample: false, members: 1, changed: 5, meetingPlaces: ['ws://a'] };
}

describe('an installation', () => {
  it.each(INSTALLATION_CHECKS)('$name', ({ run }) =>
    run(async () => {
      await reopen();
      return installation;
    }),
  );

  it('keeps no key that it could not read again, and no network that is no id', async () => {
    const network = await held();
    await expect(installation.keep({ ...network, key: await newDeviceKey() })).rejects.toMatchObject({
      code: 'key-not-readable',
    });
    expect(await installation.networks()).toEqual([]);
    expect(() => installation.openStore('../../etc')).toThrow('network-unknown');
  });

  it('is open in one process at a time', async () => {
    await expect(LevelInstallation.open(folder)).rejects.toMatchObject({ code: 'profile-in-use' });
  });
});
