/** What happens when, in the story: collected in any order, run in order of time. */
export class Timeline {
  readonly #steps: { readonly time: number; readonly run: () => Promise<unknown> }[] = [];

  at(time: number, run: () => Promise<unknown>): void {
    this.#steps.push({ time, run });
  }

  /** Runs every step; `before` is told the step's time, and how many are done. */
  async run(before: (time: number, done: number, total: number) => void): Promise<void> {
    const steps = [...this.#steps].sort((a, b) => a.time - b.time);
    for (const [index, { time, run }] of steps.entries()) {
      before(time, index, steps.length);
      await run();
    }
  }
}
