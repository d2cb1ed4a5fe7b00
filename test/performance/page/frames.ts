/** Milliseconds. */
export interface Frames {
  /** The longest time between two frames. */
  readonly gap: number;
  /** The longest task of the window's thread; 0 where none took 50 ms or more. */
  readonly task: number;
}

/** Watches how free the thread of a window is, from now until it is asked. Handed to pages as it stands: it uses nothing from outside. */
export function watchFrames(): void {
  let last = performance.now();
  let [gap, task] = [0, 0];
  const frame = (): void => {
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) task = Math.max(task, duration);
  }).observe({ type: 'longtask' });
  (window as unknown as { takeFrames: () => Frames }).takeFrames = () => {
    const seen = { gap: Math.max(gap, performance.now() - last), task };
    [gap, task] = [0, 0];
    return seen;
  };
}

/** What was seen since the last time, or since the watch began. */
export const takeFrames = (): Frames => (window as unknown as { takeFrames: () => Frames }).takeFrames();
