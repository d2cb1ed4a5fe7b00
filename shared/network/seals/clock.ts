import { NETWORK_KEY, type State } from '../state';

/** Milliseconds. Deadlines are days: what is less ahead passes by itself before it matters. */
const WELL_AHEAD = 86_400_000;

/**
 * The time by which votes end, milliseconds since 1970: the agreed one of the newest seal, before there is one that of the founding, as its
 * author claimed it. Undefined before the founding event, and in a sample, whose members do not exist.
 */
export function networkTime({ seals, network }: Pick<State, 'seals' | 'network'>): number | undefined {
  const row = network.get(NETWORK_KEY);
  if (row === undefined || row.sample) return undefined;
  return seals.get(String(seals.size))?.time ?? row.time;
}

/**
 * Milliseconds by which the network's time is well ahead of a clock; null where it is not. Seals then follow each other by 1 ms, and none ends
 * a vote by its deadline until that clock has come so far: it is wrong itself, or those by which the network was founded or sealed were.
 */
export function timeAhead(state: Pick<State, 'seals' | 'network'>, now: number): number | null {
  const time = networkTime(state);
  return time === undefined || time - now < WELL_AHEAD ? null : time - now;
}
