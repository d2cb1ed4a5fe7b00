import { Parser } from 'htmlparser2';
import { PeerholdError } from '../../errors';

/** An element of a page as HTML, or a text. */
export type HtmlNode = HtmlElement | string;
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: HtmlNode[];
}

/** Elements inside one another; what is further in stands in the last of them. */
const MAX_DEPTH = 100;
/** So many are no page: the parser looks through all that are open for each that ends. */
const MAX_OPEN = 500;
/** Elements and texts of one page; more are not read. */
const MAX_NODES = 200_000;

/** What no text is in, or none that a reader of the page sees. */
const UNSEEN: ReadonlySet<string> = new Set(
  'script style template noscript iframe frame object embed applet svg math canvas audio video select textarea button datalist link meta base'.split(
    ' ',
  ),
);

/** Reads HTML, well formed or not, in time and space linear in its length. Nothing of it is ever run or fetched. Throws `import-too-deep`. */
export function readHtmlTree(html: string): { readonly root: HtmlElement; readonly cut: boolean } {
  const root: HtmlElement = { name: '', attributes: {}, children: [] };
  const open: HtmlElement[] = [root];
  /** Elements that were opened and are not in the tree: too far in, or unseen. */
  let skipped = 0;
  let unseen = 0;
  let count = 0;
  const add = (node: HtmlNode): boolean => {
    count += 1;
    if (count > MAX_NODES) return false;
    open.at(-1)!.children.push(node);
    return true;
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (open.length + skipped + unseen > MAX_OPEN) throw new PeerholdError('import-too-deep');
        if (unseen > 0 || UNSEEN.has(name)) unseen += 1;
        else if (open.length >= MAX_DEPTH) skipped += 1;
        else {
          const element: HtmlElement = { name, attributes, children: [] };
          add(element);
          open.push(element);
        }
      },
      ontext(text) {
        if (unseen > 0) return;
        const children = open.at(-1)!.children;
        const last = children.at(-1);
        // A text comes in pieces.
        if (typeof last === 'string') children[children.length - 1] = last + text;
        else add(text);
      },
      onclosetag() {
        if (unseen > 0) unseen -= 1;
        else if (skipped > 0) skipped -= 1;
        else if (open.length > 1) open.pop();
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  return { root, cut: count > MAX_NODES };
}

/** All text in an element. */
export function textOf(element: HtmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The first element of a name, in the order of the page. */
export function findElement(element: HtmlElement, name: string): HtmlElement | undefined {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    const found = child.name === name ? child : findElement(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
