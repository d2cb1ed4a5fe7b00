/** Words that are a slip or two away: a letter too many, missing, wrong, or two changed round. */

/** Slips that a word of so many letters may have: in a short one every slip is another word. */
export const slipsFor = (length: number): number => (length >= 8 ? 2 : length >= 4 ? 1 : 0);

/**
 * The fewest slips by which `typed` becomes `word` or a beginning of it; more than `most` where they are more. Counted by optimal string
 * alignment, with three rows of its table kept.
 */
export function slips(typed: string, word: string, most: number): number {
  const width = Math.min(word.length, typed.length + most);
  let twoBefore: number[] = [];
  let before = Array.from({ length: width + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row++) {
    const now = [row];
    let least = row;
    for (let column = 1; column <= width; column++) {
      const wrong = typed[row - 1] === word[column - 1] ? 0 : 1;
      let count = Math.min(before[column]! + 1, now[column - 1]! + 1, before[column - 1]! + wrong);
      if (row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1])
        count = Math.min(count, twoBefore[column - 2]! + 1);
      now.push(count);
      least = Math.min(least, count);
    }
    if (least > most) return most + 1;
    twoBefore = before;
    before = now;
  }
  return Math.min(...before);
}
