import { FIRST_WANTED, MAX_KNOWN, MAX_WANTED } from './limits';
import { encodeFilesMessage } from './messages';
import type { PieceSet } from './piece-set';

/** One neighbour's end of a channel, for this kind. */
export interface FilesPipe {
  send(message: Uint8Array, bulk: boolean): void;
  /** Resolves when there is room for more; rejects when the channel has closed. */
  writable(): Promise<void>;
}

/** A piece that a neighbour wants. */
export interface Served {
  readonly id: string;
  readonly piece: number;
  /** Set while it is read, or has been. */
  bytes?: Promise<Uint8Array | undefined>;
}

/** What a neighbour has, what it was asked for, and what it asked for. */
export class Neighbour {
  readonly peer: string;
  readonly pipe: FilesPipe;
  /** Files that it said it has, and which pieces of them. */
  readonly known = new Map<string, PieceSet | 'all'>();
  /** Files about which it asked when they were not whole here. */
  readonly curious = new Set<string>();
  /** Pieces that it wants and has not been sent. */
  readonly serving: Served[] = [];
  pumping = false;
  gone = false;
  /** Pieces that it was asked for and has not sent. */
  readonly #asked = new Set<string>();
  /** How many at once. */
  #window = FIRST_WANTED;
  #stopWatch: (() => void) | null = null;

  constructor(peer: string, pipe: FilesPipe) {
    this.peer = peer;
    this.pipe = pipe;
  }

  get hasRoom(): boolean {
    return this.#asked.size < this.#window;
  }

  say(message: Uint8Array): void {
    if (!this.gone) this.pipe.send(message, false);
  }

  want(id: string, piece: number): void {
    this.#asked.add(`${id} ${piece}`);
    this.say(encodeFilesMessage({ kind: 'want', id, piece }));
  }

  /** Whether it was asked for that; it is then no longer. */
  answered(id: string, piece: number): boolean {
    return this.#asked.delete(`${id} ${piece}`);
  }

  faster(): void {
    this.#window = Math.min(MAX_WANTED, this.#window + 1);
  }

  /** It said nothing for long: what it was asked for is asked of others, and of it nothing before it says again what it has. */
  slow(): void {
    this.#window = FIRST_WANTED;
    this.#asked.clear();
    this.known.clear();
  }

  /** Runs `silent` where nothing comes for long of what it was asked for. Each answer begins that time anew. */
  watch(after: (run: () => void) => () => void, silent: () => void): void {
    this.#stopWatch?.();
    this.#stopWatch = this.#asked.size === 0 || this.gone ? null : after(silent);
  }

  /** Remembers that it wants to hear when a file is whole; the first to be remembered are forgotten first. */
  remember(id: string): void {
    if (this.curious.size >= MAX_KNOWN) this.curious.delete(this.curious.values().next().value!);
    this.curious.add(id);
  }

  end(): void {
    this.gone = true;
    this.#stopWatch?.();
    this.serving.length = 0;
  }
}
