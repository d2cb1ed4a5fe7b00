import * as Y from 'yjs';
import { isDocId } from './limits';
import { MAX_TAGS, hasTag, tagField, tagText, tagsIn } from './tags';

/** The index of the commons: one document that holds the tree of pages. Each page's text is a document of its own. */
export const COMMONS_DOC = 'commons';
export const pageDoc = (page: string): string => `page:${page}`;
export const discussionDoc = (subject: string): string => `discussion:${subject}`;
/** The name of a page's text in its document. */
export const PAGE_TEXT = 'text';
export const pageText = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(PAGE_TEXT);

export const MAX_TITLE = 200;
/** Pages of one network that are read from the index. */
export const MAX_PAGES = 5_000;

export interface Page {
  readonly id: string;
  readonly title: string;
  /** Null: on the first level. Never a deleted page, never one below this page. */
  readonly parent: string | null;
  readonly order: number;
  /** When it was made, claimed, and by which member. */
  readonly time: number;
  readonly by: string | null;
  readonly deleted: boolean;
  /** New pages can begin as this one is. */
  readonly template: boolean;
  /** Each in its form (`tags.ts`) and once, in the order of their keys. */
  readonly tags: readonly string[];
}

export interface PageNode extends Page {
  readonly children: readonly PageNode[];
}

const pages = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('pages');

/** All pages, deleted ones too, as they stand in the index; whatever another writer put there, each field is of its type. */
export function allPages(doc: Y.Doc): ReadonlyMap<string, Page> {
  const all = new Map<string, Page>();
  for (const [id, value] of pages(doc)) {
    if (all.size >= MAX_PAGES) break;
    const page = readPage(id, value);
    if (page !== null) all.set(id, page);
  }
  return all;
}

/** One page of the index, deleted ones too, its parent as it stands there; null: not one. */
export const pageIn = (doc: Y.Doc, id: string): Page | null => readPage(id, pages(doc).get(id));

function readPage(id: string, value: unknown): Page | null {
  if (!(value instanceof Y.Map) || !isDocId(pageDoc(id))) return null;
  const [title, parent, order, time, by] = ['title', 'parent', 'order', 'time', 'by'].map((key) => value.get(key));
  return {
    id,
    title: typeof title === 'string' ? title.slice(0, MAX_TITLE) : '',
    parent: typeof parent === 'string' ? parent : null,
    order: typeof order === 'number' && Number.isFinite(order) ? order : 0,
    time: typeof time === 'number' && Number.isSafeInteger(time) ? time : 0,
    by: typeof by === 'string' ? by : null,
    deleted: value.get('deleted') === true,
    template: value.get('template') === true,
    tags: tagsIn(value),
  };
}

/**
 * The living pages as a tree, siblings by order, then by id. Two members can each move a page under the other's at the same time:
 * of pages that are under one another, the one with the smallest id is shown on the first level. What is under a deleted page
 * moves up to the next living one.
 */
export function pageTree(doc: Y.Doc): readonly PageNode[] {
  const all = allPages(doc);
  const parents = soundParents(all);
  const children = new Map<string | null, Page[]>();
  for (const page of all.values()) {
    if (page.deleted) continue;
    let parent = parents.get(page.id) ?? null;
    while (parent !== null && all.get(parent)?.deleted === true) parent = parents.get(parent) ?? null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [{ ...page, parent }]);
    else siblings.push({ ...page, parent });
  }
  const build = (parent: string | null): readonly PageNode[] =>
    (children.get(parent) ?? []).sort(byOrder).map((page) => ({ ...page, children: build(page.id) }));
  return build(null);
}

const byOrder = (a: Page, b: Page): number => a.order - b.order || (a.id < b.id ? -1 : 1);

/** Parents with unknown ones left out and every circle opened at its smallest id. */
function soundParents(all: ReadonlyMap<string, Page>): ReadonlyMap<string, string | null> {
  const parents = new Map<string, string | null>();
  for (const { id, parent } of all.values()) parents.set(id, parent !== null && all.has(parent) ? parent : null);
  const done = new Set<string>();
  for (const start of all.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let id: string | null = start;
    while (id !== null && !done.has(id) && !onPath.has(id)) {
      path.push(id);
      onPath.add(id);
      id = parents.get(id) ?? null;
    }
    if (id !== null && onPath.has(id)) parents.set(path.slice(path.indexOf(id)).reduce(smaller), null);
    for (const seen of path) done.add(seen);
  }
  return parents;
}

const smaller = (a: string, b: string): string => (a < b ? a : b);

