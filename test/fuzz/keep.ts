import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '../../shared/record/bytes';
import { Chance } from '../simulation/random';
import { CORPUS, corpusOf, folderOf } from './corpus';
import { input } from './mutate';
import { outcomeOf } from './run';
import type { Target } from './target';

/** Inputs that are tried for one of each outcome, and bytes of the longest that is kept. */
const TRIED = 20_000;
const LONGEST = 2_048;

const spliced = (bytes: Uint8Array, from: number, gone: number, put: readonly number[]): Uint8Array =>
  Uint8Array.from([...bytes.subarray(0, from), ...put, ...bytes.subarray(from + gone)]);
const deep = (byte: number): number[] => Array<number>(600).fill(byte);

/** What goes wrong with anything that is written as bytes or as JSON. */
const SPOILT: Readonly<Record<string, (sample: Uint8Array) => Uint8Array>> = {
  empty: () => new Uint8Array(),
  cut: (sample) => sample.slice(0, sample.length >> 1),
  twice: (sample) => Uint8Array.from([...sample, ...sample]),
  version: (sample) => spliced(sample, 0, 1, [(sample[0] ?? 0) + 1]),
  'last-byte': (sample) => spliced(sample, sample.length - 1, 1, [(sample.at(-1) ?? 0) ^ 1]),
  'long-bytes': (sample) => spliced(sample, sample.length >> 1, 0, [0x5b, 0, 0, 0, 2, 0, 0, 0, 0]),
  'long-list': (sample) => spliced(sample, 0, 1, [0x9a, 0xff, 0xff, 0xff, 0xff]),
  'deep-lists': (sample) => spliced(sample, 0, 0, deep(0x81)),
  'deep-json': (sample) => spliced(sample, 0, 0, deep(0x5b)),
};

/**
 * Adds to the corpus of a target its samples, what is spoilt about the first of them, and the shortest input found for each outcome that none has yet. What is there
 * stays, under the name of what becomes of it now. Gives how many are new or have another name.
 */
export async function keep(target: Target): Promise<number> {
  const folder = join(CORPUS, folderOf(target));
  mkdirSync(folder, { recursive: true });
  let changed = 0;
  for (const { file, origin, outcome, bytes } of corpusOf(target)) {
    const now = await outcomeOf(target, bytes);
    if (now === outcome) continue;
    renameSync(join(folder, file), join(folder, `${origin}.${now}`));
    changed += 1;
  }
  const kept = [...corpusOf(target)];
  const add = async (origin: string, bytes: Uint8Array): Promise<void> => {
    if (kept.some((one) => one.origin === origin || equalBytes(one.bytes, bytes))) return;
    const outcome = await outcomeOf(target, bytes);
    const file = `${origin}.${outcome}`;
    writeFileSync(join(folder, file), bytes);
    kept.push({ file, origin, outcome, bytes });
    changed += 1;
  };
  for (const [index, sample] of target.samples.entries()) await add(`sample-${index + 1}`, sample);
  for (const [origin, spoil] of Object.entries(SPOILT)) await add(origin, spoil(target.samples[0]!));
  for (const [outcome, bytes] of await found(target))
    if (kept.every((one) => one.outcome !== outcome)) await add(`found-${outcome.replaceAll('.', '-')}`, bytes);
  return changed;
}

/** The shortest input of some for each outcome. */
async function found(target: Target): Promise<ReadonlyMap<string, Uint8Array>> {
  const chance = new Chance(`keep/${target.name}`);
  const shortest = new Map<string, Uint8Array>();
  for (let tried = 0; tried < TRIED; tried++) {
    const bytes = input(target.samples, chance);
    if (bytes.length > LONGEST) continue;
    const outcome = await outcomeOf(target, bytes);
    if (bytes.length < (shortest.get(outcome)?.length ?? Infinity)) shortest.set(outcome, bytes);
  }
  return shortest;
}
