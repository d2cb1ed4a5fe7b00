import { utf8 } from '../../record/bytes';

/** Names of files and folders that every common system takes, in whatever order the parts of a path are read. */

/** Bytes of a name without its ending, and of an ending. */
const MAX_NAME = 80;
const MAX_ENDING = 16;
/** Room for what tells a name from one that is taken. */
const MAX_NUMBER = 8;

/** What one system or another does not take: signs of paths and of shells, controls, halves of characters. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Cs}\p{Co}\u2028\u2029]+/gu;
/** Characters that turn the words around them: `fdp.exe` could show as `exe.pdf`. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** Names of devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** A name of at most so many bytes, made of a title; empty where nothing of it can be in a name. */
export function safeName(title: string, bytes = MAX_NAME): string {
  const line = title
    .slice(0, 4 * MAX_NAME)
    .replace(TURNS, '')
    .replace(FORBIDDEN, '-')
    .normalize('NFC')
    .replace(/\s+/g, ' ');
  const name = trimmed(cut(trimmed(line), bytes));
  return RESERVED.test(name) ? trimmed(cut(`_${name}`, bytes)) : name;
}

/** Neither dots nor spaces at the ends: one system hides what begins with a dot, another takes both away at the end. */
const trimmed = (name: string): string => name.replace(/^[. ]+|[. ]+$/g, '');

function cut(name: string, bytes: number): string {
  let size = 0;
  let kept = '';
  for (const character of name) {
    size += utf8(character).length;
    if (size > bytes) break;
    kept += character;
  }
  return kept;
}

/** The names in one folder. Names that differ in case or in how accents are written are one on some systems. */
export class FolderNames {
  readonly #taken = new Set<string>();

  /** A name that is free with all of these endings, and then taken with them. `fallback`: where nothing of the title can be in a name. */
  take(title: string, endings: readonly string[], fallback: string): string {
    const wanted = safeName(title) || safeName(fallback) || '_';
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${trimmed(cut(wanted, MAX_NAME - MAX_NUMBER))} (${number})`;
      const keys = endings.map((ending) => keyOf(name + ending));
      if (keys.some((key) => this.#taken.has(key))) continue;
      for (const key of keys) this.#taken.add(key);
      return name;
    }
  }

  /** The same for a file, whose ending stays. */
  takeFile(name: string, fallback: string): string {
    const [, base = name, ending = ''] = /^(.+)(\.[A-Za-z0-9]{1,15})$/s.exec(name) ?? [];
    const safe = ending.length <= MAX_ENDING ? ending : '';
    return this.take(base, [safe], fallback) + safe;
  }
}

const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();
