import type { Clock } from '../../shared/sync/clock';

/** One incarnation of a process: what it set in motion ends with it, and waits while its machine sleeps. */
export class Life {
  alive = true;
  asleep = false;
  readonly held: (() => void)[] = [];

  end(): void {
    this.alive = false;
    this.held.length = 0;
  }
}

interface Due {
  readonly at: number;
  readonly turn: number;
  readonly run: () => void;
  readonly life: Life | undefined;
  cancelled: boolean;
}

/** Simulated time. Nothing in a run happens but by what is due here, one thing after the other, each with all that promises make of it. */
export class World {
  #now = 0;
  #turn = 0;
  #steps = 0;
  readonly #budget: number;
  readonly #heap: Due[] = [];

  /** `budget`: steps after which the run is given up, since it would not come to an end. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get now(): number {
    return this.#now;
  }

  get steps(): number {
    return this.#steps;
  }

  after(delay: number, run: () => void, life?: Life): () => void {
    const due: Due = { at: this.#now + Math.max(0, delay), turn: this.#turn++, run, life, cancelled: false };
    this.#push(due);
    return () => {
      due.cancelled = true;
    };
  }

  clockOf(life: Life): Clock {
    return {
      now: () => this.#now,
      setTimer: (delay, run) => this.after(delay, run, life),
    };
  }

  wake(life: Life): void {
    life.asleep = false;
    for (const run of life.held.splice(0)) this.after(0, run, life);
  }

  /** Runs what is due in the next `time` milliseconds. */
  async pass(time: number): Promise<void> {
    const end = this.#now + time;
    await settle();
    for (let first = this.#heap[0]; first !== undefined && first.at <= end; first = this.#heap[0]) {
      this.#pop();
      if (first.cancelled || first.life?.alive === false) continue;
      this.#now = first.at;
      if (first.life?.asleep === true) {
        first.life.held.push(first.run);
        continue;
      }
      this.#steps += 1;
      if (this.#steps > this.#budget) throw new Error(`no end after ${this.#budget} steps, ${this.#now} ms`);
      first.run();
      await settle();
    }
    this.#now = end;
  }

  #push(due: Due): void {
    const heap = this.#heap;
    heap.push(due);
    let i = heap.length - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!sooner(heap[i]!, heap[up]!)) break;
      [heap[i], heap[up]] = [heap[up]!, heap[i]!];
      i = up;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      let least = i;
      if (left < heap.length && sooner(heap[left]!, heap[least]!)) least = left;
      if (left + 1 < heap.length && sooner(heap[left + 1]!, heap[least]!)) least = left + 1;
      if (least === i) break;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!];
      i = least;
    }
  }
}

function sooner(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}

/** Lets all promises come to rest: with no threads and no real timers they are all done before the next turn of the loop. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
