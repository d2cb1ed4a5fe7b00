import { rm } from 'node:fs/promises';
import type { DocStore, StoredUpdate } from '../../shared/commons/ports';
import type { OpenStore, SeedDoc } from '../../shared/engine/ports';
import type { FileStore } from '../../shared/files/ports';
import type { StoredBatch } from '../../shared/peer/store';
import { LOST_UPDATE, isStoredEvents, isStoredText, isStoredUpdate } from '../../shared/peer/stored-rows';
import { type TextRef, refOf } from '../../shared/record/text';
import { LevelFileStore } from './file-store';
import { type Change, Level } from './level';

/** Batches of events, texts, changes of documents, facts. */
const EVENTS = 'events/';
const TEXTS = 'texts/';
const DOCS = 'docs/';
const FACTS = 'facts/';
const DIGITS = 12;

/** One network's replica in a folder of its own. Events lie in the batches in which they came. */
export class LevelPeerStore implements OpenStore {
  readonly docs: DocStore;
  readonly files: FileStore;
  readonly #level: Level;
  #next: number;

  private constructor(level: Level, next: number) {
    this.#level = level;
    this.#next = next;
    this.docs = new LevelDocStore(level);
    this.files = new LevelFileStore(level);
  }

  static async open(folder: string): Promise<LevelPeerStore> {
    const level = await Level.open(folder);
    return new LevelPeerStore(level, await nextOf(level, EVENTS));
  }

  /** Deletes everything that is stored of a network. It must not be open. */
  static drop(folder: string): Promise<void> {
    return rm(folder, { recursive: true, force: true });
  }

  async load(onDamaged: () => void = () => undefined): Promise<readonly StoredBatch[]> {
    const rowsOf = async <T>(prefix: string, isRow: (row: unknown) => row is T): Promise<T[]> => {
      const rows = await this.#level.all(prefix, () => {
        onDamaged();
        return undefined;
      });
      return rows.filter((row): row is T => {
        if (isRow(row)) return true;
        onDamaged();
        return false;
      });
    };
    const batches = await rowsOf(EVENTS, isStoredEvents);
    const texts = await rowsOf(TEXTS, isStoredText);
    if (batches.length === 0) return texts.length === 0 ? [] : [{ events: [], texts }];
    return batches.map((events, index) => ({ events, texts: index === 0 ? texts : [] }));
  }

  async append({ events, texts }: StoredBatch): Promise<void> {
    // All that can fail by its content comes first: a batch is kept whole or not at all.
    const changes: Change[] = texts.map((text) => [TEXTS + refOf(text), text]);
    if (events.length > 0) changes.push([keyOf(EVENTS, this.#next++), events]);
    await this.#level.write(changes);
  }

  async erase(refs: readonly TextRef[]): Promise<void> {
    await this.#level.write(refs.map((ref) => [TEXTS + ref, null]));
  }

  recall(key: string): Promise<unknown> {
    return this.#level.get(FACTS + key);
  }

  async remember(key: string, value: unknown): Promise<void> {
    await this.#level.write([[FACTS + key, value]]);
  }

  async seed(docs: readonly SeedDoc[]): Promise<void> {
    await this.#level.write(
      docs.flatMap(({ doc, updates }) =>
        updates.map((update, index): Change => [keyOf(prefixOf(doc), index), storedUpdate(update)]),
      ),
    );
  }

  close(): Promise<void> {
    return this.#level.close();
  }
}

class LevelDocStore implements DocStore {
  readonly #level: Level;
  /** By document. */
  readonly #next = new Map<string, number>();

  constructor(level: Level) {
    this.#level = level;
  }

  async load(doc: string): Promise<readonly StoredUpdate[]> {
    const rows = await this.#level.all(prefixOf(doc), () => null);
    return rows.map((row) => (isStoredUpdate(row) ? row : LOST_UPDATE));
  }

  async append(doc: string, updates: readonly StoredUpdate[]): Promise<void> {
    const prefix = prefixOf(doc);
    const number = this.#next.get(doc) ?? (await nextOf(this.#level, prefix));
    this.#next.set(doc, number + updates.length);
    await this.#level.write(updates.map((update, index) => [keyOf(prefix, number + index), storedUpdate(update)]));
  }

  async list(): Promise<readonly string[]> {
    const docs = new Set<string>();
    for (const key of await this.#level.keys(DOCS)) docs.add(decodeURIComponent(key.split('/')[1]!));
    return [...docs];
  }
}

const storedUpdate = ({ bytes, member, time, anew }: StoredUpdate): StoredUpdate => ({
  ...{ bytes, member, time },
  ...(anew === undefined ? {} : { anew }),
});

/** A name in a key holds no slash, so that one name's keys are nobody else's prefix. */
const prefixOf = (doc: string): string => `${DOCS}${encodeURIComponent(doc)}/`;
const keyOf = (prefix: string, number: number): string => prefix + `${number}`.padStart(DIGITS, '0');

/** After the last number among the keys that begin so. */
async function nextOf(level: Level, prefix: string): Promise<number> {
  const last = await level.last(prefix);
  return last === undefined ? 0 : Number(last.slice(-DIGITS)) + 1;
}
