import { deserialize, serialize } from 'node:v8';
import { ClassicLevel } from 'classic-level';
import { PeerholdError } from '../../shared/errors';
import { makeFolder } from '../profile/folder';

type Rows = ClassicLevel<string, Uint8Array>;
/** One change of a write: null deletes the row. */
export type Change = readonly [key: string, value: unknown];

/**
 * The one place that knows LevelDB: rows of structured-clone data, in the order of their keys. Every write is whole or not at all, and
 * resolves once it would survive a power cut. Errors: `storage-full`, `storage-unavailable`.
 */
export class Level {
  readonly #db: Rows;

  private constructor(db: Rows) {
    this.#db = db;
  }

  /** Opens a folder of rows, making it at the first time. Rejects with `profile-in-use` where another process has it open, `profile-folder`. */
  static async open(folder: string): Promise<Level> {
    try {
      // Keys lie in some of them: nobody else on this machine may read it.
      await makeFolder(folder);
      return new Level(await opened(folder));
    } catch (error) {
      if (!isCorrupt(error)) throw codeOf(error);
      // What can be saved of a damaged index is; a row that is lost is told by who reads it.
      try {
        await ClassicLevel.repair(folder);
        return new Level(await opened(folder));
      } catch (failure) {
        throw codeOf(failure);
      }
    }
  }

  async get(key: string): Promise<unknown> {
    try {
      const value = await this.#db.get(key);
      return value === undefined ? undefined : deserialize(value);
    } catch (error) {
      throw codeOf(error);
    }
  }

  async write(changes: readonly Change[]): Promise<void> {
    const rows = changes.map(([key, value]) =>
      value === null ? ({ type: 'del', key } as const) : ({ type: 'put', key, value: serialize(value) } as const),
    );
    try {
      await this.#db.batch(rows, { sync: true });
    } catch (error) {
      throw codeOf(error);
    }
  }

  /** All rows whose key begins so, in order. For one that can not be read `lost` gives what stands in its place, undefined for nothing. */
  async all(prefix: string, lost: () => unknown): Promise<unknown[]> {
    const rows: unknown[] = [];
    const take = (read: () => unknown): void => {
      try {
        rows.push(read());
      } catch {
        const instead = lost();
        if (instead !== undefined) rows.push(instead);
      }
    };
    try {
      for await (const value of this.#db.values(within(prefix))) take(() => deserialize(value));
      return rows;
    } catch {
      // One unreadable block fails them all: ask for each row by itself.
      rows.length = 0;
      for (const key of await this.keys(prefix)) {
        const value = await this.#db.get(key).catch(() => new Uint8Array());
        take(() => deserialize(value ?? new Uint8Array()));
      }
      return rows;
    }
  }

  async keys(prefix: string): Promise<string[]> {
    try {
      return await this.#db.keys(within(prefix)).all();
    } catch (error) {
      throw codeOf(error);
    }
  }

  /** The last key that begins so. */
  async last(prefix: string): Promise<string | undefined> {
    try {
      const [key] = await this.#db.keys({ ...within(prefix), reverse: true, limit: 1 }).all();
      return key;
    } catch (error) {
      throw codeOf(error);
    }
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}

async function opened(folder: string): Promise<Rows> {
  const db: Rows = new ClassicLevel(folder, { valueEncoding: 'view' });
  await db.open();
  return db;
}

/** Every key that begins so: no key has a character above the last one of Unicode's first plane. */
const within = (prefix: string) => ({ gte: prefix, lt: `${prefix}\uffff` });

function causeOf(error: unknown): { readonly code?: unknown; readonly message?: unknown } {
  const { cause } = error as { readonly cause?: unknown };
  return (cause ?? error) as { readonly code?: unknown; readonly message?: unknown };
}

const isCorrupt = (error: unknown): boolean => causeOf(error).code === 'LEVEL_CORRUPTION';

function codeOf(error: unknown): PeerholdError {
  if (error instanceof PeerholdError) return error;
  const { code, message } = causeOf(error);
  if (code === 'LEVEL_LOCKED') return new PeerholdError('profile-in-use', {}, { cause: error });
  const full = /no space left|ENOSPC|EDQUOT|quota/i.test(`${String(code)} ${String(message)}`);
  return new PeerholdError(full ? 'storage-full' : 'storage-unavailable', {}, { cause: error });
}
