import { PeerholdError } from '../../shared/errors';
import { Chance } from '../simulation/random';
import { corpusOf } from './corpus';
import { input } from './mutate';
import type { Target } from './target';

/** What becomes of an input: the code with which it is refused, or one of these. */
export const TAKEN = 'taken';
const NOT_TAKEN = 'not-taken';
/** Part of the inputs that are made of what is kept in the corpus, which is mostly spoilt already. */
const OF_CORPUS = 0.3;

export interface Outcome {
  readonly tried: number;
  /** What became of them, and how often. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Milliseconds of the one that took longest. */
  readonly slowest: number;
}

/** An input that broke what every reader promises; its bytes in hex are for the corpus. */
export class FuzzFailure extends Error {}

/**
 * Gives a reader `count` inputs that follow from the seed. Rejects with `FuzzFailure` where it threw anything but an error with a code, or
 * did not take one of its own samples.
 */
export async function fuzz(target: Target, count: number, seed: string): Promise<Outcome> {
  const chance = new Chance(`${seed}/${target.name}`);
  const outcomes = new Map<string, number>();
  let slowest = 0;
  for (const sample of target.samples) {
    const outcome = await outcomeOf(target, sample);
    if (outcome !== TAKEN) throw new FuzzFailure(`${target.name}: its own sample is refused, ${outcome}`);
  }
  const kept = corpusOf(target).map(({ bytes }) => bytes);
  for (let tried = 0; tried < count; tried++) {
    const bytes = input(kept.length > 0 && chance.happens(OF_CORPUS) ? kept : target.samples, chance);
    const began = performance.now();
    const outcome = await outcomeOf(target, bytes);
    slowest = Math.max(slowest, performance.now() - began);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  return { tried: count, outcomes, slowest };
}

/** Rejects with `FuzzFailure` where the reader throws what has no code. */
export async function outcomeOf({ name, read }: Target, bytes: Uint8Array): Promise<string> {
  try {
    return (await read(bytes)) ? TAKEN : NOT_TAKEN;
  } catch (error) {
    if (error instanceof PeerholdError) return error.code;
    throw new FuzzFailure(`${name}: ${String(error)} by ${Buffer.from(bytes).toString('hex')}`, { cause: error });
  }
}
