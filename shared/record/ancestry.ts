import type { Clock, Entry } from './entry';

/** Who cites whom. */
export interface Graph {
  /** Events that `entry` names as ancestors. */
  cited(entry: Entry): readonly Entry[];
}

/**
 * Clocks answer "had this author seen that?" in constant time. Keeping one for every event would cost more memory than the events
 * (devices × events), so only those asked for and one in every `STRIDE` of depth are kept; the rest is walked.
 */
const STRIDE = 64;

export function clockOf(entry: Entry, record: Graph): Clock {
  if (entry.clock !== undefined) return entry.clock;
  const found = new Map<number, number>();
  const note = (lane: number, count: number): void => {
    if ((found.get(lane) ?? 0) < count) found.set(lane, count);
  };
  const seen = new Set<Entry>();
  const walk: Entry[] = [entry];
  // Deep gaps would make one long walk: leave clocks behind on the way, deepest ancestors first.
  const milestones: Entry[] = [];
  for (let next = walk.pop(); next !== undefined; next = walk.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next !== entry && next.clock !== undefined) {
      next.clock.forEach((count, lane) => note(lane, count));
      continue;
    }
    note(next.lane, next.place + 1);
    if (next !== entry && next.depth % STRIDE === 0) milestones.push(next);
    walk.push(...record.cited(next));
  }
  const clock = new Uint32Array(Math.max(...found.keys()) + 1);
  for (const [lane, count] of found) clock[lane] = count;
  entry.clock = clock;
  milestones.sort((a, b) => a.depth - b.depth);
  for (const milestone of milestones) clockOf(milestone, record);
  return clock;
}
