import { PeerholdError } from '../../shared/errors';
import { Chance } from '../simulation/random';
import { input } from './mutate';
import type { Target } from './target';

export interface Outcome {
  readonly tried: number;
  readonly taken: number;
  /** Codes with which the rest was refused, and how often. */
  readonly refused: ReadonlyMap<string, number>;
}

/** An input that broke what every reader promises; its bytes in hex are for a test of their own. */
export class FuzzFailure extends Error {}

/**
 * Gives a reader `count` inputs that follow from the seed. Throws `FuzzFailure` where it threw anything but an error with a code, or did not
 * take one of its own samples.
 */
export async function fuzz(target: Target, count: number, seed: string): Promise<Outcome> {
  const chance = new Chance(`${seed}/${target.name}`);
  const refused = new Map<string, number>();
  let taken = 0;
  for (const sample of target.samples) {
    const code = await attempt(target, sample);
    if (code !== undefined) throw new FuzzFailure(`${target.name}: its own sample is refused, ${code}`);
  }
  for (let tried = 0; tried < count; tried++) {
    const code = await attempt(target, input(target.samples, chance));
    if (code === undefined) taken += 1;
    else refused.set(code, (refused.get(code) ?? 0) + 1);
  }
  return { tried: count, taken, refused };
}

/** The code with which an input is refused; undefined where it is taken. */
async function attempt({ name, read }: Target, bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await read(bytes)) ? undefined : 'not taken';
  } catch (error) {
    if (error instanceof PeerholdError) return error.code;
    throw new FuzzFailure(`${name}: ${String(error)} by ${Buffer.from(bytes).toString('hex')}`, { cause: error });
  }
}
