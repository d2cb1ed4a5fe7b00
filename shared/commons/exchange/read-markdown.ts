import { unescaped } from '../text/parse-inline';
import { parseMarkdown } from '../text/parse';
import { type Node, labelText, linkAddress } from '../text/schema';
import { escaped, reference } from '../text/write-inline';
import { markdownOf } from '../text/write';
import { type FrontMatter, readFrontMatter } from './front-matter';
import { rewriteReferences } from './references';

/** What an address in a file leads to among what is imported with it. */
export type Target = { readonly page: string } | { readonly file: string };

/** Finds what an address leads to; undefined: nothing that is imported. Of a file it notes that it is used. */
export type Resolve = (address: string) => Target | undefined;

/** What was read of one file. */
export interface ReadPage extends FrontMatter {
  /** Canonical. */
  readonly markdown: string;
}

/** Reads a Markdown file as a page. What this app does not know of Markdown stays as it is written. */
export function readMarkdownPage(content: string, resolve: Resolve): ReadPage {
  const { about, text } = readFrontMatter(content);
  const known = rewriteReferences(text, ({ image, label, address, alone, plain }) => {
    // A picture that is elsewhere is only linked: behind a sign that anyone may have written before a link.
    if (address.startsWith('peerhold:') || linkAddress(address) !== null) return null;
    const target = resolve(address);
    if (target === undefined) return isElsewhere(address) ? withoutLink(image, label, address) : null;
    const shown = safeLabel(label);
    if ('page' in target) return `${image ? '!' : ''}[@${shown}](peerhold:page/${target.page})`;
    const block = `${image ? '!' : ''}[${shown}](peerhold:file/${target.file})`;
    if (alone) return block;
    // A picture is a block of its own here, and in a line of a list or a table there is none.
    return image && plain ? `\n\n${block}\n\n` : label;
  });
  const nodes = parseMarkdown(known);
  const [first] = nodes;
  const heading = first?.type === 'heading' && first.level === 1 ? wordsOf(first) : '';
  if (about.title !== undefined || heading === '') return { ...about, markdown: markdownOf(nodes) };
  return { ...about, title: heading, markdown: markdownOf(nodes.slice(1)) };
}

const wordsOf = (node: Node & { readonly type: 'heading' }): string =>
  node.spans
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** An address with a scheme that no link may have here: it is said, and leads nowhere. */
const isElsewhere = (address: string): boolean => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);

/** Of scripts and contents in addresses nothing is kept. */
const withoutLink = (image: boolean, label: string, address: string): string =>
  /^(https?|ftp):/i.test(address) && (image || address.startsWith('http:') || address.startsWith('ftp:'))
    ? `${label} (${escaped(address.slice(0, 2_000))})`
    : label;

const LABEL = /^(?:[^[\]\\\n]|\\.)*$/;

/** A label as a mention and a file may have it: without marks, which it can not show. */
function safeLabel(label: string): string {
  const bare = label.replace(/\\.|[*_`~]+/g, (sign) => (sign.startsWith('\\') ? sign : ''));
  if (LABEL.test(bare) && labelText(unescaped(bare)) === unescaped(bare)) return bare;
  const [, written = ''] = /^\[(.*)\]\(peerhold:\)$/s.exec(reference(unescaped(bare), '')) ?? [];
  return written.replaceAll('|', '\\|');
}
