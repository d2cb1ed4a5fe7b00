import { sameValue } from '../network/agreement/changes';
import type { PlaceKind } from './contract';

/** Found places that are tried at once. */
const MAX_FOUND = 4;

/** The signalling servers that an installation knows of, whichever network it meets there. */
export class Places {
  readonly #changed: () => void;
  #own: readonly string[] = [];
  #found: readonly string[] = [];
  readonly #added = new Set<{ readonly address: string }>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Addresses of this installation's own. */
  get own(): readonly string[] {
    return this.#own;
  }

  set own(addresses: readonly string[]) {
    this.#own = addresses;
    this.#changed();
  }

  /** Addresses of others' that were found around here, for as long as they are found. */
  set found(addresses: readonly string[]) {
    const found = addresses.slice(0, MAX_FOUND);
    if (sameValue(found, this.#found)) return;
    this.#found = found;
    this.#changed();
  }

  /** One that somebody names, until what this gives is called. */
  add(address: string): () => void {
    const added = { address };
    this.#added.add(added);
    this.#changed();
    return () => {
      if (this.#added.delete(added)) this.#changed();
    };
  }

  /** One's own and those around here first, and those that an invite named last, since many of them are of yesterday. */
  before(others: readonly string[]): readonly string[] {
    const added = [...this.#added].map(({ address }) => address);
    return [...new Set([...this.#own.slice(0, 1), ...added, ...this.#found, ...others])];
  }

  /** Where these are from, as far as that has a name. */
  kindsOf(addresses: readonly string[], listed: readonly string[]): ReadonlyMap<string, PlaceKind> {
    const added = new Set([...this.#added].map(({ address }) => address));
    const kinds = new Map<string, PlaceKind>();
    for (const address of addresses) {
      if (this.#own.includes(address)) kinds.set(address, 'own');
      else if (this.#found.includes(address)) kinds.set(address, 'found');
      else if (listed.includes(address)) kinds.set(address, 'listed');
      else if (!added.has(address)) kinds.set(address, 'invite');
    }
    return kinds;
  }
}