export interface NewPage {
  readonly id: string;
  readonly title: string;
  readonly parent: string | null;
  readonly by: string | null;
  readonly time: number;
  readonly tags?: readonly string[];
  readonly template?: boolean;
}

/** Adds a page as the last of its siblings. Does nothing where the id is taken. */
export const addPage = (doc: Y.Doc, page: NewPage): void => addPages(doc, [page]);

/** Adds pages in their order, each as the last of its siblings; one that is under another comes after it. */
export function addPages(doc: Y.Doc, added: readonly NewPage[]): void {
  doc.transact(() => {
    /** The last number among the siblings under a page; nothing is under a new one. */
    const last = new Map<string | null, number>();
    for (const { id, title, tags = [], template = false, ...rest } of added) {
      if (pages(doc).has(id)) continue;
      const order = (last.get(rest.parent) ?? siblingsOf(doc, rest.parent).at(-1)?.order ?? 0) + 1;
      last.set(rest.parent, order).set(id, 0);
      const fields = { ...rest, title: title.slice(0, MAX_TITLE), order, ...(template ? { template } : {}) };
      const tagged = tags.map(tagText).filter((tag) => tag !== '');
      const entries = [
        ...Object.entries(fields),
        ...tagged.slice(0, MAX_TAGS).map((tag) => [tagField(tag), tag] as const),
      ];
      pages(doc).set(id, new Y.Map<unknown>(entries));
    }
  });
}

export function renamePage(doc: Y.Doc, id: string, title: string): void {
  set(doc, id, { title: title.slice(0, MAX_TITLE) });
}

/** Puts a page under another (null: first level), before one of its siblings there or last. Does nothing where that made a circle. */
export function movePage(doc: Y.Doc, id: string, parent: string | null, before?: string): void {
  doc.transact(() => {
    if (parent !== null && isUnder(pageTree(doc), parent, id)) return;
    const siblings = siblingsOf(doc, parent).filter((page) => page.id !== id);
    const at = before === undefined ? siblings.length : siblings.findIndex((page) => page.id === before);
    const place = at === -1 ? siblings.length : at;
    const low = siblings[place - 1]?.order ?? (siblings[0]?.order ?? 1) - 1;
    const high = siblings[place]?.order ?? low + 2;
    const order = (low + high) / 2;
    if (order > low && order < high) {
      set(doc, id, { parent, order });
      return;
    }
    // No number left between the two: the siblings are numbered anew.
    const ids = siblings.map((page) => page.id);
    ids.splice(place, 0, id);
    ids.forEach((one, index) => set(doc, one, one === id ? { parent, order: index + 1 } : { order: index + 1 }));
  });
}

/** Hides a page; its text stays, and what is under it moves up. */
export function deletePage(doc: Y.Doc, id: string): void {
  set(doc, id, { deleted: true });
}

export function restorePage(doc: Y.Doc, id: string): void {
  set(doc, id, { deleted: false });
}

/** Whether new pages can begin as this one is. */
export function setTemplate(doc: Y.Doc, id: string, template: boolean): void {
  set(doc, id, { template });
}

/** Puts a tag on a page. Does nothing where the page has it, whatever its case, or has as many as are read. */
export function addTag(doc: Y.Doc, id: string, tag: string): void {
  const text = tagText(tag);
  const tags = pageIn(doc, id)?.tags ?? [];
  if (text !== '' && !hasTag(tags, text) && tags.length < MAX_TAGS) set(doc, id, { [tagField(text)]: text });
}

export function removeTag(doc: Y.Doc, id: string, tag: string): void {
  const row = pages(doc).get(id);
  if (row instanceof Y.Map && row.has(tagField(tag))) row.delete(tagField(tag));
}

function siblingsOf(doc: Y.Doc, parent: string | null): PageNode[] {
  const find = (nodes: readonly PageNode[]): readonly PageNode[] | null => {
    for (const node of nodes) {
      const found = node.id === parent ? node.children : find(node.children);
      if (found !== null) return found;
    }
    return null;
  };
  const tree = pageTree(doc);
  return [...(parent === null ? tree : (find(tree) ?? []))];
}

/** Whether `id` is `above` or somewhere below it. */
function isUnder(tree: readonly PageNode[], id: string, above: string, below = false): boolean {
  return tree.some((node) => {
    const inside = below || node.id === above;
    return (inside && node.id === id) || isUnder(node.children, id, above, inside);
  });
}

function set(doc: Y.Doc, id: string, fields: Readonly<Record<string, unknown>>): void {
  const page = pages(doc).get(id);
  if (!(page instanceof Y.Map)) return;
  doc.transact(() => {
    for (const [key, value] of Object.entries(fields)) if (page.get(key) !== value) page.set(key, value);
  });
}
