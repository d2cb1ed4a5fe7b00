import type { CDPSession, Page } from 'playwright-core';

/** The tasks of a window's thread, in milliseconds of the processor's time: what others on a busy machine take of it is not in them. */
export interface Tasks {
  readonly longest: number;
  /** How many took 50 ms or more. */
  readonly long: number;
}

const LONG = 50;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Traces the tasks of a page's thread while something happens. */
export async function tracedTasks(page: Page, during: () => Promise<void>): Promise<Tasks> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'], excludedCategories: ['*'] },
  });
  try {
    await during();
  } finally {
    await ended(session);
  }
  const main = events.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const times = events
    .filter(({ name, tid, pid }) => name === 'RunTask' && tid === main?.tid && pid === main?.pid)
    .map(({ tdur = 0 }) => tdur / 1_000);
  if (times.length === 0) throw new Error('no task of the window was traced');
  return {
    longest: times.reduce((most, time) => Math.max(most, time), 0),
    long: times.filter((time) => time >= LONG).length,
  };
}

async function ended(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
}
