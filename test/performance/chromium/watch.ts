import type { Page } from 'playwright-core';
import { type Frames, takeFrames } from '../page/frames';
import { type Row, ms } from '../report';
import { tracedTasks } from './tasks';

/** A task or a time between frames from here on is a long one, and what P8 allows. Milliseconds. */
const LONG = 50;

/**
 * Measures steps in the window and in an idle page at the same time. By the clock a task also takes what others took of the processor
 * meanwhile; whether it would have held up a frame is judged by its own time.
 */
export class Watch {
  readonly rows: Row[] = [];
  readonly #pages: readonly [Page, Page];

  constructor(ours: Page, idle: Page) {
    this.#pages = [ours, idle];
  }

  async during(what: string, step: () => Promise<unknown>): Promise<void> {
    let took = 0;
    const tasks = await tracedTasks(this.#pages[0], async () => {
      await this.#taken();
      const start = performance.now();
      await step();
      took = performance.now() - start;
    });
    const [ours, idle] = await this.#taken();
    this.rows.push({
      figure: 'P8',
      what: `${what} (${ms(took)})`,
      ours: `of the processor's time ${ofTasks(tasks.long, tasks.longest)}; by the clock ${shown(ours)}`,
      floor: `an idle page beside it, by the clock: ${shown(idle)}`,
      target: `no frame over ${LONG} ms caused by it`,
      met: tasks.long === 0,
    });
  }

  async #taken(): Promise<readonly [Frames, Frames]> {
    const [ours, idle] = this.#pages;
    return Promise.all([ours.evaluate(takeFrames), idle.evaluate(takeFrames)]);
  }
}

const many = (length: number, of: string): string => `${length} ${of}${length === 1 ? '' : 's'}`;

const ofTasks = (count: number, longest: number): string =>
  count === 0 ? `no task of ${LONG} ms` : `${many(count, 'task')} of ${LONG} ms or more, longest ${ms(longest)}`;

function shown({ task, tasks, gap, gaps, key }: Frames): string {
  const late = `${many(gaps, 'frame')} after over ${LONG} ms, longest ${ms(gap)}`;
  return `${ofTasks(tasks, task)}; ${late}${key === 0 ? '' : `; key to frame at most ${ms(key)}`}`;
}
