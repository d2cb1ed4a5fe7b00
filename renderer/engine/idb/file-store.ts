import type { FileStore, Piece, StoredFile } from '../../../shared/files/ports';
import type { Database } from './database';

const FILES = 'files';
const PIECES = 'pieces';

export function makeFileStores(db: IDBDatabase): void {
  db.createObjectStore(FILES, { keyPath: 'id' });
  // Keys are the file's id and the piece's number.
  db.createObjectStore(PIECES);
}

/** Every key that begins with the id: an array is greater than any number. */
const piecesOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** Files beside the record, a row for each piece. */
export class IdbFileStore implements FileStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async list(): Promise<readonly StoredFile[]> {
    const rows = (await this.#db.readAll<unknown>(FILES, () => undefined)).filter(isRow);
    const pieces = new Map(rows.map(({ id }) => [id, [] as number[]]));
    for (const key of await this.#db.read(PIECES, (store) => store.getAllKeys())) {
      const [id, index] = key as [string, number];
      pieces.get(id)?.push(index);
    }
    return rows.map(({ id, manifest }) => ({ id, manifest, pieces: pieces.get(id)! }));
  }

  async begin(id: string, manifest: Uint8Array): Promise<void> {
    await this.#db.write([FILES], (open) => open(FILES).put({ id, manifest }));
  }

  async put(id: string, pieces: readonly Piece[], safe: boolean): Promise<void> {
    await this.#db.write(
      [PIECES],
      (open) => {
        // A view would be stored with the whole buffer behind it.
        for (const { index, bytes } of pieces) open(PIECES).put(bytes.slice(), [id, index]);
      },
      safe ? 'strict' : 'relaxed',
    );
  }

  async piece(id: string, index: number): Promise<Uint8Array | undefined> {
    const row = await this.#db.read<unknown>(PIECES, (store) => store.get([id, index])).catch(() => undefined);
    return row instanceof Uint8Array ? row : undefined;
  }

  async drop(id: string): Promise<void> {
    await this.#db.write([FILES, PIECES], (open) => {
      open(FILES).delete(id);
      open(PIECES).delete(piecesOf(id));
    });
  }
}

function isRow(row: unknown): row is { readonly id: string; readonly manifest: Uint8Array } {
  if (typeof row !== 'object' || row === null) return false;
  const { id, manifest } = row as Record<string, unknown>;
  return typeof id === 'string' && manifest instanceof Uint8Array;
}
