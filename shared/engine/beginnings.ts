import { PeerholdError } from '../errors';
import type { FoundingPayloads } from '../network/founding/model';
import type { Peer } from '../peer/peer';
import { type DeviceKey, signerOf } from '../record/signature';
import type { Draft } from '../record/text';
import { type Batch, foundNetwork } from '../replica/replica';
import { refound } from '../replica/refound';
import { generateSample } from '../sample';
import type { EngineCalls } from './contract';
import type { HeldNetwork, Installation } from './ports';

const SAMPLE_SEED = 1;

/** Founds a network with a new key, and stores it. Times are in milliseconds since 1970. What it gives is still to be kept, so that it is held. */
export async function foundHere(
  installation: Installation,
  draft: Draft<FoundingPayloads['network.found']>,
  now: number,
): Promise<HeldNetwork> {
  const key = await installation.newKey();
  const { replica, batch } = await foundNetwork(signerOf(key), draft, now);
  await store(installation, replica.id, batch);
  return heldBy(key, replica.id, typeof draft.name === 'string' ? '' : draft.name.text, now);
}

/** Starts a network again from its newest seal, with a new key, and stores the new one. */
export async function refoundHere(
  installation: Installation,
  peer: Peer,
  words: Parameters<EngineCalls['refound']>[1],
  now: number,
): Promise<HeldNetwork> {
  if (peer.me === null) throw new PeerholdError('not-a-member-here');
  const key = await installation.newKey();
  const { member } = peer.me;
  const { replica, batches } = await refound(peer.replica, signerOf(key), { ...words, member, time: now });
  // All at once: a founding without its opening entries would be another network than the one that was asked for.
  const events = batches.flatMap((batch) => batch.events);
  await store(installation, replica.id, { events, texts: batches.flatMap((batch) => batch.texts) });
  return { ...heldBy(key, replica.id, words.name, now), refounds: { network: peer.id, by: words.founder } };
}

/** Generates the sample network from its seed, and stores it unless it is held already. */
export async function sampleHere(
  installation: Installation,
  now: number,
  onProgress: (done: number, total: number) => void,
): Promise<HeldNetwork> {
  const { network, key, batches, docs } = await generateSample({ seed: SAMPLE_SEED, onProgress });
  const held: HeldNetwork = { ...heldBy(key, network, '', now), sample: true, members: 0 };
  if ((await installation.network(network)) !== undefined) return held;
  const disk = await installation.openStore(network);
  for (const batch of batches) await disk.append(batch);
  await disk.seed(docs);
  await disk.close();
  return held;
}

function heldBy(key: DeviceKey, id: string, name: string, now: number): HeldNetwork {
  return { id, key, name, sample: false, members: 1, changed: now, meetingPlaces: [] };
}

async function store(installation: Installation, network: string, { events, texts }: Batch): Promise<void> {
  const disk = await installation.openStore(network);
  await disk.append({ events: events.map((event) => event.bytes), texts });
  await disk.close();
}
