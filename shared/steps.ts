/** Work that may be left at each `yield` and gone on with later: over very many rows, for a thread that must not be held up. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** The whole of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
