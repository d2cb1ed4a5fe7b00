import { diffArrays } from 'diff';

/** Milliseconds that a comparison may take; then only what both begin and end with counts as the same. */
const PATIENCE = 500;
/** Pairs that are weighed in one stretch; in a longer one the first goes with the first. */
const MAX_PAIRS = 10_000;

export interface Keyed {
  /** The same for what is the same. */
  readonly key: string;
  /** Only what is of one kind can become one another. */
  readonly kind: string;
}

/** One place of two lists beside one another; a side is left out where the other has nothing like it. */
export interface Aligned<Old, New> {
  readonly old?: Old;
  readonly now?: New;
  readonly same: boolean;
}

/** Puts two lists beside one another, in order: what is the same, then what is most alike. */
export function align<Old extends Keyed, New extends Keyed>(
  olds: readonly Old[],
  news: readonly New[],
): readonly Aligned<Old, New>[] {
  const all: Aligned<Old, New>[] = [];
  let [atOld, atNew] = [0, 0];
  let [gone, come] = [0, 0];
  const settle = () => {
    all.push(...paired(olds.slice(atOld, atOld + gone), news.slice(atNew, atNew + come)));
    atOld += gone;
    atNew += come;
    gone = come = 0;
  };
  for (const { kind, count } of stretches(olds.map(keyOf), news.map(keyOf))) {
    if (kind === 'removed') gone += count;
    else if (kind === 'added') come += count;
    else {
      settle();
      for (let n = 0; n < count; n++) all.push({ old: olds[atOld++]!, now: news[atNew++]!, same: true });
    }
  }
  settle();
  return all;
}

const keyOf = ({ key }: Keyed): string => key;

interface Stretch {
  readonly kind: 'same' | 'removed' | 'added';
  readonly count: number;
}

function stretches(olds: readonly string[], news: readonly string[]): readonly Stretch[] {
  const parts = diffArrays([...olds], [...news], { timeout: PATIENCE });
  if (parts !== undefined)
    return parts.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      count: value.length,
    }));
  let [start, end] = [0, 0];
  const most = Math.min(olds.length, news.length);
  while (start < most && olds[start] === news[start]) start += 1;
  while (end < most - start && olds.at(-1 - end) === news.at(-1 - end)) end += 1;
  return [
    { kind: 'same', count: start },
    { kind: 'removed', count: olds.length - start - end },
    { kind: 'added', count: news.length - start - end },
    { kind: 'same', count: end },
  ];
}

/** The pairs of one kind in order that are most alike altogether. */
function paired<Old extends Keyed, New extends Keyed>(
  olds: readonly Old[],
  news: readonly New[],
): readonly Aligned<Old, New>[] {
  const weights = olds.length * news.length > MAX_PAIRS ? onDiagonal(olds, news) : likenesses(olds, news);
  // best[i][j]: of what begins at i and j.
  const best = Array.from({ length: olds.length + 1 }, () => new Float64Array(news.length + 1));
  for (let i = olds.length - 1; i >= 0; i--)
    for (let j = news.length - 1; j >= 0; j--) {
      const weight = weights(i, j);
      best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, weight > 0 ? weight + best[i + 1]![j + 1]! : 0);
    }
  const all: Aligned<Old, New>[] = [];
  let [i, j] = [0, 0];
  while (i < olds.length && j < news.length) {
    const weight = weights(i, j);
    if (weight > 0 && best[i]![j] === weight + best[i + 1]![j + 1]!)
      all.push({ old: olds[i++]!, now: news[j++]!, same: false });
    else if (best[i]![j] === best[i + 1]![j]) all.push({ old: olds[i++]!, same: false });
    else all.push({ now: news[j++]!, same: false });
  }
  while (i < olds.length) all.push({ old: olds[i++]!, same: false });
  while (j < news.length) all.push({ now: news[j++]!, same: false });
  return all;
}

type Weights = (i: number, j: number) => number;

const onDiagonal = (olds: readonly Keyed[], news: readonly Keyed[]): Weights => {
  return (i, j) => (i === j && olds[i]!.kind === news[j]!.kind ? 1 : 0);
};

/** From almost nothing, for two of one kind without a word in common, to a little over one. */
function likenesses(olds: readonly Keyed[], news: readonly Keyed[]): Weights {
  const words = (all: readonly Keyed[]) => all.map(({ key }) => counted(key));
  const [before, after] = [words(olds), words(news)];
  const table = before.map((one, i) =>
    Float64Array.from(after, (two, j) => (olds[i]!.kind === news[j]!.kind ? 0.01 + likeness(one, two) : 0)),
  );
  return (i, j) => table[i]![j]!;
}

interface Counted {
  readonly words: ReadonlyMap<string, number>;
  readonly size: number;
}

function counted(text: string): Counted {
  const words = new Map<string, number>();
  const all = text.split(/\s+/);
  for (const word of all) words.set(word, (words.get(word) ?? 0) + 1);
  return { words, size: all.length };
}

function likeness(one: Counted, two: Counted): number {
  let common = 0;
  for (const [word, times] of one.words) common += Math.min(times, two.words.get(word) ?? 0);
  return (2 * common) / (one.size + two.size);
}
