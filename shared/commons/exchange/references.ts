/** Links and pictures in Markdown as they stand in its source, so that where they lead can be changed and all else stays as it is. */

export interface Reference {
  /** `![…](…)`. */
  readonly image: boolean;
  /** What stands between the brackets, as it is written. */
  readonly label: string;
  readonly address: string;
  /** Nothing else stands on its line but the marks of a list or a quote. */
  readonly alone: boolean;
  /** It stands in the middle of a line that is a paragraph’s, or could be, and not of a list, a quote or a table. */
  readonly plain: boolean;
}

/** Marks of quotes, lists and check lists, which blocks inside them have before each line or their first. */
const MARKS = /^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)|\[[ xX]\](?= |$))*/;
const FENCE = /^(`{3,})[^`]*$/;

/**
 * The Markdown with every link and picture outside code as `rewrite` writes it; null leaves it as it is, and what stands in its brackets is
 * looked at. Time is linear in the length.
 */
export function rewriteReferences(markdown: string, rewrite: (reference: Reference) => string | null): string {
  let fence: Fence | null = null;
  const lines = markdown.split('\n').map((line) => {
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      return line;
    }
    const [marks = ''] = MARKS.exec(line) ?? [];
    const rest = line.slice(marks.length);
    const [, ticks] = FENCE.exec(rest) ?? [];
    if (ticks !== undefined) {
      fence = { ticks: ticks.length, column: marks.length, quotes: quotesIn(marks) };
      return line;
    }
    return rest.includes('](') ? marks + inLine(rest, marks.trim() === '', rewrite) : line;
  });
  return lines.join('\n');
}

/** The line that began a block of code: how many backticks, how far in, in how many quotes. */
interface Fence {
  readonly ticks: number;
  readonly column: number;
  readonly quotes: number;
}

const quotesIn = (marks: string): number => marks.split('>').length - 1;

/** Not what only looks like the end: a line of the code may have backticks too, after more spaces or signs. */
function closes(line: string, { ticks, column, quotes }: Fence): boolean {
  const [, before = '', run = ''] = /^([ \t>]*)(`+)[ \t]*$/.exec(line) ?? [];
  return run.length >= ticks && before.length <= column + 3 && quotesIn(before) === quotes;
}

function inLine(line: string, plain: boolean, rewrite: (reference: Reference) => string | null): string {
  const pairs = bracketsOf(line);
  const isTable = line.includes('|');
  let written = '';
  let done = 0;
  for (let at = 0; at < line.length;) {
    const close = pairs.get(at);
    const target = close === undefined ? null : addressAt(line, close + 1);
    if (close === undefined || target === null) {
      at += 1;
      continue;
    }
    const image = line[at - 1] === '!' && line[at - 2] !== '\\';
    const start = image ? at - 1 : at;
    const alone = line.slice(0, start).trim() === '' && line.slice(target.end).trim() === '';
    const label = line.slice(at + 1, close);
    const replaced = rewrite({ image, label, address: target.address, alone, plain: plain && !isTable });
    if (replaced === null) {
      at += 1;
      continue;
    }
    written += line.slice(done, start) + replaced;
    done = at = target.end;
  }
  return written + line.slice(done);
}

/** Which bracket closes which, outside code. */
function bracketsOf(line: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  const runs = new Map<number, number>();
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '\\') at += 1;
    else if (sign === '[') open.push(at);
    else if (sign === ']') {
      const from = open.pop();
      if (from !== undefined) pairs.set(from, at);
    } else if (sign === '`') at = codeEnd(line, at, runs) - 1;
  }
  return pairs;
}

/** Where code that begins here ends; behind the backticks where nothing ends it. `none`: lengths of which none follows from a place on. */
function codeEnd(line: string, at: number, none: Map<number, number>): number {
  const run = runAt(line, at);
  const after = at + run;
  if ((none.get(run) ?? Infinity) <= after) return after;
  for (let next = line.indexOf('`', after); next !== -1;) {
    const length = runAt(line, next);
    if (length === run) return next + length;
    next = line.indexOf('`', next + length);
  }
  none.set(run, after);
  return after;
}

function runAt(line: string, at: number): number {
  let end = at;
  while (line[end] === '`') end += 1;
  return end - at;
}

/** Longest address that is read. */
const MAX_ADDRESS = 4_000;

/** An address in parentheses, with or without angle brackets, a title after it left out. */
function addressAt(line: string, at: number): { readonly address: string; readonly end: number } | null {
  if (line[at] !== '(') return null;
  const found =
    /^\( {0,3}(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))(?: {1,3}(?:"[^"]*"|'[^']*'))? {0,3}\)/.exec(
      line.slice(at, at + MAX_ADDRESS),
    );
  if (found === null) return null;
  const [whole, angled, bare = ''] = found;
  return { address: angled ?? bare, end: at + whole.length };
}
