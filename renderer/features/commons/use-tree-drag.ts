import { useState } from 'react';
import type { PageNode } from '../../../shared/commons/pages';
import type { Dragging } from './tree-line';
import { type Drop, type NewPlace, placeOfDrop } from './tree-moves';
import type { TreeRow } from './tree-rows';

interface Over {
  readonly row: string;
  readonly drop: Drop;
  readonly to: NewPlace;
}

/** Pages dragged in the tree: what each of its lines needs for it. Null where `move` is. */
export function useTreeDrag(
  tree: readonly PageNode[],
  rows: readonly TreeRow[],
  move: ((id: string, to: NewPlace) => void) | null,
): ((index: number, onStart: () => void) => Dragging) | null {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  if (move === null) return null;
  const end = (): void => {
    setDragged(null);
    setOver(null);
  };
  const placeOn = (index: number, drop: Drop): NewPlace | null => {
    const [row, next] = [rows[index], rows[index + 1]];
    if (dragged === null || row === undefined) return null;
    // Below an opened page is before the first one under it.
    if (drop === 'after' && row.expanded === true && next !== undefined)
      return placeOfDrop(tree, dragged, next.id, 'before');
    return placeOfDrop(tree, dragged, row.id, drop);
  };
  return (index, onStart) => {
    const id = rows[index]?.id ?? '';
    return {
      drop: over?.row === id ? over.drop : null,
      onStart: () => {
        onStart();
        setDragged(id);
      },
      onOver: (drop) => {
        const to = placeOn(index, drop);
        if (to === null) setOver(null);
        else if (over?.row !== id || over.drop !== drop) setOver({ row: id, drop, to });
        return to !== null;
      },
      onDrop: () => {
        if (dragged !== null && over !== null) move(dragged, over.to);
        end();
      },
      onEnd: end,
    };
  };
}
