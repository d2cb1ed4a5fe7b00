const BITS = 9;
/** Places in a block. */
const BLOCK = 1 << BITS;
const WITHIN = BLOCK - 1;

/** A row under its key; undefined where one was deleted. */
type Place<V> = [key: string, row: V] | undefined;
/** Rows that stay as they are. */
export type Block<V> = readonly Place<V>[];

/** Where rows are, in a table and all that were made from one another before it. */
interface Index {
  /** By key: the number of the row's place in the newest of them. */
  readonly places: Map<string, number>;
  newest: MirrorTable<unknown> | null;
}

/**
 * A table that stays as it is, its rows in the order of a `Map`. The next one is made by a `TableDraft` and shares with it all blocks of
 * rows in which nothing changed: one row more in 100,000 costs a block, and what was found in the other blocks still holds (`per-block.ts`).
 */
export class MirrorTable<V> implements ReadonlyMap<string, V> {
  readonly blocks: readonly Block<V>[];
  readonly size: number;
  readonly index: Index;

  /** An empty one; others come of drafts. */
  constructor(
    blocks: readonly Block<V>[] = [],
    size = 0,
    index: Index = { places: new Map<string, number>(), newest: null },
  ) {
    this.blocks = blocks;
    this.size = size;
    this.index = index;
    index.newest = this;
  }

  get(key: string): V | undefined {
    return this.#find(key)?.[1];
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  #find(key: string): Place<V> {
    const number = this.index.places.get(key);
    const place = number === undefined ? undefined : this.blocks[number >> BITS]?.[number & WITHIN];
    if (place?.[0] === key) return place;
    if (this.index.newest === this) return undefined;
    // The row may have been elsewhere than it is in the newest table. Hardly anything reads one that is not shown any more.
    for (const block of this.blocks) for (const one of block) if (one?.[0] === key) return one;
    return undefined;
  }

  forEach(each: (row: V, key: string, table: ReadonlyMap<string, V>) => void): void {
    for (const [key, row] of this.entries()) each(row, key, this);
  }

  *entries(): Generator<[string, V], undefined> {
    for (const block of this.blocks) for (const place of block) if (place !== undefined) yield place;
  }

  *keys(): Generator<string, undefined> {
    for (const block of this.blocks) for (const place of block) if (place !== undefined) yield place[0];
  }

  *values(): Generator<V, undefined> {
    for (const block of this.blocks) for (const place of block) if (place !== undefined) yield place[1];
  }

  [Symbol.iterator](): Generator<[string, V], undefined> {
    return this.entries();
  }
}

/** A table in the making, from the newest one. There is one draft of it at a time; a draft that is given up leaves all as it was. */
export class TableDraft<V> {
  readonly #index: Index;
  /** Whether nobody reads by this index yet. */
  readonly #isNew: boolean;
  readonly #blocks: Place<V>[][];
  /** Numbers of the blocks that are no other table's. */
  readonly #own = new Set<number>();
  /** What becomes of the index when this is done; undefined for rows that are deleted. */
  readonly #moved = new Map<string, number | undefined>();
  #length: number;
  #size: number;

  constructor(before: MirrorTable<V>) {
    this.#isNew = before.size === 0;
    this.#index = this.#isNew ? { places: new Map(), newest: null } : before.index;
    this.#blocks = this.#isNew ? [] : ([...before.blocks] as Place<V>[][]);
    this.#length = Math.max(0, this.#blocks.length - 1) * BLOCK + (this.#blocks.at(-1)?.length ?? 0);
    this.#size = before.size;
  }

  set(key: string, row: V): void {
    const known = this.#placeOf(key);
    const place = known ?? this.#length++;
    this.#put(place, [key, row]);
    if (known !== undefined) return;
    this.#note(key, place);
    this.#size += 1;
  }

  delete(key: string): void {
    const place = this.#placeOf(key);
    if (place === undefined) return;
    this.#put(place, undefined);
    this.#note(key, undefined);
    this.#size -= 1;
  }

  done(): MirrorTable<V> {
    if (this.#length > 2 * this.#size + BLOCK) return this.#tidied();
    const { places } = this.#index;
    for (const [key, place] of this.#moved) {
      if (place === undefined) places.delete(key);
      else places.set(key, place);
    }
    return new MirrorTable(this.#blocks, this.#size, this.#index);
  }

  #placeOf(key: string): number | undefined {
    return this.#moved.has(key) ? this.#moved.get(key) : this.#index.places.get(key);
  }

  #note(key: string, place: number | undefined): void {
    if (!this.#isNew) this.#moved.set(key, place);
    else if (place === undefined) this.#index.places.delete(key);
    else this.#index.places.set(key, place);
  }

  #put(place: number, row: Place<V>): void {
    const number = place >> BITS;
    let block = this.#blocks[number];
    if (!this.#own.has(number)) {
      block = block === undefined ? [] : [...block];
      this.#blocks[number] = block;
      this.#own.add(number);
    }
    block![place & WITHIN] = row;
  }

  /** Without the places of deleted rows, of which there are more than of others. */
  #tidied(): MirrorTable<V> {
    const tidied = new TableDraft<V>(new MirrorTable());
    for (const block of this.#blocks) for (const place of block) if (place !== undefined) tidied.set(...place);
    return tidied.done();
  }
}
