import { describe, expect, it } from 'vitest';
import { FailingStore } from '../../test/kit/failing-store';
import { around, founder, invite, link, offerDevice, until } from '../../test/kit/peers';
import { PeerholdError } from '../errors';
import { encodeInvite } from '../invite/link';
import type { Peer } from '../peer/peer';
import { newDeviceKey } from '../record/signature';
import { Joining } from './joining';
import type { HeldNetwork, Installation, OpenStore, PendingJoin } from './ports';

/** An installation that joins at a peer, on a disk whose fate the test decides. */
function installationAt(at: Peer, held?: HeldNetwork) {
  const joins = new Map<string, PendingJoin>();
  const wires: ReturnType<typeof link>[] = [];
  const joined: string[] = [];
  let disk = new FailingStore();
  let isOpen = false;
  const installation: Partial<Installation> = {
    newKey: newDeviceKey,
    network: () => Promise.resolve(held),
    pendingJoin: (id) => Promise.resolve(joins.get(id)),
    keepJoin: async (join) => void joins.set(join.invite, join),
    endJoin: async (id) => void joins.delete(id),
    dropStore: async () => {
      expect(isOpen).toBe(false);
      disk = new FailingStore();
    },
    openStore: async () => {
      expect(isOpen).toBe(false);
      isOpen = true;
      return Object.assign(disk, { seed: () => Promise.resolve(), close: () => void (isOpen = false) }) as OpenStore;
    },
  };
  const joining = new Joining({
    ports: {
      installation: Promise.resolve(installation as Installation),
      meetings: {
        meet: () => void wires.push(link(at, joining)),
        forgive: () => undefined,
        part: () => wires.pop()?.cut(),
      },
      around,
    },
    emit: () => undefined,
    placesFor: () => [],
    close: () => Promise.resolve(),
    joined: async ({ id }) => void joined.push(id),
  });
  return { joining, joined, joins, breakOff: () => wires.at(-1)!.cut(), isOpen: () => isOpen, disk: () => disk };
}

describe('joining', () => {
  it('begins anew, with the same key, when the person tries again after the connection broke off', async () => {
    const { peer: ana } = await founder();
    const { joining, joined, joins, breakOff } = installationAt(ana);
    const text = await invite(ana);
    await joining.preview(text);
    const [before] = joins.values();
    breakOff();
    await expect(joining.join(text, 'Ben')).rejects.toMatchObject({ code: 'join-interrupted' });
    expect([...joins.values()][0]!.key.device).toBe(before!.key.device);
    expect(await joining.join(text, 'Ben')).toBe(ana.id);
    expect(joined).toEqual([ana.id]);
    await until(() => ana.state.devices.has(before!.key.device));
    await ana.close();
  });

  it('says that the disk is full, and not that the connection broke off; with room again it goes on', async () => {
    const { peer: ana } = await founder();
    const { joining, disk } = installationAt(ana);
    const text = await invite(ana);
    await joining.preview(text);
    disk().fate = () => new PeerholdError('storage-full');
    await expect(joining.join(text, 'Ben')).rejects.toMatchObject({ code: 'storage-full' });
    expect(await joining.join(text, 'Ben')).toBe(ana.id);
    await ana.close();
  });

  it('lets go of a disk that can not be read, so that it can be opened again', async () => {
    const { peer: ana } = await founder();
    const held = { id: ana.id, stopped: true, key: await newDeviceKey() } as HeldNetwork;
    const { joining, disk, isOpen } = installationAt(ana, held);
    const text = encodeInvite(await offerDevice(ana));
    disk().load = () => Promise.reject(new Error('the disk failed'));
    const asked = joining.askToBeAdded(text, 'phone');
    await expect(asked).rejects.toMatchObject({ code: 'storage-failed' });
    expect(isOpen()).toBe(false);
    disk().load = () => disk().contents.load();
    expect((await joining.askToBeAdded(text, 'phone')).checkNumber).toMatch(/^\d{4} /);
    await joining.cancel();
    await ana.close();
  });
});
