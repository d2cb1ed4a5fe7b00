import { Peer } from '../../shared/peer/peer';
import { type KeyStore, resume } from '../../shared/peer/succession';
import { signerOf } from '../../shared/record/signature';
import type { DeviceStore, HeldNetwork } from './idb/device-store';
import type { IdbPeerStore } from './idb/peer-store';
import { surroundings } from './surroundings';

/** The keys of one network in this profile: the one in use, and the one that is to take its place, in one row. */
export function keysOf(device: DeviceStore, network: string): KeyStore {
  return {
    next: async () => (await device.network(network))?.next,
    keepNext: (next) => device.change(network, (held) => ({ ...held, next })),
    change: () =>
      device.change(network, ({ next, stopped: _stopped, ...held }) =>
        next === undefined ? held : { ...held, key: next },
      ),
  };
}

/** Opens a network's peer by the key in use, once what was begun before the app ended is finished. */
export async function openPeer(device: DeviceStore, { id, key }: HeldNetwork, store: IdbPeerStore): Promise<Peer> {
  const peer = await Peer.open(id, signerOf(key), store, surroundings);
  // Where it can not be finished now, the device that is to be replaced says so on every screen.
  if (!(await resume(peer, keysOf(device, id)).catch(() => false))) return peer;
  await peer.close();
  const { key: next } = (await device.network(id))!;
  return Peer.open(id, signerOf(next), store, surroundings);
}
