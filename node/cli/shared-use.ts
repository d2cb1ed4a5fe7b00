export interface Use<T> {
  readonly value: T;
  /** Once it is called again, it does nothing more. */
  release(): Promise<void>;
}

/** Something that several use at once: begun for the first of them, ended after the last. */
export class SharedUse<T, Given = void> {
  readonly #begin: (given: Given) => Promise<T>;
  readonly #end: (value: T) => Promise<void>;
  #users = 0;
  #value: Promise<T> | undefined;
  /** What ends has ended before it begins again. */
  #ended: Promise<void> = Promise.resolve();

  constructor(begin: (given: Given) => Promise<T>, end: (value: T) => Promise<void>) {
    this.#begin = begin;
    this.#end = end;
  }

  /** `given` counts only where this is the first. Rejects where it can not begin; the next one then tries again. */
  async take(given: Given): Promise<Use<T>> {
    this.#users += 1;
    const begun = (this.#value ??= this.#ended.then(() => this.#begin(given)));
    try {
      const value = await begun;
      let released: Promise<void> | undefined;
      return { value, release: () => (released ??= this.#leave()) };
    } catch (error) {
      this.#users -= 1;
      if (this.#value === begun) this.#value = undefined;
      throw error;
    }
  }

  #leave(): Promise<void> {
    this.#users -= 1;
    const last = this.#value;
    if (this.#users > 0 || last === undefined) return Promise.resolve();
    this.#value = undefined;
    const ended = last.then((value) => this.#end(value));
    this.#ended = ended.catch(() => undefined);
    return ended;
  }
}
