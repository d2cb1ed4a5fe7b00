import type * as Y from 'yjs';
import { parseMarkdown } from './parse';
import { readNodes } from './fragment';
import { writeNodes } from './fragment-write';
import { markdownOf } from './write';

/** The canonical Markdown of a document's text, without a line end at its end; what a proposal binds by hash. */
export function canonicalText(fragment: Y.XmlFragment): string {
  return markdownOf(readNodes(fragment));
}

/** Replaces a document's text by what the Markdown says, as one transaction. */
export function textToFragment(markdown: string, fragment: Y.XmlFragment): void {
  const replace = () => {
    if (fragment.length > 0) fragment.delete(0, fragment.length);
    writeNodes(fragment, parseMarkdown(markdown));
  };
  if (fragment.doc === null) replace();
  else fragment.doc.transact(replace);
}
