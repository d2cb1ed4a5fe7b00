import { type Marked, clip } from '../search/excerpt';
import { parseMarkdown } from '../text/parse';
import type { Mention, Node, Span } from '../text/schema';

/** Different things of one text whose mentions are noted. */
const MAX_TARGETS = 500;

/** That a text mentions something: where it does so first, and how often. */
export interface Link {
  readonly target: Mention;
  /** The part of the text around the first mention, which is marked. */
  readonly excerpt: Marked;
  readonly times: number;
}

export interface Links {
  readonly links: readonly Link[];
  /** It mentions more than is noted. */
  readonly cut: boolean;
}

export const NO_LINKS: Links = { links: [], cut: false };

/** What is mentioned, as one word. */
export const targetKey = ({ kind, id }: Mention): string => `${kind}/${id}`;

/** What a text mentions, each once, in the text's order. */
export function linksIn(nodes: readonly Node[]): Links {
  const found = new Map<string, { readonly first: Link; times: number }>();
  let cut = false;
  for (const line of linesOf(nodes)) {
    if (!line.some(({ mention }) => mention !== undefined)) continue;
    const text = line.map((span) => span.text.replaceAll('\n', ' ')).join('');
    let at = 0;
    for (const span of line) {
      const from = at;
      at += span.text.length;
      if (span.mention === undefined) continue;
      const key = targetKey(span.mention);
      const known = found.get(key);
      if (known !== undefined) known.times += 1;
      else if (found.size >= MAX_TARGETS) cut = true;
      else found.set(key, { first: { target: span.mention, excerpt: clip(text, from, at), times: 1 }, times: 1 });
    }
  }
  return { links: [...found.values()].map(({ first, times }) => ({ ...first, times })), cut };
}

/** The same of a text as Markdown, which is read only where it has a mention at all. */
export const linksInMarkdown = (markdown: string): Links =>
  markdown.includes('](peerhold:') ? linksIn(parseMarkdown(markdown)) : NO_LINKS;

/** The lines that can have mentions in them. */
function* linesOf(nodes: readonly Node[]): Generator<readonly Span[]> {
  for (const node of nodes) {
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        yield node.spans;
        break;
      case 'blockquote':
      case 'callout':
        yield* linesOf(node.children);
        break;
      case 'bulletList':
      case 'orderedList':
        for (const item of node.items) yield* linesOf(item);
        break;
      case 'taskList':
        for (const item of node.items) yield* linesOf(item.children);
        break;
      case 'table':
        for (const row of node.rows) yield* row;
        break;
      case 'codeBlock':
      case 'horizontalRule':
      case 'image':
      case 'file':
        break;
    }
  }
}
