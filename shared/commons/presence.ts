import * as encoding from 'lib0/encoding';
import { decodeUtf8 } from 'lib0/string';
import { PeerholdError, errorCode } from '../errors';
import { type Of, integer, nullable, object, optional, text } from '../record/shape';
import type { Clock } from '../sync/clock';
import { isDocId } from './limits';
import { Reader } from './messages';

/** Bytes of one presence message, of one state in it; clients of one neighbour in one document; documents it can be in. */
const MAX_PRESENCE = 16 * 1024;
const MAX_STATE = 4 * 1024;
const MAX_CLIENTS = 8;
const MAX_PLACES = 32;
/** Milliseconds after which a client that said nothing is gone, as y-protocols has it. */
const OUTDATED = 30_000;

const yId = object({ client: integer(0, Number.MAX_SAFE_INTEGER), clock: integer(0, Number.MAX_SAFE_INTEGER) });
const position = object({
  type: optional(nullable(yId)),
  tname: optional(nullable(text(200))),
  item: optional(nullable(yId)),
  assoc: optional(integer(-1, 1)),
});
/** Where a client's selection is, as relative positions; null: nowhere. */
const cursor = nullable(object({ anchor: position, head: position }));
type Cursor = Of<typeof cursor>;

interface Present {
  /** Channel or screen that this client belongs to. */
  readonly owner: string;
  readonly state: string;
  readonly heard: number;
}

export interface PresenceOptions {
  readonly clock: Clock;
  /** To a neighbour's channel, kind `presence`. */
  readonly send: (peer: string, bytes: Uint8Array) => void;
  /** To every screen that has the document open, except the one named: a y-protocols awareness update. */
  readonly show: (doc: string, update: Uint8Array, except: string | null) => void;
  readonly onRefused?: (peer: string, code: string) => void;
}

/**
 * Who is in which document, and where. One hop only: a neighbour speaks for itself and its own clients, never for others, and
 * the member shown is the one that its channel proved, whatever the message says.
 */
export class Presence {
  readonly #options: PresenceOptions;
  /** Neighbour to the member that its channel proved. */
  readonly #peers = new Map<string, string>();
  readonly #docs = new Map<string, Map<number, Present>>();
  /** Clocks as shown to screens: ours, so that a neighbour who comes back is seen at once. */
  #shown = 0;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  connected(peer: string, member: string): void {
    this.#peers.set(peer, member);
    for (const [doc, clients] of this.#docs) {
      const own = [...clients].filter(([, { owner }]) => !this.#peers.has(owner));
      if (own.length > 0)
        this.#options.send(peer, encode(doc, this.#update(own.map(([id, { state }]) => [id, state]))));
    }
  }

