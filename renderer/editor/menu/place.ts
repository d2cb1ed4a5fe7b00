/** Pixels between a list and what it stands by, and to the window's edge. */
const GAP = 6;
const WIDEST = 352;
const HIGHEST = 320;

export interface Place {
  readonly left: number;
  readonly width: number;
  readonly maxHeight: number;
  /** Distance from the window's top, or from its bottom where the list stands above. */
  readonly top?: number;
  readonly bottom?: number;
}

/** Where a list at the caret has room: below it, or above where there is more. All in pixels of the window. */
export function placeFor(
  caret: { readonly left: number; readonly top: number; readonly bottom: number },
  window: { readonly width: number; readonly height: number },
): Place {
  const width = Math.min(WIDEST, window.width - 2 * GAP);
  const left = Math.max(GAP, Math.min(caret.left, window.width - width - GAP));
  const below = window.height - caret.bottom - 2 * GAP;
  const above = caret.top - 2 * GAP;
  const isBelow = below >= Math.min(HIGHEST, above);
  const maxHeight = Math.max(64, Math.min(HIGHEST, isBelow ? below : above));
  return isBelow
    ? { left, width, maxHeight, top: caret.bottom + GAP }
    : { left, width, maxHeight, bottom: window.height - caret.top + GAP };
}
