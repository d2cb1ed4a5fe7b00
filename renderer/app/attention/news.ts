import { type Need, needKey } from '../../../shared/network/needs/needs';

/** What needs the person in all their networks, and what of it they have neither seen nor been told. */
export class News {
  readonly #needs = new Map<string, ReadonlyMap<string, Need>>();
  readonly #untold = new Map<string, Map<string, Need>>();

  /** All that a network needs of the person now. What it needs when it is first looked at is no news. */
  take(network: string, needs: readonly Need[]): void {
    const before = this.#needs.get(network);
    const now = new Map(needs.map((need) => [needKey(need), need]));
    this.#needs.set(network, now);
    const untold = new Map([...(this.#untold.get(network) ?? [])].filter(([key]) => now.has(key)));
    if (before !== undefined) for (const [key, need] of now) if (!before.has(key)) untold.set(key, need);
    this.#untold.set(network, untold);
  }

  /** A network that is not watched any more. */
  drop(network: string): void {
    this.#needs.delete(network);
    this.#untold.delete(network);
  }

  /** How many things need the person. */
  get count(): number {
    let count = 0;
    for (const needs of this.#needs.values()) count += needs.size;
    return count;
  }

  /** The person looks at the app. */
  seen(): void {
    for (const untold of this.#untold.values()) untold.clear();
  }

  /** What is to be told, by network; it counts as told from then on. */
  tell(): readonly { readonly network: string; readonly needs: readonly Need[] }[] {
    const told = [...this.#untold]
      .filter(([, untold]) => untold.size > 0)
      .map(([network, untold]) => ({ network, needs: [...untold.values()] }));
    this.seen();
    return told;
  }
}
