/** How many of something, in English: commands answer in no other language. */
export const counted = (count: number, one: string, others = `${one}s`): string =>
  `${count} ${count === 1 ? one : others}`;
