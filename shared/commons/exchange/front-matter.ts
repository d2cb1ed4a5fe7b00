import { MAX_TITLE } from '../pages';
import { MAX_TAGS, tagText } from '../tags';

/** What a page's file says about the page before its text, as YAML. */
export interface FrontMatter {
  readonly title?: string;
  readonly tags?: readonly string[];
  /** Place among its siblings, from 1. */
  readonly order?: number;
  readonly template?: true;
}

const RULE = '---';
/** Lines that are read. */
const MAX_LINES = 200;
const FIELD = /^([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*))?$/s;

export function withFrontMatter({ title, tags = [], order, template }: FrontMatter, text: string): string {
  return withFields(
    {
      ...(title === undefined ? {} : { title }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(order === undefined ? {} : { order }),
      ...(template === undefined ? {} : { template }),
    },
    text,
  );
}

type Field = string | number | boolean | readonly string[];

/** A text with fields before it, in their order, as YAML. */
export function withFields(fields: Readonly<Record<string, Field>>, text: string): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${written(value)}`);
  return [RULE, ...lines, RULE, '', ...(text === '' ? [] : [text, ''])].join('\n');
}

const written = (value: Field): string =>
  typeof value === 'object' ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]` : JSON.stringify(value);

/** What stands before a text, as far as it is known, and the text; a text without any is one. */
export function readFrontMatter(file: string): { readonly about: FrontMatter; readonly text: string } {
  const lines = file
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const end = lines.slice(0, MAX_LINES).findIndex((line, index) => index > 0 && /^(---|\.\.\.)[ \t]*$/.test(line));
  const inner = lines.slice(1, Math.max(end, 1));
  if (lines[0]?.trimEnd() !== RULE || end < 1 || !inner.every(isYaml)) return { about: {}, text: lines.join('\n') };
  const about: { -readonly [K in keyof FrontMatter]: FrontMatter[K] } = {};
  for (const [index, line] of inner.entries()) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (name === 'title') about.title = scalar(value).slice(0, MAX_TITLE);
    if (name === 'tags') about.tags = tagsOf(value, inner.slice(index + 1));
    if (name === 'order' && /^\d{1,6}$/.test(value.trim())) about.order = Number(value);
    if (name === 'template' && value.trim() === 'true') about.template = true;
  }
  const text = lines.slice(end + 1);
  return { about, text: (text[0] === '' ? text.slice(1) : text).join('\n') };
}

const isYaml = (line: string): boolean => FIELD.test(line) || /^(\s|-\s|#|$)/.test(line);

function tagsOf(value: string, below: readonly string[]): readonly string[] {
  const end = below.findIndex((line) => !/^\s*-\s/.test(line));
  const listed = below.slice(0, end === -1 ? below.length : end).map((line) => line.replace(/^\s*-\s+/, ''));
  const inBrackets = /^\[(.*)\]$/.exec(value.trim())?.[1];
  // Quoted ones first: there a comma is no end.
  const parts =
    inBrackets !== undefined ? (inBrackets.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^,\s][^,]*/g) ?? []) : value.split(',');
  const tags = (value.trim() === '' ? listed : parts).map((part) => tagText(scalar(part)));
  return tags.filter((tag) => tag !== '').slice(0, MAX_TAGS);
}

/** A word with or without quotes. */
function scalar(value: string): string {
  const text = value.trim();
  if (/^'.*'$/s.test(text) && text.length > 1) return text.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/s.test(text)) return text;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'string' ? read : text;
  } catch {
    return text.slice(1, -1);
  }
}
