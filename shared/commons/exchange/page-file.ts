import type { PageNode } from '../pages';
import { labelText } from '../text/schema';
import { unescaped } from '../text/parse-inline';
import { withFrontMatter } from './front-matter';
import { addressFrom } from './layout';
import { rewriteReferences } from './references';

/** What a page's text names, by addresses of this app. */
const PAGE = /^peerhold:page\/([0-9a-z-]{1,64})$/;
const FILE = /^peerhold:file\/([0-9a-f]{64})$/;

/** Where what a text names is found; undefined where it is not in the folder. */
export interface Ways {
  readonly page: (id: string) => string | undefined;
  readonly file: (id: string) => string | undefined;
}

/** A page's file: what is known of the page, and its text, in which links lead to the other files. */
export function pageFile(
  page: Pick<PageNode, 'title' | 'tags' | 'template'>,
  markdown: string,
  order: number,
  path: string,
  ways: Ways,
): string {
  const { title, tags, template } = page;
  return withFrontMatter({ title, tags, order, ...(template ? { template } : {}) }, linkedBy(markdown, path, ways));
}

/** A text of which links lead to other files, by addresses relative to its own path. */
export function linkedBy(markdown: string, path: string, ways: Ways): string {
  return rewriteReferences(markdown, ({ image, label, address }) => {
    const linked = PAGE.exec(address)?.[1];
    const file = FILE.exec(address)?.[1];
    const to = linked !== undefined ? ways.page(linked) : file !== undefined ? ways.file(file) : undefined;
    if (to === undefined) return null;
    const shown = linked === undefined ? label : label.replace(/^@/, '');
    return `${image ? '!' : ''}[${shown}](${addressFrom(path, to)})`;
  });
}

/** The files that a text shows or names, each with what it is called there. */
export function filesIn(markdown: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  rewriteReferences(markdown, ({ label, address }) => {
    const file = FILE.exec(address)?.[1];
    if (file !== undefined && !files.has(file)) files.set(file, labelText(unescaped(label)));
    return null;
  });
  return files;
}