  disconnected(peer: string): void {
    this.#peers.delete(peer);
    for (const doc of this.#docs.keys()) this.#remove(doc, peer);
  }

  /** From a neighbour's channel; never throws. */
  receive(peer: string, bytes: Uint8Array): void {
    const member = this.#peers.get(peer);
    if (member === undefined) return;
    try {
      if (bytes.length > MAX_PRESENCE) throw new PeerholdError('presence-too-large');
      const { doc, update } = decode(bytes);
      this.#accept(doc, peer, member, update);
    } catch (error) {
      this.#options.onRefused?.(peer, errorCode(error));
    }
  }

  /** From a screen of this device: shown on its other screens and told to all neighbours. Throws a code on malformed bytes. */
  local(doc: string, screen: string, member: string | null, update: Uint8Array): void {
    const accepted = this.#accept(doc, screen, member, update);
    if (accepted !== null) this.#tell(doc, accepted);
  }

  /** A screen closed the document. */
  left(doc: string, screen: string): void {
    const removed = this.#remove(doc, screen);
    if (removed !== null) this.#tell(doc, removed);
  }

  /** Everyone who is in a document now, for a screen that opens it; null: nobody. */
  current(doc: string): Uint8Array | null {
    const here = [...(this.#docs.get(doc) ?? [])].filter(
      ([, { heard }]) => this.#options.clock.now() - heard < OUTDATED,
    );
    return here.length === 0 ? null : this.#update(here.map(([id, { state }]) => [id, state]));
  }

  #accept(doc: string, owner: string, member: string | null, update: Uint8Array): Uint8Array | null {
    if (!isDocId(doc)) throw new PeerholdError('doc-id-invalid');
    const clients = this.#docs.get(doc) ?? new Map<number, Present>();
    const elsewhere = [...this.#docs].filter(([id, all]) => id !== doc && owned(all, owner).length > 0);
    if (elsewhere.length >= MAX_PLACES) throw new PeerholdError('presence-too-many');
    const changes: [number, string][] = [];
    for (const [client, given] of statesOf(update)) {
      const present = clients.get(client);
      // A client belongs to whoever named it first; what others say in its name is dropped.
      if (present !== undefined && present.owner !== owner) continue;
      if (given === null) {
        if (clients.delete(client)) changes.push([client, 'null']);
        continue;
      }
      if (present === undefined && owned(clients, owner).length >= MAX_CLIENTS) continue;
      const state = JSON.stringify({ user: { member }, cursor: given.cursor });
      clients.set(client, { owner, state, heard: this.#options.clock.now() });
      changes.push([client, state]);
    }
    if (clients.size > 0) this.#docs.set(doc, clients);
    else this.#docs.delete(doc);
    return this.#show(doc, changes, owner);
  }

  #remove(doc: string, owner: string): Uint8Array | null {
    const clients = this.#docs.get(doc);
    const gone = clients === undefined ? [] : owned(clients, owner);
    for (const id of gone) clients?.delete(id);
    if (clients?.size === 0) this.#docs.delete(doc);
    return this.#show(
      doc,
      gone.map((id) => [id, 'null']),
      owner,
    );
  }

  #show(doc: string, changes: readonly [number, string][], except: string): Uint8Array | null {
    if (changes.length === 0) return null;
    const update = this.#update(changes);
    this.#options.show(doc, update, except);
    return update;
  }

  #tell(doc: string, update: Uint8Array): void {
    for (const peer of this.#peers.keys()) this.#options.send(peer, encode(doc, update));
  }

  #update(states: readonly (readonly [number, string])[]): Uint8Array {
    const to = encoding.createEncoder();
    encoding.writeVarUint(to, states.length);
    for (const [client, state] of states) {
      encoding.writeVarUint(to, client);
      encoding.writeVarUint(to, (this.#shown += 1));
      encoding.writeVarString(to, state);
    }
    return encoding.toUint8Array(to);
  }
}

const owned = (clients: ReadonlyMap<number, Present>, owner: string): readonly number[] =>
  [...clients].filter(([, one]) => one.owner === owner).map(([id]) => id);

function encode(doc: string, update: Uint8Array): Uint8Array {
  const to = encoding.createEncoder();
  encoding.writeVarString(to, doc);
  encoding.writeUint8Array(to, update);
  return encoding.toUint8Array(to);
}

function decode(bytes: Uint8Array): { readonly doc: string; readonly update: Uint8Array } {
  try {
    const from = new Reader(bytes);
    const doc = from.docId();
    return { doc, update: from.bytes(bytes.length - 1 - doc.length) };
  } catch (cause) {
    throw new PeerholdError('presence-malformed', {}, { cause });
  }
}

/** Clients of an awareness update with their cursor; `null`: gone. Everything else in a state is left behind here. */
function statesOf(update: Uint8Array): readonly (readonly [number, { readonly cursor: Cursor } | null])[] {
  try {
    const from = new Reader(update);
    const states = from.list(64, () => {
      const client = from.number(Number.MAX_SAFE_INTEGER);
      from.number(Number.MAX_SAFE_INTEGER);
      const state: unknown = JSON.parse(decodeUtf8(from.sized(MAX_STATE)));
      if (typeof state !== 'object' || state === null) return [client, null] as const;
      return [client, { cursor: 'cursor' in state && cursor(state.cursor) ? state.cursor : null }] as const;
    });
    if (!from.ended) throw new PeerholdError('presence-malformed');
    return states;
  } catch (cause) {
    throw new PeerholdError('presence-malformed', {}, { cause });
  }
}
