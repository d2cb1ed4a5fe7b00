import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeldNetwork } from '../../shared/engine/ports';
import { newDeviceKey, signerOf, verify } from '../../shared/record/signature';
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
  it('has after a restart the keys that it made, which sign as before', async () => {
    const network = await held();
    const next = await installation.newKey();
    const receiving = await installation.newReceivingKey();
    await installation.keep({ ...network, next, receiving });
    await installation.keepJoin({ invite: 'i', key: next, asked: ['d'] });
    await reopen();
    const again = (await installation.network(NETWORK))!;
    expect(again).toEqual({
      ...network,
      next: expect.anything(),
      key: expect.anything(),
      receiving: { ...receiving, secret: expect.anything() },
    });
    const message = Uint8Array.of(1, 2, 3);
    for (const [key, device] of [
      [again.key, network.key.device],
      [again.next!, next.device],
      [(await installation.pendingJoin('i'))!.key, next.device],
    ] as const) {
      expect(key.device).toBe(device);
      expect(await verify(device, message, await signerOf(key).sign(message))).toBe(true);
    }
    await installation.endJoin('i');
    expect(await installation.pendingJoin('i')).toBeUndefined();
  });

  it('changes a row by several at once, each on what the one before left', async () => {
    await installation.keep(await held());
    await Promise.all(
      Array.from({ length: 20 }, () => installation.change(NETWORK, (one) => ({ ...one, members: one.members + 1 }))),
    );
    expect((await installation.network(NETWORK))!.members).toBe(21);
    await installation.change('cd'.repeat(32), () => expect.unreachable('it is not held'));
  });

  it('keeps no key that it could not read again, and no network that is no id', async () => {
    const network = await held();
    await expect(installation.keep({ ...network, key: await newDeviceKey() })).rejects.toMatchObject({
      code: 'key-not-readable',
    });
    expect(await installation.networks()).toEqual([]);
    expect(() => installation.openStore('../../etc')).toThrow('network-unknown');
  });

  it('forgets a network with all that was stored of it', async () => {
    await installation.keep(await held());
    const store = await installation.openStore(NETWORK);
    await store.append({ events: [Uint8Array.of(1)], texts: [] });
    await store.close();
    await installation.forget(NETWORK);
    expect(await installation.networks()).toEqual([]);
    const again = await installation.openStore(NETWORK);
    expect(await again.load()).toEqual([]);
    await again.close();
  });

  it('keeps invites, and whether the person wants to be reached', async () => {
    const invite = { invite: 'i', network: NETWORK, secret: Uint8Array.of(7), expires: 9 };
    await installation.keepInvite(invite);
    expect(await installation.online()).toBe(true);
    await installation.setOnline(false);
    await reopen();
    expect(await installation.invite('i')).toEqual(invite);
    expect(await installation.online()).toBe(false);
  });

  it('is open in one process at a time', async () => {
    await expect(LevelInstallation.open(folder)).rejects.toMatchObject({ code: 'profile-in-use' });
  });
});
