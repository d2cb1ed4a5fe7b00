import { MAX_FENCE, MAX_LABEL, type Marks, type Span, labelText, linkAddress, mentionOf } from './schema';

const SIGNS = { '**': 'bold', '~~': 'strike', '*': 'italic', _: 'italic' } as const;
type Sign = keyof typeof SIGNS;

const ESCAPE = /\\([!-/:-@[-`{-~])/g;
/** Text in which every escaped sign stands for itself. */
export const unescaped = (text: string): string => text.replace(ESCAPE, '$1');

/**
 * Reads marks inside one block. `**` turns bold on and off, `*` and `_` italic, `~~` strike; a sign with nothing to close it is text.
 * Links do not nest. Signs that nothing closes are looked for once, so that time stays near linear.
 */
export function parseInline(text: string): readonly Span[] {
  const spans: Span[] = [];
  scan(text, {}, spans);
  return merged(spans);
}

function scan(text: string, outer: Marks, spans: Span[]): void {
  const open = { bold: false, italic: false, strike: false };
  /** Signs that nothing closes from here on: looked for once. */
  const unclosed = new Set<string>();
  let plain = '';
  const marks = (): Marks => ({
    ...outer,
    ...(open.bold ? { bold: true } : {}),
    ...(open.italic ? { italic: true } : {}),
    ...(open.strike ? { strike: true } : {}),
  });
  const flush = () => {
    if (plain !== '') spans.push({ text: plain, marks: marks() });
    plain = '';
  };
  for (let at = 0; at < text.length;) {
    const char = text[at]!;
    if (char === '\\' && /^[!-/:-@[-`{-~]$/.test(text[at + 1] ?? '')) {
      plain += text[at + 1];
      at += 2;
      continue;
    }
    if (char === '`') {
      const found = codeAt(text, at);
      if (found !== null) {
        flush();
        spans.push({ text: found.text, marks: { code: true } });
        at = found.end;
        continue;
      }
    }
    if (char === '[' && outer.link === undefined) {
      const mention = mentionAt(text, at);
      if (mention !== null) {
        flush();
        spans.push(mention.span);
        at = mention.end;
        continue;
      }
      const found = linkAt(text, at);
      if (found !== null) {
        flush();
        scan(found.text, { ...marks(), link: found.address }, spans);
        at = found.end;
        continue;
      }
    }
    const tildes = tildesAt(text, at);
    const sign = signAt(text, at, tildes);
    if (sign !== null) {
      const mark = SIGNS[sign];
      if (!unclosed.has(sign) && turns(text, at, sign, open[mark], unclosed)) {
        flush();
        open[mark] = !open[mark];
      } else plain += sign;
      at += sign.length;
      continue;
    }
    const signs = tildes === 0 ? char : '~'.repeat(tildes);
    plain += signs;
    at += signs.length;
  }
  flush();
}

/** How many tildes stand here; only two are a sign. */
function tildesAt(text: string, at: number): number {
  let end = at;
  while (text[end] === '~') end += 1;
  return end - at;
}

function signAt(text: string, at: number, tildes: number): Sign | null {
  if (text.startsWith('**', at)) return '**';
  if (tildes === 2) return '~~';
  return text[at] === '*' ? '*' : text[at] === '_' ? '_' : null;
}

/** Whether a sign opens (something follows directly, and it is closed later) or closes (something stands directly before). */
function turns(text: string, at: number, sign: Sign, on: boolean, unclosed: Set<string>): boolean {
  const word = /[\p{L}\p{N}]/u;
  const before = text[at - 1] ?? ' ';
  const after = text[at + sign.length] ?? ' ';
  // An underscore inside a word is part of the word.
  if (sign === '_' && word.test(before) && word.test(after)) return false;
  if (on) return !/\s/.test(before);
  if (/\s/.test(after)) return false;
  if (closes(text, at + sign.length, sign)) return true;
  unclosed.add(sign);
  return false;
}

function closes(text: string, from: number, sign: Sign): boolean {
  for (let at = from; at < text.length; at++) {
    const tildes = tildesAt(text, at);
    if (tildes > 0) {
      if (sign === '~~' && tildes === 2 && !/\s/.test(text[at - 1] ?? ' ')) return true;
      at += tildes - 1;
    } else if (text[at] === '\\') at += 1;
    else if (text[at] === '`') at = (codeAt(text, at)?.end ?? at + 1) - 1;
    else if (text.startsWith(sign, at) && !/\s/.test(text[at - 1] ?? ' ')) {
      // For one star, a pair belongs to bold.
      if (sign !== '*' || !text.startsWith('**', at) || text.startsWith('***', at)) return true;
      at += 1;
    }
  }
  return false;
}

function codeAt(text: string, at: number): { text: string; end: number } | null {
  const [fence = ''] = /^`+/.exec(text.slice(at, at + MAX_FENCE)) ?? [];
  for (let end = text.indexOf(fence, at + fence.length); end !== -1; end = text.indexOf(fence, end + 1)) {
    let length = 0;
    while (text[end + length] === '`') length += 1;
    if (length === fence.length) {
      const inner = text.slice(at + fence.length, end);
      const padded = inner.startsWith(' ') && inner.endsWith(' ') && inner.includes('`');
      return { text: padded ? inner.slice(1, -1) : inner, end: end + length };
    }
    end += length - 1;
  }
  return null;
}

function linkAt(text: string, at: number): { text: string; address: string; end: number } | null {
  let end = at + 1;
  for (; end < text.length && text[end] !== ']'; end++) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '[') return null;
    else if (text[end] === '`') end = (codeAt(text, end)?.end ?? end + 1) - 1;
  }
  if (text[end + 1] !== '(') return null;
  const close = text.indexOf(')', end);
  const address = close === -1 ? null : linkAddress(text.slice(end + 2, close));
  return address === null ? null : { text: text.slice(at + 1, end), address, end: close + 1 };
}

const MENTION = new RegExp(
  String.raw`\[@((?:[^[\]\\\n]|\\.){0,${2 * MAX_LABEL}})\]\(peerhold:([a-z]{1,20})/([0-9a-z-]{1,64})\)`,
  'y',
);

function mentionAt(text: string, at: number): { span: Span; end: number } | null {
  MENTION.lastIndex = at;
  const [whole = '', label = '', kind, id] = MENTION.exec(text) ?? [];
  const mention = mentionOf(kind, id);
  if (mention === null) return null;
  return { span: { text: labelText(unescaped(label)), marks: {}, mention }, end: at + whole.length };
}

function merged(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    const apart = last?.mention !== undefined || span.mention !== undefined;
    if (last !== undefined && !apart && JSON.stringify(last.marks) === JSON.stringify(span.marks))
      all[all.length - 1] = { ...last, text: last.text + span.text };
    else all.push(span);
  }
  return all;
}
