import type { FileStore, Piece, StoredFile } from '../../shared/files/ports';
import type { Change, Level } from './level';

const FILES = 'files/';
const PIECES = 'pieces/';
const DIGITS = 6;

const prefixOf = (id: string): string => `${PIECES}${id}/`;
const keyOf = (id: string, index: number): string => prefixOf(id) + `${index}`.padStart(DIGITS, '0');

/** Files beside the record, a row for each piece. Every write is safe. */
export class LevelFileStore implements FileStore {
  readonly #level: Level;

  constructor(level: Level) {
    this.#level = level;
  }

  async list(): Promise<readonly StoredFile[]> {
    const rows = await this.#level.all(FILES, () => undefined);
    const files = rows.filter(isRow);
    return Promise.all(
      files.map(async ({ id, manifest }) => {
        const keys = await this.#level.keys(prefixOf(id));
        return { id, manifest, pieces: keys.map((key) => Number(key.slice(-DIGITS))) };
      }),
    );
  }

  begin(id: string, manifest: Uint8Array): Promise<void> {
    return this.#level.write([[FILES + id, { id, manifest }]]);
  }

  put(id: string, pieces: readonly Piece[]): Promise<void> {
    return this.#level.write(pieces.map(({ index, bytes }): Change => [keyOf(id, index), bytes]));
  }

  async piece(id: string, index: number): Promise<Uint8Array | undefined> {
    const row = await this.#level.get(keyOf(id, index)).catch(() => undefined);
    return row instanceof Uint8Array ? row : undefined;
  }

  async drop(id: string): Promise<void> {
    const keys = await this.#level.keys(prefixOf(id));
    await this.#level.write([FILES + id, ...keys].map((key): Change => [key, null]));
  }
}

function isRow(row: unknown): row is { readonly id: string; readonly manifest: Uint8Array } {
  if (typeof row !== 'object' || row === null) return false;
  const { id, manifest } = row as Record<string, unknown>;
  return typeof id === 'string' && manifest instanceof Uint8Array;
}
