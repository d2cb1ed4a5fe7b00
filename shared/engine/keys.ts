import { PeerholdError } from '../errors';
import { Peer } from '../peer/peer';
import { type KeyStore, resume } from '../peer/succession';
import type { ReceivingKey } from '../record/receiving-key';
import { signerOf } from '../record/signature';
import type { Surroundings } from '../peer/surroundings';
import type { HeldNetwork, Installation, OpenStore } from './ports';

/** The keys of one network in this installation: the one in use, and the one that is to take its place, in one row. */
export function keysOf(installation: Installation, network: string): KeyStore {
  return {
    make: () => installation.newKey(),
    next: async () => (await installation.network(network))?.next,
    keepNext: (next) => installation.change(network, (held) => ({ ...held, next })),
    change: () =>
      // What was encrypted to the device before may be read by whoever holds a copy of it; the new one receives by a key of its own.
      installation.change(network, ({ next, stopped: _stopped, receiving, ...held }) =>
        next === undefined ? { ...held, ...(receiving && { receiving }) } : { ...held, key: next },
      ),
  };
}

/** The key by which a network's device here receives, made and stored at the first time. Rejects with `network-unknown`. */
export async function receivingKeyOf(installation: Installation, network: string): Promise<ReceivingKey> {
  const kept = async () => (await installation.network(network))?.receiving;
  const known = await kept();
  if (known !== undefined) return known;
  const made = await installation.newReceivingKey();
  await installation.change(network, (held) => ({ ...held, receiving: held.receiving ?? made }));
  const key = await kept();
  if (key === undefined) throw new PeerholdError('network-unknown');
  return key;
}

/** Opens a network's peer by the key in use, once what was begun before the app ended is finished. */
export async function openPeer(
  installation: Installation,
  { id, key }: HeldNetwork,
  store: OpenStore,
  around: Surroundings,
): Promise<Peer> {
  const peer = await Peer.open(id, signerOf(key), store, around);
  // Where it can not be finished now, the device that is to be replaced says so on every screen.
  if (!(await resume(peer, keysOf(installation, id)).catch(() => false))) return peer;
  await peer.close();
  const { key: next } = (await installation.network(id))!;
  return Peer.open(id, signerOf(next), store, around);
}
