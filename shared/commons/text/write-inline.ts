import { MAX_FENCE, type Marks, type Span, labelText } from './schema';
import { parseInline } from './parse-inline';

/** Spans as one line, or several where there are hard breaks; runs of spaces are one, none stand at the ends of a line. */
export function inline(spans: readonly Span[]): string {
  const pieces = lines(spans).map(joined);
  const write = (tildes: boolean) => pieces.map((line) => links(line, tildes)).join('\n');
  const isStruck = pieces.some((line) => line.some(({ marks }) => marks.strike === true && marks.code !== true));
  const text = write(isStruck);
  if (isStruck || !/~~.*~~/s.test(text)) return text;
  // Tildes are escaped only where they would strike something: texts of the time before there was strike keep their bytes.
  return tildesIn(parseInline(text)) === tildesIn(pieces.flat()) ? text : write(true);
}

const tildesIn = (pieces: readonly { readonly text: string }[]): number =>
  pieces.reduce((sum, { text }) => sum + text.split('~').length - 1, 0);

/** Cut at hard breaks, spaces reduced, empty lines at both ends left out. */
function lines(spans: readonly Span[]): readonly (readonly Span[])[] {
  const all: Span[][] = [[]];
  for (const { text, marks, mention } of spans) {
    if (mention !== undefined) {
      all.at(-1)!.push({ text: labelText(text), marks: {}, mention });
      continue;
    }
    text.split('\n').forEach((part, index) => {
      if (index > 0) all.push([]);
      if (part !== '') all.at(-1)!.push({ text: part, marks });
    });
  }
  const tidy = all.map(spaced);
  while (tidy.length > 0 && tidy[0]!.length === 0) tidy.shift();
  while (tidy.length > 0 && tidy.at(-1)!.length === 0) tidy.pop();
  // A hard break needs text on both sides; of several in a row one is kept.
  return tidy.filter((line, index) => line.length > 0 || index === 0);
}

function spaced(line: readonly Span[]): readonly Span[] {
  const pieces: Span[] = [];
  let space = true;
  for (const piece of line) {
    const { text, marks } = piece;
    if (piece.mention !== undefined) {
      pieces.push(piece);
      space = false;
      continue;
    }
    let kept = text.replace(/\s+/g, ' ');
    if (space) kept = kept.replace(/^ /, '');
    if (kept === '') continue;
    space = kept.endsWith(' ');
    pieces.push({ text: kept, marks });
  }
  const last = pieces.at(-1);
  if (last?.mention === undefined && last?.text.endsWith(' ') === true) {
    pieces.pop();
    const text = last.text.slice(0, -1);
    if (text !== '') pieces.push({ ...last, text });
  }
  return pieces;
}

/** Spaces at the ends of a link or a mark belong to neither: `** a**` is not bold. Neighbours with the same marks are one. */
function joined(line: readonly Span[]): readonly Span[] {
  const cut = outsideLinks(line).flatMap(outsideMarks);
  const pieces: Span[] = [];
  for (const piece of cut) {
    if (piece.mention === undefined && piece.text === '') continue;
    const last = pieces.at(-1);
    const apart = last?.mention !== undefined || piece.mention !== undefined;
    if (last !== undefined && !apart && sameMarks(last.marks, piece.marks))
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
    else pieces.push(piece);
  }
  return pieces;
}

function outsideLinks(line: readonly Span[]): readonly Span[] {
  return line.flatMap((piece, index) => {
    const { text, marks } = piece;
    if (marks.link === undefined) return [piece];
    const first = line[index - 1]?.marks.link !== marks.link;
    const last = line[index + 1]?.marks.link !== marks.link;
    const from = first && text.startsWith(' ') ? 1 : 0;
    const to = last && text.length > from && text.endsWith(' ') ? text.length - 1 : text.length;
    return [
      { text: text.slice(0, from), marks: {} },
      { text: text.slice(from, to), marks },
      { text: text.slice(to), marks: {} },
    ];
  });
}

function outsideMarks(piece: Span): readonly Span[] {
  const { text, marks } = piece;
  if (Object.keys(marks).length === 0) return [piece];
  const [, before = '', inner = '', after = ''] = /^( ?)(.*?)( ?)$/.exec(text) ?? [];
  const outside = marks.link === undefined ? {} : { link: marks.link };
  return [
    { text: before, marks: outside },
    { text: inner, marks },
    { text: after, marks: outside },
  ];
}

const sameMarks = (a: Marks, b: Marks) =>
  a.bold === b.bold && a.italic === b.italic && a.strike === b.strike && a.code === b.code && a.link === b.link;

function links(pieces: readonly Span[], tildes: boolean): string {
  let text = '';
  for (let start = 0; start < pieces.length;) {
    const { text: label, marks, mention } = pieces[start]!;
    if (mention !== undefined) {
      text += reference(label, `${mention.kind}/${mention.id}`).replace('[', '[@');
      start += 1;
      continue;
    }
    const { link } = marks;
    let end = start + 1;
    while (end < pieces.length && pieces[end]!.mention === undefined && pieces[end]!.marks.link === link) end += 1;
    const inner = emphasised(pieces.slice(start, end), tildes);
    text += link === undefined ? inner : `[${inner}](${link.replaceAll('(', '%28').replaceAll(')', '%29')})`;
    start = end;
  }
  return text;
}

function emphasised(pieces: readonly Span[], tildes: boolean): string {
  let text = '';
  let bold = false;
  let italic = false;
  let strike = false;
  for (const { text: plain, marks } of [...pieces, { text: '', marks: {} as Marks }]) {
    const toBold = marks.bold === true;
    const toItalic = marks.italic === true;
    const toStrike = marks.strike === true && marks.code !== true;
    const turns = bold !== toBold || italic !== toItalic;
    // Closing goes inside out, opening outside in: bold is the outer one, strike the inner.
    if (strike && (!toStrike || turns)) {
      text += '~~';
      strike = false;
    }
    if (italic && !toItalic) text += '*';
    if (bold !== toBold) text += '**';
    if (!italic && toItalic) text += '*';
    if (!strike && toStrike) text += '~~';
    bold = toBold;
    italic = toItalic;
    strike = toStrike;
    const isCode = marks.code === true && longestRun(plain) < MAX_FENCE;
    text += isCode ? code(plain) : tildes ? escaped(plain).replaceAll('~', '\\~') : escaped(plain);
  }
  return text;
}

function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return fence + pad + text + pad + fence;
}

/** The most backticks in a row. */
export const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);

export const escaped = (text: string) => text.replace(/[\\`*_[\]<]/g, '\\$&');

/** A mention or a file: a link that only this app knows how to follow. */
export const reference = (label: string, address: string): string =>
  `[${escaped(labelText(label)).replaceAll('~', '\\~')}](peerhold:${address})`;
