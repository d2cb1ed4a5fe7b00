import { type Change, type State, TABLES, type TableName } from '../../shared/network/state';
import type { Draft, TextRef } from '../../shared/record/text';
import type { Action, EventType, Payloads } from '../../shared/network/events';
import type { EngineEvent, NetworkStatus } from '../../shared/engine/contract';
import type { WindowCalls } from '../engine/calls';
import { MirrorTable, TableDraft } from './mirror/table';

/** The open network as the screens see it: the mirror of the engine's state and where its sync stands. */
export interface NetworkSnapshot {
  readonly id: string;
  readonly state: State;
  readonly status: NetworkStatus;
}

const UNKNOWN: NetworkStatus = {
  me: null,
  online: true,
  meeting: null,
  peers: [],
  refusals: [],
  delivery: [],
  events: 0,
  sealed: null,
  unsealed: 0,
  pending: 0,
  historyCheck: null,
  problem: null,
  diverged: [],
  newDevice: null,
  restoring: [],
  heard: new Map(),
};

const emptyState = (): State => Object.fromEntries(TABLES.map((name) => [name, new MirrorTable()])) as unknown as State;

/** Mirrors one network of the engine for React: snapshots that stay as they are, of which a new one shares what did not change. */
export class NetworkStore {
  readonly id: string;
  readonly texts: TextCache;
  readonly engine: WindowCalls;
  #snapshot: NetworkSnapshot;
  #listeners = new Set<() => void>();
  #hasState = false;
  /** What a change of many rows has come to, until its last ones are here. */
  #next: NextState | null = null;

  constructor(id: string, engine: WindowCalls) {
    this.id = id;
    this.engine = engine;
    this.texts = new TextCache((refs) => engine.texts(id, refs));
    this.#snapshot = { id, state: emptyState(), status: UNKNOWN };
  }

  /** False until the first whole state and status have arrived. */
  get loaded(): boolean {
    return this.#hasState && this.#snapshot.status !== UNKNOWN;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): NetworkSnapshot => this.#snapshot;

  readonly act = <T extends EventType>(type: T, payload: Draft<Payloads[T]>): Promise<string> =>
    this.engine.act(this.id, { type, payload } as Action);

  receive(event: EngineEvent): void {
    if (!('network' in event) || event.network !== this.id) return;
    if (event.kind === 'texts') this.texts.invalidate(event.refs);
    if (event.kind === 'status') this.#replace({ ...this.#snapshot, status: event.status });
    if (event.kind === 'state') this.#take(event);
  }

  #take({ reset, changes, more }: Extract<EngineEvent, { kind: 'state' }>): void {
    if (reset) this.#next = new NextState(emptyState());
    this.#next ??= new NextState(this.#snapshot.state);
    this.#next.apply(changes);
    if (more) return;
    const state = this.#next.done();
    this.#next = null;
    this.#hasState = true;
    this.#replace({ ...this.#snapshot, state });
  }

  #replace(snapshot: NetworkSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

/** A state in the making, while the rest of a change is on its way. */
class NextState {
  readonly #before: State;
  readonly #drafts = new Map<TableName, TableDraft<unknown>>();

  constructor(before: State) {
    this.#before = before;
  }

  apply(changes: readonly Change[]): void {
    for (const { table, key, row } of changes) {
      const draft = this.#drafts.get(table) ?? this.#draft(table);
      if (row === undefined) draft.delete(key);
      else draft.set(key, row);
    }
  }

  done(): State {
    return { ...this.#before, ...Object.fromEntries([...this.#drafts].map(([table, draft]) => [table, draft.done()])) };
  }

  #draft(table: TableName): TableDraft<unknown> {
    const draft = new TableDraft<unknown>(this.#before[table] as MirrorTable<unknown>);
    this.#drafts.set(table, draft);
    return draft;
  }
}

/** Detached texts are fetched when a view first asks, many at a time, and kept. */
export class TextCache {
  #known = new Map<TextRef, string | null>();
  #wanted = new Set<TextRef>();
  #listeners = new Set<() => void>();
  #version = 0;
  readonly #fetch: (refs: readonly TextRef[]) => Promise<readonly (string | null)[]>;

  constructor(fetch: (refs: readonly TextRef[]) => Promise<readonly (string | null)[]>) {
    this.#fetch = fetch;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly version = (): number => this.#version;

  get(ref: TextRef): string | null | undefined {
    return this.#known.get(ref);
  }

  readonly request = (refs: readonly TextRef[]): void => {
    const idle = this.#wanted.size === 0;
    for (const ref of refs) if (!this.#known.has(ref)) this.#wanted.add(ref);
    // Fails only when the network was closed meanwhile; whoever shows these texts next asks again.
    if (idle && this.#wanted.size > 0) queueMicrotask(() => void this.#load().catch(() => undefined));
  };

  /** Texts that arrived or were erased since they were read. */
  invalidate(refs: readonly TextRef[]): void {
    const read = refs.filter((ref) => this.#known.has(ref));
    for (const ref of read) this.#known.delete(ref);
    this.request(read);
  }

  async #load(): Promise<void> {
    const refs = [...this.#wanted];
    this.#wanted.clear();
    const texts = await this.#fetch(refs);
    refs.forEach((ref, index) => this.#known.set(ref, texts[index] ?? null));
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
