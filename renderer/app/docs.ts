import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { DocMessage } from '../../shared/engine/contract';
import type { WindowCalls } from '../engine/calls';
import { useNetworkStore } from './network';
import type { NetworkStore } from './network-store';

/** A document of the commons as a screen holds it: a copy that follows the engine's, and who else is in it. */
export interface OpenDoc {
  readonly id: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** Whether the document's stored content has arrived; before that, an empty document says nothing. */
  readonly synced: boolean;
  /** Set when the engine could not open it. */
  readonly problem: unknown;
}

/** Milliseconds that a document stays open after the last screen left it, since people go back and forth. */
const LINGER = 5_000;
/** Milliseconds until a document that the engine closed is opened again. */
const REOPEN = 1_000;
const FROM_ENGINE = { from: 'engine' };

/** Opens a document while the component is shown; null until the engine has answered. Users of one document share one copy. */
export function useDoc(id: string): OpenDoc | null {
  const store = useNetworkStore();
  const mirror = useMemo(() => mirrorOf(store, id), [store, id]);
  useEffect(() => mirror.retain(), [mirror]);
  return useSyncExternalStore(mirror.subscribe, mirror.snapshot);
}

const mirrors = new WeakMap<NetworkStore, Map<string, DocMirror>>();

function mirrorOf(store: NetworkStore, id: string): DocMirror {
  const all = mirrors.get(store) ?? new Map<string, DocMirror>();
  mirrors.set(store, all);
  const mirror = all.get(id) ?? new DocMirror(id, (doc) => store.engine.openDoc(store.id, doc));
  all.set(id, mirror);
  return mirror;
}

/** One document's copy and its port to the engine. Each change is posted as it is made: an edit is never only here. */
export class DocMirror {
  readonly #id: string;
  readonly #openDoc: (doc: string) => ReturnType<WindowCalls['openDoc']>;
  readonly #listeners = new Set<() => void>();
  #users = 0;
  #snapshot: OpenDoc | null = null;
  #close: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, openDoc: (doc: string) => ReturnType<WindowCalls['openDoc']>) {
    this.#id = id;
    this.#openDoc = openDoc;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): OpenDoc | null => this.#snapshot;

  retain(): () => void {
    this.#users += 1;
    clearTimeout(this.#timer);
    if (this.#close === null) this.#open();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#users -= 1;
      if (this.#users === 0) this.#timer = setTimeout(() => this.#shut(), LINGER);
    };
  }

  #open(): void {
    // Without garbage collection deleted text stays readable, for "what changed since".
    const doc = new Y.Doc({ gc: false });
    const awareness = new Awareness(doc);
    awareness.setLocalState(null);
    let port: MessagePort | null = null;
    let shut = false;
    this.#close = () => {
      shut = true;
      if (port !== null) part(port);
      awareness.destroy();
      doc.destroy();
    };
    const show = (change: Partial<OpenDoc>) => {
      if (shut) return;
      this.#snapshot = {
        id: this.#id,
        doc,
        awareness,
        synced: false,
        problem: undefined,
        ...this.#snapshot,
        ...change,
      };
      for (const listener of this.#listeners) listener();
    };
    const connect = (opened: MessagePort) => {
      if (shut) {
        part(opened);
        return;
      }
      port = opened;
      join(port, doc, awareness, {
        synced: () => show({ synced: true }),
        closed: () => this.#reopen(),
      });
    };
    this.#openDoc(this.#id).then(connect, (problem: unknown) => show({ problem }));
  }

  /** The engine refused a change or restarted: what it holds is what counts, so a fresh copy takes this one's place. */
  #reopen(): void {
    this.#shut();
    if (this.#users > 0) this.#timer = setTimeout(() => this.#close === null && this.#open(), REOPEN);
  }

