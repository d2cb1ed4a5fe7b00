import type { Mention } from '../text/schema';
import { type Link, type Links, targetKey } from './links';

/** Links of all texts that are kept; those of a text that comes after are not, and it counts as `cut`. */
const MAX_LINKS = 50_000;

/** Which text links to what, both ways, in memory. Texts are named by keys. */
export class LinkIndex {
  readonly #from = new Map<string, readonly Link[]>();
  readonly #to = new Map<string, Set<string>>();
  readonly #cut = new Set<string>();
  #count = 0;
  #changes = 0;

  /** Grows with every change. */
  get changes(): number {
    return this.#changes;
  }

  /** Texts whose links are not, or not all, in it. */
  get cut(): number {
    return this.#cut.size;
  }

  /** These are the links of a text, in the place of those of before. */
  put(source: string, { links, cut }: Links): void {
    this.drop(source);
    const room = this.#count + links.length <= MAX_LINKS;
    if (cut || !room) this.#cut.add(source);
    if (links.length === 0 || !room) return;
    this.#changes += 1;
    this.#from.set(source, links);
    this.#count += links.length;
    for (const { target } of links) {
      const key = targetKey(target);
      const sources = this.#to.get(key);
      if (sources === undefined) this.#to.set(key, new Set([source]));
      else sources.add(source);
    }
  }

  drop(source: string): void {
    this.#cut.delete(source);
    const links = this.#from.get(source);
    if (links === undefined) return;
    this.#changes += 1;
    this.#from.delete(source);
    this.#count -= links.length;
    for (const { target } of links) {
      const key = targetKey(target);
      const sources = this.#to.get(key);
      sources?.delete(source);
      if (sources?.size === 0) this.#to.delete(key);
    }
  }

  /** The texts that link to something, each with how it does. */
  *to(target: Mention): Generator<readonly [source: string, link: Link]> {
    const key = targetKey(target);
    for (const source of this.#to.get(key) ?? []) {
      const link = this.#from.get(source)?.find((one) => targetKey(one.target) === key);
      if (link !== undefined) yield [source, link];
    }
  }
}
