import { isSound } from '../network/check';
import type { SignedEvent } from '../record/event';
import type { RecordSet } from '../record/record';
import * as shape from '../record/shape';
import type { Clock } from '../sync/clock';
import type { PeerStore } from './store';

const KEY = 'history-check';
/** Events whose signatures are checked in one go: some milliseconds, between which the peer answers whatever else is asked. */
const SLICE = 200;
/** Milliseconds until what the runtime could not check is tried again. */
const RETRY = 5_000;
/** After so many events it is noted how far the check came; a restart repeats what follows. */
const NOTE_EVERY = 4_000;

const note = shape.object({
  next: shape.integer(0, Number.MAX_SAFE_INTEGER),
  /** How many events of the record it is about; null until the record is opened for the first time. */
  until: shape.nullable(shape.integer(0, Number.MAX_SAFE_INTEGER)),
  /** Ids of events that came with a wrong signature, and were not mended. */
  wrong: shape.list(shape.id, Number.MAX_SAFE_INTEGER),
  /** Ids of events of which the disk has first what came wrong and later the right one. */
  mended: shape.list(shape.id, Number.MAX_SAFE_INTEGER),
});
type Note = shape.Of<typeof note>;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface HistoryCheckOptions {
  readonly record: RecordSet;
  readonly store: PeerStore;
  readonly clock: Clock;
  /** Told when it has got on. */
  readonly heard: () => void;
}

/**
 * The signatures behind the seal through which a newcomer came. Hashes lead from the seal's value to each of these events, so they are the
 * ones that were sealed; that their authors signed them is checked afterwards, in the background, across restarts. A hash does not cover
 * the signature beside it: where whoever passed on the history spoiled one, others are asked for it.
 */
export class HistoryCheck {
  readonly #options: HistoryCheckOptions;
  readonly #wrong: Set<string>;
  readonly #mended: Set<string>;
  #until: number;
  #next: number;
  #noted: number;
  #stopped = false;
  #repeated = false;

  private constructor(options: HistoryCheckOptions, { next, until, wrong, mended }: Note & { until: number }) {
    this.#options = options;
    this.#until = until;
    this.#next = next;
    this.#noted = next;
    this.#wrong = new Set(wrong);
    this.#mended = new Set(mended);
  }

  /** To be noted before the first event is stored whose signature was not checked. */
  static due(store: PeerStore): Promise<void> {
    return store.remember(KEY, { next: 0, until: null, wrong: [], mended: [] });
  }

  /** What is left to check of the record that was just opened. Where the disk lost events, places are not what they were, and it begins again. */
  static async recall(options: HistoryCheckOptions, damaged: boolean): Promise<HistoryCheck> {
    const { record, store } = options;
    const known = await recallNote(store);
    const until = Math.min(known.until ?? record.size, record.size);
    // Where it can not be written, the next start finds the note as it was, and checks what came since as well.
    if (known.until === null) await store.remember(KEY, { ...known, until }).catch(() => undefined);
    const next = damaged && known.next < until ? 0 : known.next;
    return new HistoryCheck(options, { ...known, next, until });
  }

  /** Null where all is checked. */
  get progress(): Progress | null {
    return this.#next < this.#until ? { done: this.#next, total: this.#until } : null;
  }

  /** Ids of events whose signature is wrong here: to be asked for. */
  get wrong(): ReadonlySet<string> {
    return this.#wrong;
  }

  /** Never rejects. */
  async run(): Promise<void> {
    const { record, clock, heard } = this.#options;
    while (!this.#stopped && this.#next < this.#until) {
      const slice = record.all().slice(this.#next, Math.min(this.#next + SLICE, this.#until));
      // Where the runtime could not check them, they are checked later: nobody's signature is called wrong for that.
      const sound = await Promise.all(slice.map(isSound)).catch(() => null);
      if (sound === null) {
        await new Promise<void>((resolve) => clock.setTimer(RETRY, resolve));
        continue;
      }
      for (const [index, entry] of slice.entries()) if (!sound[index]!) this.#wrong.add(entry.id);
      this.#next += slice.length;
      await this.#note(sound.includes(false));
      heard();
      await new Promise<void>((resolve) => clock.setTimer(0, resolve));
    }
  }

  /**
   * A neighbour says that a signature which it was sent is wrong: the disk may have changed it since it was checked. Checks all that is
   * here, once in a process, whatever neighbours say. Never rejects.
   */
  async again(): Promise<void> {
    if (this.#repeated || this.progress !== null) return;
    this.#repeated = true;
    this.#until = this.#options.record.size;
    this.#next = 0;
    await this.run();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Of events that came again, takes the signatures that are right in the place of those that were not. Rejects where the disk fails, or with `signature-unchecked`. */
  async mend(events: readonly SignedEvent[]): Promise<void> {
    const { record, store, heard } = this.#options;
    const asked = events.filter(({ id }) => this.#wrong.has(id));
    const sound = await Promise.all(asked.map(isSound));
    const right = asked.filter((_event, index) => sound[index]);
    if (right.length === 0) return;
    await store.append({ events: right.map(({ bytes }) => bytes), texts: [] });
    for (const event of right) {
      record.mend(event);
      this.#wrong.delete(event.id);
      this.#mended.add(event.id);
    }
    await this.#note(true);
    heard();
  }

  async #note(now: boolean): Promise<void> {
    if (!now && this.#next < this.#until && this.#next - this.#noted < NOTE_EVERY) return;
    this.#noted = this.#next;
    const known: Note = { next: this.#next, until: this.#until, wrong: [...this.#wrong], mended: [...this.#mended] };
    // Where it can not be written, a restart checks again from the last note.
    await this.#options.store.remember(KEY, known).catch(() => undefined);
  }
}

/** Stored events with those that were mended in the places of those that came wrong. */
export async function withMended(events: readonly SignedEvent[], store: PeerStore): Promise<readonly SignedEvent[]> {
  const mended = new Set((await recallNote(store)).mended);
  if (mended.size === 0) return events;
  const newest = new Map(events.filter(({ id }) => mended.has(id)).map((event) => [event.id, event]));
  return events.map((event) => newest.get(event.id) ?? event);
}

async function recallNote(store: PeerStore): Promise<Note> {
  const known = await store.recall(KEY);
  if (note(known)) return known;
  // A note that can not be read is a note: better checked once too often.
  return { next: 0, until: known === undefined ? 0 : null, wrong: [], mended: [] };
}
