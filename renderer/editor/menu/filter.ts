/** Letters without case and accents, so that `cafe` finds `Café`. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * Those whose words hold what was asked for, at most `most`: first where a name begins with it, then where a word does, then the
 * others; in their own order otherwise.
 */
export function matching<T>(
  all: readonly T[],
  query: string,
  wordsOf: (one: T) => readonly string[],
  most: number,
): readonly T[] {
  const asked = plain(query.trim());
  if (asked === '') return all.slice(0, most);
  const groups: [T[], T[], T[]] = [[], [], []];
  for (const one of all) {
    const rank = Math.min(...wordsOf(one).map((words) => rankOf(plain(words), asked)));
    if (rank < groups.length) groups[rank]!.push(one);
  }
  return groups.flat().slice(0, most);
}

function rankOf(words: string, asked: string): number {
  const at = words.indexOf(asked);
  if (at <= 0) return at === 0 ? 0 : Infinity;
  return words.includes(` ${asked}`) ? 1 : 2;
}
