/** The smallest event source: who listens, and telling them. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  /** Returns the removal. */
  add(listener: (value: T) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.#all]) listener(value);
  }
}