  #shut(): void {
    clearTimeout(this.#timer);
    this.#close?.();
    this.#close = null;
    this.#snapshot = null;
    for (const listener of this.#listeners) listener();
  }
}

function part(port: MessagePort): void {
  port.postMessage({ kind: 'close' } satisfies DocMessage);
  port.close();
}

/** Ties a copy to its port, both ways. */
export function join(
  port: MessagePort,
  doc: Y.Doc,
  awareness: Awareness,
  on: { readonly synced: () => void; readonly closed: () => void },
): void {
  const post = (message: DocMessage) => port.postMessage(message);
  let applying = false;
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    // What Yjs tidies up after a change from outside is done by the engine's copy too.
    if (origin !== FROM_ENGINE && !(applying && origin === null)) post({ kind: 'update', update });
  });
  awareness.on('update', (_changes: unknown, origin: unknown) => {
    if (origin !== FROM_ENGINE && origin !== 'timeout')
      post({ kind: 'awareness', update: encodeAwarenessUpdate(awareness, [awareness.clientID]) });
  });
  port.addEventListener('message', ({ data }: MessageEvent<DocMessage>) => {
    switch (data.kind) {
      case 'state':
      case 'update':
        applying = true;
        try {
          Y.applyUpdate(doc, data.update, FROM_ENGINE);
        } finally {
          applying = false;
        }
        if (data.kind === 'state') on.synced();
        break;
      case 'awareness':
        applyAwarenessUpdate(awareness, data.update, FROM_ENGINE);
        break;
      case 'close':
        on.closed();
    }
  });
  port.start();
}

/** What `read` makes of a document, again after each change. `read` must be stable: a function of a module, or memoised. */
export function useDocValue<T>(open: OpenDoc | null, read: (doc: Y.Doc) => T): T | undefined {
  const value = useMemo(() => new DocValue(open, read), [open, read]);
  return useSyncExternalStore(value.subscribe, value.current);
}

class DocValue<T> {
  readonly #open: OpenDoc | null;
  readonly #read: (doc: Y.Doc) => T;
  #value: T | undefined;
  #fresh = false;

  constructor(open: OpenDoc | null, read: (doc: Y.Doc) => T) {
    this.#open = open;
    this.#read = read;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const changed = () => {
      this.#fresh = false;
      listener();
    };
    // A change between the first reading and now was not heard.
    this.#fresh = false;
    this.#open?.doc.on('update', changed);
    return () => this.#open?.doc.off('update', changed);
  };

  readonly current = (): T | undefined => {
    if (this.#open === null || !this.#open.synced) return undefined;
    if (!this.#fresh) this.#value = this.#read(this.#open.doc);
    this.#fresh = true;
    return this.#value;
  };
}

/** Says that `member` is in the document while the component is shown, and who else is. Member ids, each once, sorted. */
export function usePresence(open: OpenDoc | null, member: string | undefined): readonly string[] {
  const awareness = open?.awareness;
  useEffect(() => {
    if (awareness === undefined || member === undefined) return undefined;
    awareness.setLocalState({ ...awareness.getLocalState(), user: { member } });
    return () => awareness.setLocalState(null);
  }, [awareness, member]);
  const others = useMemo(() => new Others(awareness, member), [awareness, member]);
  return useSyncExternalStore(others.subscribe, others.current);
}

class Others {
  readonly #awareness: Awareness | undefined;
  readonly #member: string | undefined;
  #members: readonly string[] = [];

  constructor(awareness: Awareness | undefined, member: string | undefined) {
    this.#awareness = awareness;
    this.#member = member;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#awareness?.on('change', listener);
    return () => this.#awareness?.off('change', listener);
  };

  readonly current = (): readonly string[] => {
    const now = this.#awareness === undefined ? [] : othersIn(this.#awareness, this.#member);
    // The same list as long as it says the same, as React asks of a snapshot.
    if (now.join() !== this.#members.join()) this.#members = now;
    return this.#members;
  };
}

function othersIn(awareness: Awareness, member: string | undefined): readonly string[] {
  const members = new Set<string>();
  for (const [client, state] of awareness.getStates()) {
    const user: unknown = state['user'];
    if (client === awareness.clientID || typeof user !== 'object' || user === null || !('member' in user)) continue;
    if (typeof user.member === 'string' && user.member !== member) members.add(user.member);
  }
  return [...members].sort();
}
