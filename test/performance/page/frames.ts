/** Milliseconds, but for the counts. */
export interface Frames {
  /** The longest time between two frames. */
  readonly gap: number;
  /** Times between two frames that were over `LONG`. */
  readonly gaps: number;
  /** The longest task of the window's thread; 0 where none took 50 ms or more. */
  readonly task: number;
  /** Tasks that long. */
  readonly tasks: number;
  /** The longest time from a key's press to the frame that shows it; 0 where none took 16 ms or more. */
  readonly key: number;
}

/** Watches how free the thread of a window is, from now until it is asked. Handed to pages as it stands: it uses nothing from outside. */
export function watchFrames(): void {
  const LONG = 50;
  let last = performance.now();
  let [gap, gaps, task, tasks, key] = [0, 0, 0, 0, 0];
  const noteGap = (now: number): void => {
    gap = Math.max(gap, now - last);
    if (now - last > LONG) gaps += 1;
    last = now;
  };
  const frame = (): void => {
    noteGap(performance.now());
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const noteTasks = (entries: PerformanceEntryList): void => {
    for (const { duration } of entries) {
      task = Math.max(task, duration);
      tasks += 1;
    }
  };
  const noteKeys = (entries: PerformanceEntryList): void => {
    for (const { name, duration } of entries) if (name.startsWith('key')) key = Math.max(key, duration);
  };
  const longTasks = new PerformanceObserver((list) => noteTasks(list.getEntries()));
  longTasks.observe({ type: 'longtask' });
  const events = new PerformanceObserver((list) => noteKeys(list.getEntries()));
  const ofKeys = { type: 'event', durationThreshold: 16 };
  events.observe(ofKeys);
  (window as unknown as { takeFrames: () => Frames }).takeFrames = () => {
    noteGap(performance.now());
    noteTasks(longTasks.takeRecords());
    noteKeys(events.takeRecords());
    const seen = { gap, gaps, task, tasks, key };
    [gap, gaps, task, tasks, key] = [0, 0, 0, 0, 0];
    return seen;
  };
}

/** What was seen since the last time, or since the watch began. */
export const takeFrames = (): Frames => (window as unknown as { takeFrames: () => Frames }).takeFrames();
