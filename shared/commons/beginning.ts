import type * as Y from 'yjs';
import { type Attachment, attach, attachments } from './attachments';
import { pageText } from './pages';
import { canonicalText, textToFragment } from './text/canonical';

/** What a new page begins with: a text, or what another page has now. */
export type Beginning = { readonly markdown: string } | { readonly page: string };

/** A page's text and the files that it names. */
export interface PageContent {
  readonly markdown: string;
  readonly files: readonly Attachment[];
}

export const contentOf = (doc: Y.Doc): PageContent => ({
  markdown: canonicalText(pageText(doc)),
  files: attachments(doc),
});

/** Puts a content into a page's document. Does nothing where there is a text already. */
export function fill(doc: Y.Doc, { markdown, files }: PageContent): void {
  if (pageText(doc).length > 0) return;
  doc.transact(() => {
    textToFragment(markdown, pageText(doc));
    for (const file of files) attach(doc, file);
  });
}
