import type { DocStore } from '../../shared/commons/ports';
import { PeerholdError } from '../../shared/errors';
import { MemoryStore } from '../../shared/peer/memory-store';
import type { PeerStore } from '../../shared/peer/store';
import type { Chance } from './random';
import type { Life, World } from './world';

interface Write {
  readonly apply: () => Promise<unknown>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A disk that outlives the process. What a write promised is on it; of what was still under way when the power went, a part that only
 * chance knows got there, in order and each write whole.
 */
export class Disk {
  /** Every how many writes one fails; 0: none. */
  faulty = 0;
  /** Ends the process at the n-th write from now; null: never. */
  crashIn: number | null = null;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #durable = new MemoryStore();
  readonly #crash: () => void;
  /** Keys of the facts that were ever put on it. */
  readonly #facts = new Set<string>();
  #pending: Write[] = [];
  #free = 0;
  #slow = 1;

  constructor(world: World, chance: Chance, crash: () => void) {
    this.#world = world;
    this.#chance = chance;
    this.#crash = crash;
  }

  /** The disk as one process sees it. */
  mount(life: Life): PeerStore {
    const durable = this.#durable;
    this.#slow = this.#chance.weighted([
      [1, 6],
      [20, 3],
      [400, 1],
    ]);
    const write = (apply: () => Promise<unknown>) => this.#write(life, apply);
    const docs: DocStore = {
      load: (doc) => durable.docs.load(doc),
      list: () => durable.docs.list(),
      append: (doc, updates) => write(() => durable.docs.append(doc, updates)),
    };
    return {
      docs,
      files: durable.files,
      load: () => durable.load(),
      recall: (key) => durable.recall(key),
      append: (batch) => write(() => durable.append(batch)),
      erase: (refs) => write(() => durable.erase(refs)),
      remember: (key, value) => {
        this.#facts.add(key);
        return write(() => durable.remember(key, value));
      },
    };
  }

  /** Puts on it all that another disk holds at this moment. */
  async copyFrom({ contents, facts }: Disk): Promise<void> {
    for (const batch of await contents.load()) await this.#durable.append(batch);
    for (const doc of await contents.docs.list()) await this.#durable.docs.append(doc, await contents.docs.load(doc));
    for (const key of facts) {
      this.#facts.add(key);
      await this.#durable.remember(key, await contents.recall(key));
    }
  }

  get facts(): readonly string[] {
    return [...this.#facts];
  }

  /** What is on the disk, for whoever restores it elsewhere. */
  get contents(): MemoryStore {
    return this.#durable;
  }

  /** No more trouble with it. */
  mend(): void {
    this.faulty = 0;
    this.crashIn = null;
    this.#slow = 1;
  }

  /** The process has ended. */
  cut(): void {
    const kept = this.#chance.within(0, this.#pending.length);
    for (const { apply } of this.#pending.splice(0).slice(0, kept)) void apply();
    this.#free = this.#world.now;
    this.crashIn = null;
  }

  #write(life: Life, apply: () => Promise<unknown>): Promise<void> {
    // Whoever is dead gets no answer.
    if (!life.alive) return new Promise(() => undefined);
    if (this.faulty > 0 && this.#chance.happens(1 / this.faulty)) {
      const full = this.#chance.happens(0.5);
      return Promise.reject(full ? new PeerholdError('storage-full') : new Error('the disk failed'));
    }
    if (this.crashIn !== null) {
      this.crashIn -= 1;
      if (this.crashIn < 0) {
        this.crashIn = null;
        this.#world.after(this.#chance.pick([0, 0, 1, this.#slow]), this.#crash, life);
      }
    }
    return new Promise((resolve, reject) => {
      this.#pending.push({ apply, resolve, reject });
      this.#free = Math.max(this.#free, this.#world.now + this.#chance.within(0, this.#slow));
      // Not bound to the process: a write that the machine has taken over is done even while the process sleeps.
      this.#world.after(this.#free - this.#world.now, () => life.alive && this.#finish());
    });
  }

  #finish(): void {
    const write = this.#pending.shift();
    write?.apply().then(write.resolve, write.reject);
  }
}
