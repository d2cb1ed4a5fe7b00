import { type RefObject, useLayoutEffect, useState } from 'react';

/** Rows drawn above and below those that are in sight. */
const BEYOND = 6;

export interface FixedRows {
  /** Of the rows to draw, the second not included. */
  readonly first: number;
  readonly end: number;
  /** Brings a row into sight. */
  readonly scrollTo: (index: number) => void;
}

/** Which of `count` rows of one height (in pixels) to draw in an element that scrolls: costs the same for ten rows and a million. */
export function useFixedRows(scroller: RefObject<HTMLElement | null>, count: number, height: number): FixedRows {
  const [sight, setSight] = useState({ first: 0, end: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => {
      const first = Math.floor(element.scrollTop / height);
      const end = Math.ceil((element.scrollTop + element.clientHeight) / height);
      setSight((last) => (last.first === first && last.end === end ? last : { first, end }));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, height]);
  return {
    first: Math.max(0, Math.min(sight.first, count) - BEYOND),
    end: Math.min(count, sight.end + BEYOND),
    scrollTo(index) {
      const element = scroller.current;
      if (element === null) return;
      const [top, bottom] = [index * height, (index + 1) * height];
      if (top < element.scrollTop) element.scrollTo({ top });
      else if (bottom > element.scrollTop + element.clientHeight)
        element.scrollTo({ top: bottom - element.clientHeight });
    },
  };
}
