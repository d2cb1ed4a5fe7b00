import type { PageNode } from '../../../shared/commons/pages';
import { hasTag } from '../../../shared/commons/tags';

/** One visible line of the tree. */
export interface TreeRow {
  readonly id: string;
  readonly title: string;
  /** From 1. */
  readonly level: number;
  /** Place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
  readonly parent: string | null;
  /** Undefined: nothing is under it. */
  readonly expanded: boolean | undefined;
  /** Titles of the pages above, the topmost first, where the line does not stand under them. */
  readonly above?: readonly string[];
}

/** The lines that are visible when the pages in `open` are opened. */
export function visibleRows(tree: readonly PageNode[], open: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (nodes: readonly PageNode[], level: number) => {
    nodes.forEach(({ id, title, parent, children }, index) => {
      const expanded = children.length === 0 ? undefined : open.has(id);
      rows.push({ id, title, level, place: index + 1, siblings: nodes.length, parent, expanded });
      if (expanded === true) add(children, level + 1);
    });
  };
  add(tree, 1);
  return rows;
}

export interface TreeQuery {
  /** As they were typed. */
  readonly words: string;
  /** Null: any. */
  readonly tag: string | null;
}

interface Found {
  readonly page: PageNode;
  readonly above: readonly string[];
}

/** Pages whose title has every word that was typed, and which have the tag, as one flat list in the tree's order. */
export function foundRows(tree: readonly PageNode[], query: TreeQuery, locale: string): readonly TreeRow[] {
  const words = query.words.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean);
  const fits = ({ title, tags }: PageNode): boolean => {
    const text = title.toLocaleLowerCase(locale);
    return words.every((word) => text.includes(word)) && (query.tag === null || hasTag(tags, query.tag));
  };
  const foundIn = (nodes: readonly PageNode[], above: readonly string[]): readonly Found[] =>
    nodes.flatMap((page) => [
      ...(fits(page) ? [{ page, above }] : []),
      ...foundIn(page.children, [...above, page.title]),
    ]);
  const found = foundIn(tree, []);
  return found.map(({ page: { id, title }, above }, index) => ({
    id,
    title,
    above,
    level: 1,
    place: index + 1,
    siblings: found.length,
    parent: null,
    expanded: undefined,
  }));
}

export function allNodes(tree: readonly PageNode[]): readonly PageNode[] {
  return tree.flatMap((node) => [node, ...allNodes(node.children)]);
}

/** The pages above a page, the topmost first; empty for one that is not in the tree. */
export function pathTo(tree: readonly PageNode[], id: string): readonly PageNode[] {
  for (const node of tree) {
    if (node.id === id) return [];
    const below = pathTo(node.children, id);
    if (below.length > 0 || node.children.some((child) => child.id === id)) return [node, ...below];
  }
  return [];
}

export type TreeMove =
  { readonly do: 'focus'; readonly row: number } | { readonly do: 'open' | 'close'; readonly id: string } | null;

/** What a key does in a tree, by the ARIA practices: arrows walk and fold, Home and End jump, letters find a title. */
export function keyMove(rows: readonly TreeRow[], at: number, key: string, rtl: boolean): TreeMove {
  const row = rows[at];
  if (row === undefined) return null;
  const inward = rtl ? 'ArrowLeft' : 'ArrowRight';
  const outward = rtl ? 'ArrowRight' : 'ArrowLeft';
  if (key === 'ArrowDown') return at + 1 < rows.length ? { do: 'focus', row: at + 1 } : null;
  if (key === 'ArrowUp') return at > 0 ? { do: 'focus', row: at - 1 } : null;
  if (key === 'Home') return { do: 'focus', row: 0 };
  if (key === 'End') return { do: 'focus', row: rows.length - 1 };
  if (key === inward) {
    if (row.expanded === false) return { do: 'open', id: row.id };
    return row.expanded === true ? { do: 'focus', row: at + 1 } : null;
  }
  if (key === outward) {
    if (row.expanded === true) return { do: 'close', id: row.id };
    const parent = rows.findIndex(({ id }) => id === row.parent);
    return parent === -1 ? null : { do: 'focus', row: parent };
  }
  if (key.length !== 1 || key === ' ') return null;
  const letter = key.toLocaleLowerCase();
  for (let step = 1; step <= rows.length; step++) {
    const index = (at + step) % rows.length;
    if (rows[index]!.title.toLocaleLowerCase().startsWith(letter)) return { do: 'focus', row: index };
  }
  return null;
}
