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
  /** By lane: entries in the past as found so far, and those of them whose own past is in too, from a clock met on the way. */
  const found: number[] = [];
  const covered: number[] = [];
  const seen = new Set<Entry>([entry]);
  // Deepest first: whoever writes rarely cites an event of long ago, which a clock met before then covers. In any other order every
  // such citation would lead past the clocks and through the whole history.
  const frontier: Entry[] = [entry];
  // Deep gaps would make one long walk: leave clocks behind on the way, deepest ancestors first.
  const milestones: Entry[] = [];
  for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
    if ((covered[next.lane] ?? 0) > next.place) continue;
    if (next.clock !== undefined) {
      for (let lane = 0; lane < next.clock.length; lane++) {
        const count = next.clock[lane]!;
        if ((covered[lane] ?? 0) < count) covered[lane] = count;
        if ((found[lane] ?? 0) < count) found[lane] = count;
      }
      continue;
    }
    if ((found[next.lane] ?? 0) <= next.place) found[next.lane] = next.place + 1;
    if (next !== entry && next.depth % STRIDE === 0) milestones.push(next);
    for (const cited of record.cited(next)) {
      if (seen.has(cited)) continue;
      seen.add(cited);
      insertByDepth(frontier, cited);
    }
  }
  const clock = new Uint32Array(found.length);
  for (let lane = 0; lane < found.length; lane++) clock[lane] = found[lane] ?? 0;
  entry.clock = clock;
  for (const milestone of milestones.reverse()) clockOf(milestone, record);
  return clock;
}

/** Keeps `frontier`, which is about as long as there are devices, in ascending depth. */
function insertByDepth(frontier: Entry[], entry: Entry): void {
  let at = frontier.length;
  while (at > 0 && frontier[at - 1]!.depth > entry.depth) at -= 1;
  frontier.splice(at, 0, entry);
}
