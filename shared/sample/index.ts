import type { DetachedText } from '../record/text';
import type { DeviceKey } from '../record/signature';
import { PeerholdError } from '../errors';
import { type SampleDoc, writeCommons } from './commons';
import { growSample } from './growth';
import { tellHouse } from './house';
import { READER } from './story/people';

/** A generated network: real signed events, as they would have come from its members' devices, and the commons' documents. */
export interface Sample {
  readonly network: string;
  /** The key of the device as which it is opened, and its member: one of the residents. */
  readonly key: DeviceKey;
  readonly member: string;
  /** Ancestors first; each text beside the event that names it. */
  readonly batches: readonly { readonly events: Uint8Array[]; readonly texts: DetachedText[] }[];
  readonly docs: readonly SampleDoc[];
}

export interface SampleOptions {
  /** Safe integer; the same seed gives the same sample, byte for byte. */
  readonly seed: number;
  /**
   * `house`: the story of Quince House, nine people and fourteen months. Otherwise a network of about as many events as asked for
   * (never fewer), with three quarters of them ledger entries, and of `members` residents (9 unless told, 1 to 150).
   */
  readonly scale?: 'house' | { readonly events: number; readonly members?: number };
  /** Units are steps of the work, not events. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Such as an AbortSignal: looked at between two steps. */
  readonly signal?: { readonly aborted: boolean };
}

/** Generates a sample network from its seed. Throws `sample-cancelled` when the signal says so. */
export async function generateSample(options: SampleOptions): Promise<Sample> {
  const { seed, scale = 'house', onProgress, signal } = options;
  const report = (done: number, total: number): void => {
    if (signal?.aborted === true) throw new PeerholdError('sample-cancelled');
    onProgress?.(done, total);
  };
  const { world, docs, reader } = scale === 'house' ? await house(seed, report) : await growSample(seed, scale, report);
  const { key, member } = world.actor(reader);
  return { network: world.network, key, member, batches: world.batches(), docs };
}

async function house(seed: number, report: (done: number, total: number) => void) {
  const story = await tellHouse(seed, report);
  return { world: story.world, docs: writeCommons(story, seed), reader: READER };
}
