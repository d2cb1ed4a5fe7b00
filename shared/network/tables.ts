import { StateDigest } from './digest/digest';
import { type Change, type Rows, type State, type TableName, emptyState } from './state';

/**
 * The fold's tables with an undo log. A late event sorts into the middle of the order; undoing back to its place and folding
 * on from there costs what changed since, not the whole history. A refused event is undone the same way, so it leaves nothing half done.
 */
export class Tables {
  readonly #state = emptyState();
  /** The undo log in columns: a step, of which there are several for each event, then costs no object of its own. */
  readonly #undone: { readonly tables: TableName[]; readonly keys: string[]; readonly rows: unknown[] } = {
    tables: [],
    keys: [],
    rows: [],
  };
  /** Length of the undo log up to which `takeChanges` has told what changed. */
  #taken = 0;
  /** What has changed since beside what stands in the log after that: rows undone of which it had told, and rows made final. */
  readonly #touched = new Map<TableName, Set<string>>();
  /** Null until somebody asks: whoever does not seal need not keep it. */
  #digest: StateDigest | null = null;

  /** For reading; only `set` changes it. */
  get state(): State {
    return this.#state;
  }

  /** A point to `rollback` to. */
  get mark(): number {
    return this.#undone.tables.length;
  }

  get<N extends TableName>(table: N, key: string): Rows[N] | undefined {
    return this.#state[table].get(key);
  }

  set<N extends TableName>(table: N, key: string, row: Rows[N]): void {
    const rows: Map<string, Rows[N]> = this.#state[table];
    const before = rows.get(key);
    this.#undone.tables.push(table);
    this.#undone.keys.push(key);
    this.#undone.rows.push(before);
    this.#digest?.touch(table, key, before);
    rows.set(key, row);
  }

  rollback(mark: number): void {
    const { tables, keys, rows: before } = this.#undone;
    while (tables.length > mark) {
      const table = tables.pop()!;
      const key = keys.pop()!;
      const row = before.pop();
      const rows = this.#state[table] as Map<string, unknown>;
      this.#digest?.touch(table, key, rows.get(key));
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
      if (tables.length < this.#taken) this.#touch(table, key);
    }
    this.#taken = Math.min(this.#taken, mark);
  }

  /** Hex of the digest of all rows. */
  get digest(): string {
    this.#digest ??= new StateDigest(this.#state);
    return this.#digest.of(this.#state);
  }

  /** What is set by now can not be undone any more. */
  forgetUndo(): void {
    this.#touchLogged();
    this.#taken = 0;
    for (const column of Object.values(this.#undone)) column.length = 0;
  }

  /** Every row that changed since the last call, as it now is. */
  takeChanges(): Change[] {
    this.#touchLogged();
    const changes: Change[] = [];
    for (const [table, keys] of this.#touched) {
      for (const key of keys) changes.push({ table, key, row: this.#state[table].get(key) } as Change);
    }
    this.#touched.clear();
    return changes;
  }

  #touchLogged(): void {
    const { tables, keys } = this.#undone;
    for (; this.#taken < tables.length; this.#taken += 1) this.#touch(tables[this.#taken]!, keys[this.#taken]!);
  }

  #touch(table: TableName, key: string): void {
    const keys = this.#touched.get(table);
    if (keys === undefined) this.#touched.set(table, new Set([key]));
    else keys.add(key);
  }
}
