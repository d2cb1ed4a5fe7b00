import type { PageNode } from '../../../shared/commons/pages';
import { pathTo } from './tree-rows';

/** Where a page is to go: under a page (null: the first level), before one of those there, or last. */
export interface NewPlace {
  readonly parent: string | null;
  readonly before?: string;
}

/** How a page is dropped on a line of the tree: beside the page there, or under it. */
export type Drop = 'before' | 'under' | 'after';

/** Which it is, by how far down the line the pointer is, from 0 to 1. */
export const dropAt = (share: number): Drop => (share < 0.3 ? 'before' : share > 0.7 ? 'after' : 'under');

/** Where a page goes that is dropped on another; null: nowhere, since it is that one or above it. */
export function placeOfDrop(tree: readonly PageNode[], dragged: string, on: string, drop: Drop): NewPlace | null {
  const path = pathTo(tree, on);
  if (dragged === on || path.some(({ id }) => id === dragged)) return null;
  if (drop === 'under') return { parent: on };
  const siblings = path.at(-1)?.children ?? tree;
  const parent = path.at(-1)?.id ?? null;
  if (drop === 'before') return { parent, before: on };
  return placedBehind(siblings, parent, on, dragged);
}

/**
 * Where a page goes by the keys that move it: up and down among its siblings, in under the one before it, out behind the one it is under.
 * Null: it can not go further there.
 */
export function placeByKey(tree: readonly PageNode[], id: string, key: string, rtl: boolean): NewPlace | null {
  const path = pathTo(tree, id);
  const siblings = path.at(-1)?.children ?? tree;
  const parent = path.at(-1)?.id ?? null;
  const at = siblings.findIndex((page) => page.id === id);
  const [earlier, later] = [siblings[at - 1], siblings[at + 1]];
  if (at === -1) return null;
  switch (key) {
    case 'ArrowUp':
      return earlier === undefined ? null : { parent, before: earlier.id };
    case 'ArrowDown':
      return later === undefined ? null : placedBehind(siblings, parent, later.id, id);
    case rtl ? 'ArrowLeft' : 'ArrowRight':
      return earlier === undefined ? null : { parent: earlier.id };
    case rtl ? 'ArrowRight' : 'ArrowLeft':
      return parent === null ? null : placedBehind(path.at(-2)?.children ?? tree, path.at(-2)?.id ?? null, parent, id);
    default:
      return null;
  }
}

function placedBehind(siblings: readonly PageNode[], parent: string | null, behind: string, moved: string): NewPlace {
  const others = siblings.filter(({ id }) => id !== moved);
  const next = others[others.findIndex(({ id }) => id === behind) + 1];
  return { parent, ...(next === undefined ? {} : { before: next.id }) };
}
