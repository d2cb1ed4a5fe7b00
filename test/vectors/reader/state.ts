import { type Value, read } from './cbor';
import { sha256 } from './signature';

export type Row = Readonly<Record<string, Value>>;

/** The rows of a state, as docs/protocol-state.md has them. */
export class Rows {
  readonly #rows = new Map<
    string,
    { readonly table: string; readonly key: string; readonly row: Row; readonly leaf: Buffer }
  >();

  /** Puts rows in the place of those of the same table and key; canonical bytes in hexadecimal digits. */
  put(rows: readonly string[]): void {
    for (const hex of rows) {
      const bytes = Buffer.from(hex, 'hex');
      const [table, key, row] = read(bytes) as readonly [string, string, Row];
      this.#rows.set(`${table} ${key}`, { table, key, row, leaf: sha256('peerhold/row/1\0', bytes) });
    }
  }

  all(): Iterable<{ readonly table: string; readonly key: string; readonly row: Row }> {
    return this.#rows.values();
  }

  in(table: string): readonly Row[] {
    return [...this.#rows.values()].filter((one) => one.table === table).map(({ row }) => row);
  }

  get(table: string, key: string): Row | undefined {
    return this.#rows.get(`${table} ${key}`)?.row;
  }

  get digest(): string {
    return digestOf([...this.#rows.values()].map(({ leaf }) => leaf).sort(Buffer.compare), 0).toString('hex');
  }
}

/** "Digest of the state" of docs/protocol.md: of leaves, ascending, that begin with the same `depth` half-bytes. */
function digestOf(leaves: readonly Buffer[], depth: number): Buffer {
  if (leaves.length <= 16) return sha256(Buffer.of(0), ...leaves);
  const children = Array.from({ length: 16 }, (_none, digit) => {
    const below = leaves.filter((leaf) => parseInt(leaf.toString('hex')[depth]!, 16) === digit);
    return below.length === 0 ? Buffer.alloc(32) : digestOf(below, depth + 1);
  });
  return sha256(Buffer.of(1), ...children);
}
