import type { Rectangle } from 'electron';
import type { WindowPlace } from '../../../node/profile/settings';

export const DEFAULT_SIZE = { width: 1200, height: 800 } as const;
export const LEAST_SIZE = { width: 360, height: 480 } as const;

/** So much of a window's upper edge has to lie on a screen for a person to take hold of it. */
const HOLD = { width: 120, height: 40 } as const;

/** Where to open the window: where it was, if a screen is still there; else in the middle of the first one, at the size it had, as far as that fits. */
export function placeOf(
  last: WindowPlace | undefined,
  screens: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const home = screens.find((screen) => last !== undefined && canBeHeld(last, screen));
  const screen = home ?? screens[0];
  const wanted = last ?? DEFAULT_SIZE;
  const width = Math.max(LEAST_SIZE.width, Math.min(wanted.width, screen?.width ?? wanted.width));
  const height = Math.max(LEAST_SIZE.height, Math.min(wanted.height, screen?.height ?? wanted.height));
  return last === undefined || home === undefined ? { width, height } : { x: last.x, y: last.y, width, height };
}

function canBeHeld(window: WindowPlace, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  return across >= HOLD.width && window.y >= screen.y && window.y + HOLD.height <= screen.y + screen.height;
}
