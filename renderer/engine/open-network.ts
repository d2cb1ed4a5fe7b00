import type { Peer } from '../../shared/peer/peer';
import { type Change, TABLES } from '../../shared/network/state';
import { countUnsealed } from '../../shared/seal/status';
import { PeerholdError, errorCode } from '../../shared/errors';
import type { DocMessage, EngineEvent, NetworkStatus } from './contract';

/** Rows in one message to the window: more at once would hold up a frame there. */
const ROWS = 2_000;
const STATUS_PAUSE = 100;

/** One open network in the engine: tells the window what changes, and serves its documents to screens. */
export class OpenNetwork {
  readonly peer: Peer;
  readonly #emit: (event: EngineEvent) => void;
  readonly #screens = new Map<string, Set<{ readonly name: string; readonly port: MessagePort }>>();
  #places: NetworkStatus['meetingPlaces'] = [];
  #online = true;
  #statusDue = false;
  #nextScreen = 0;

  constructor(peer: Peer, emit: (event: EngineEvent) => void) {
    this.peer = peer;
    this.#emit = emit;
    peer.events.changed.add((changes) => this.#changed(changes));
    peer.events.status.add(() => this.statusSoon());
    peer.events.texts.add((refs) => emit({ kind: 'texts', network: peer.id, refs }));
    peer.events.presence.add(({ doc, update, except }) => {
      for (const { name, port } of this.#screens.get(doc) ?? [])
        if (name !== except) post(port, { kind: 'awareness', update });
    });
    peer.docs.changes.add(({ doc, update, from }) => {
      for (const screen of this.#screens.get(doc) ?? [])
        if (screen !== from) post(screen.port, { kind: 'update', update: update.bytes });
    });
  }

  set online(online: boolean) {
    this.#online = online;
    this.statusSoon();
  }

  set places(places: NetworkStatus['meetingPlaces']) {
    this.#places = places;
    this.statusSoon();
  }

  /** Sends the whole state, as a window that opens the network needs it. */
  sendState(): void {
    const changes = TABLES.flatMap((table) =>
      [...(this.peer.state[table] as ReadonlyMap<string, unknown>)].map(
        ([key, row]) => ({ table, key, row }) as Change,
      ),
    );
    this.#sendRows(changes, true);
    this.#emit({ kind: 'status', network: this.peer.id, status: this.#status() });
  }

  statusSoon(): void {
    if (this.#statusDue) return;
    this.#statusDue = true;
    setTimeout(() => {
      this.#statusDue = false;
      this.#emit({ kind: 'status', network: this.peer.id, status: this.#status() });
    }, STATUS_PAUSE);
  }

  /** Gives a screen its end of a document. */
  async openDoc(doc: string): Promise<MessagePort> {
    const { docs, presence } = this.peer;
    const release = docs.hold(doc);
    const { port1: port, port2 } = new MessageChannel();
    const screen = { name: `screen-${this.#nextScreen++}`, port };
    const screens = this.#screens.get(doc) ?? new Set();
    this.#screens.set(doc, screens);
    // Listening first: a change that is made while the state is read must reach the screen, twice if need be.
    screens.add(screen);
    const end = (): void => {
      if (!screens.delete(screen)) return;
      presence.left(doc, screen.name);
      release();
      port.close();
    };
    port.onmessage = ({ data }: MessageEvent<DocMessage>) => {
      if (data.kind === 'close') end();
      else if (data.kind === 'awareness') presence.local(doc, screen.name, this.#me(), data.update);
      else if (data.kind === 'update') {
        this.#edit(doc, data.update, screen).catch((error: unknown) => {
          this.#tellProblem(error);
          // The screen shows what was not taken: it is to open the document again, as it is.
          post(port, { kind: 'close' });
          end();
        });
      }
    };
    try {
      post(port, { kind: 'state', update: await docs.state(doc) });
    } catch (error) {
      end();
      throw error;
    }
    const present = presence.current(doc);
    if (present !== null) post(port, { kind: 'awareness', update: present });
    return port2;
  }

  async close(): Promise<void> {
    for (const screens of this.#screens.values()) for (const { port } of screens) post(port, { kind: 'close' });
    await this.peer.close();
  }

  #me(): string | null {
    return this.peer.me?.member ?? null;
  }

  async #edit(doc: string, bytes: Uint8Array, from: unknown): Promise<void> {
    await this.peer.docs.apply(doc, { bytes, member: this.#me(), time: Date.now() }, from);
  }

  #tellProblem(error: unknown): void {
    const { code, params } = error instanceof PeerholdError ? error : new PeerholdError(errorCode(error));
    this.#emit({ kind: 'status', network: this.peer.id, status: { ...this.#status(), problem: { code, params } } });
  }

  #changed(changes: readonly Change[]): void {
    if (changes.length > 0) this.#sendRows(changes, false);
  }

  #sendRows(rows: readonly Change[], whole: boolean): void {
    let from = 0;
    do {
      const changes = rows.slice(from, from + ROWS);
      this.#emit({
        kind: 'state',
        network: this.peer.id,
        reset: whole && from === 0,
        changes,
        more: from + ROWS < rows.length,
      });
      from += ROWS;
    } while (from < rows.length);
  }

  #status(): NetworkStatus {
    const { peer } = this;
    const seal = peer.replica.seals.seals.at(-1);
    return {
      me: peer.me,
      online: this.#online,
      meetingPlaces: this.#places,
      peers: peer.connections.map((connection) => ({ ...connection, state: 'open' })),
      delivery: peer.deliveries(),
      events: peer.replica.record.size,
      sealed: seal === undefined ? null : { height: seal.height, time: seal.time },
      unsealed: countUnsealed(peer.replica),
      pending: peer.pending,
      historyCheck: peer.historyCheck,
      problem: peer.problem === null ? null : { code: peer.problem, params: {} },
      newDevice: peer.devices.asking,
      heard: peer.lastHeard(),
    };
  }
}

function post(port: MessagePort, message: DocMessage): void {
  port.postMessage(message);
}
