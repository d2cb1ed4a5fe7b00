import type { Chance } from './random';

/** What people type, paste and are sent: marks of the byte order, of direction, and of nothing. */
const ODD = [
  '\ufeff',
  '\ufeffThe house',
  'The\ufeff house',
  '\0',
  'a\0b',
  'one\u2028two\u2029three',
  '\u202eesuoh eht',
  '\u2066left\u2069\u200f',
  '\u200b',
  'e\u0301\u0323',
  '\u{1f3e1}\u200d\u{1f468}',
  '\ufffe\uffff',
  '\u{10ffff}',
  '\ufffd',
  '\ufeff\ufeff',
];
export const oddText = (chance: Chance): string => chance.pick(ODD);
