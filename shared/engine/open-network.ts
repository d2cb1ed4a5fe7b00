import type { Peer } from '../peer/peer';
import { type Change, TABLES } from '../network/state';
import { countUnsealed } from '../seal/status';
import { PeerholdError, errorCode } from '../errors';
import type { Surroundings } from '../peer/surroundings';
import type { MeetStatus } from '../sync/meeting/meet';
import type { DocMessage, EngineEvent, MeetingStatus, NetworkStatus, PlaceKind } from './contract';
import { BundleDesk } from './bundles';
import { FollowedFiles } from './files';
import { FollowedKept } from './kept';
import { PageDesk } from './page-desk';
import { PageWritings } from './page-writing';
import { Receiving } from './receiving';
import { SearchDesk } from './search';
import type { ReceivingKey } from '../record/receiving-key';

/** Rows in one message to the window: more at once would hold up a frame there. */
const ROWS = 200;
const STATUS_PAUSE = 100;
/** Addresses of before of which it is remembered where they were from. */
const MOST_KINDS = 32;

/** One screen that shows a document, on the engine's side. */
export interface Screen {
  /** What the screen says. After a `close`, of either side, nothing more is taken. */
  take(message: DocMessage): void;
}

interface Shown {
  readonly name: string;
  readonly tell: (message: DocMessage) => void;
  /** Ends it from this side. */
  readonly shut: () => void;
}

/** One open network in the engine: tells what changes, and serves its documents to screens. */
export class OpenNetwork {
  readonly peer: Peer;
  readonly files: FollowedFiles;
  readonly kept: FollowedKept;
  readonly receiving: Receiving;
  readonly bundles: BundleDesk;
  readonly search: SearchDesk;
  readonly pages: PageDesk;
  readonly writings: PageWritings;
  readonly #emit: (event: EngineEvent) => void;
  readonly #around: Surroundings;
  readonly #screens = new Map<string, Set<Shown>>();
  #meeting: MeetStatus | null = null;
  #kinds: ReadonlyMap<string, PlaceKind> = new Map();
  #online = true;
  #statusDue = false;
  #nextScreen = 0;

  /** `key`: by which this installation receives for the peer's device. */
  constructor(peer: Peer, around: Surroundings, emit: (event: EngineEvent) => void, key: () => Promise<ReceivingKey>) {
    this.peer = peer;
    this.receiving = new Receiving({ peer, clock: around.clock, key });
    this.bundles = new BundleDesk({
      ...{ peer, key },
      progress: (task) => (done, total) => emit({ kind: 'progress', task, done, total }),
      taken: () => {
        peer.metByFile();
        this.receiving.heard();
      },
    });
    this.search = new SearchDesk(peer, around.clock, () => emit({ kind: 'links', network: peer.id }));
    this.pages = new PageDesk({
      ...{ peer, around },
      progress: (done, total) => emit({ kind: 'progress', task: 'pages', done, total }),
    });
    this.writings = new PageWritings(peer);
    this.#around = around;
    this.#emit = emit;
    const after = (delay: number, run: () => void): void => void around.clock.setTimer(delay, run);
    this.files = new FollowedFiles(peer, after, (files) => emit({ kind: 'files', network: peer.id, files }));
    this.kept = new FollowedKept(peer, {
      after,
      chosen: (kept) => emit({ kind: 'kept', network: peer.id, kept }),
      amount: (amount) => emit({ kind: 'kept-amount', network: peer.id, amount }),
    });
    peer.events.changed.add((changes) => this.#changed(changes));
    peer.events.status.add(() => this.statusSoon());
    peer.events.texts.add((refs) => emit({ kind: 'texts', network: peer.id, refs }));
    peer.events.presence.add(({ doc, update, except }) => {
      for (const { name, tell } of this.#screens.get(doc) ?? [])
        if (name !== except) tell({ kind: 'awareness', update });
    });
    peer.docs.changes.add(({ doc, update, from }) => {
      for (const screen of this.#screens.get(doc) ?? [])
        if (screen !== from) screen.tell({ kind: 'update', update: update.bytes });
    });
    peer.commons.apart.changed.add((doc) => emit({ kind: 'apart', network: peer.id, doc }));
    // The screen's copy is of another version: it opens the document again, as it is.
    peer.docs.replaced.add((doc) => {
      for (const screen of this.#screens.get(doc) ?? []) screen.shut();
    });
  }

  set online(online: boolean) {
    this.#online = online;
    this.statusSoon();
  }

  /** How the search for others does; null once nobody is looked for. */
  set meeting(meeting: MeetStatus | null) {
    this.#meeting = meeting;
    this.statusSoon();
  }

  /** Where addresses of meeting places are from. What was known of others stays: somebody may have been met there. */
  set placeKinds(kinds: ReadonlyMap<string, PlaceKind>) {
    const before = [...this.#kinds].filter(([address]) => !kinds.has(address)).slice(-MOST_KINDS);
    this.#kinds = new Map([...before, ...kinds]);
  }

  /** Sends the whole state, as a window that opens the network needs it. */
  sendState(): void {
    const changes = TABLES.flatMap((table) =>
      [...(this.peer.state[table] as ReadonlyMap<string, unknown>)].map(
        ([key, row]) => ({ table, key, row }) as Change,
      ),
    );
    this.#sendRows(changes, true);
    this.#emit({ kind: 'status', network: this.peer.id, status: this.status });
  }

  statusSoon(): void {
    if (this.#statusDue) return;
    this.#statusDue = true;
    this.#around.clock.setTimer(STATUS_PAUSE, () => {
      this.#statusDue = false;
      this.#emit({ kind: 'status', network: this.peer.id, status: this.status });
    });
  }

  /** Shows a document to a screen from now on: first as it is, then what changes. */
  async openDoc(doc: string, tell: (message: DocMessage) => void): Promise<Screen> {
    const { docs } = this.peer;
    const { presence } = this.peer.commons;
    const release = docs.hold(doc);
    const shut = (): void => {
      tell({ kind: 'close' });
      end();
    };
    const shown: Shown = { name: `screen-${this.#nextScreen++}`, tell, shut };
    const screens = this.#screens.get(doc) ?? new Set();
    this.#screens.set(doc, screens);
    // Listening first: a change that is made while the state is read must reach the screen, twice if need be.
    screens.add(shown);
    const end = (): void => {
      if (!screens.delete(shown)) return;
      presence.left(doc, shown.name);
      release();
    };
    const take = (message: DocMessage): void => {
      if (!screens.has(shown)) return;
      if (message.kind === 'close') end();
      else if (message.kind === 'awareness') presence.local(doc, shown.name, this.#me(), message.update);
      else if (message.kind === 'update') {
        this.#edit(doc, message.update, shown).catch((error: unknown) => {
          this.#tellProblem(error);
          // The screen shows what was not taken: it is to open the document again, as it is.
          shut();
        });
      }
    };
    try {
      tell({ kind: 'state', update: await docs.state(doc) });
    } catch (error) {
      end();
      throw error;
    }
    const present = presence.current(doc);
    if (present !== null) tell({ kind: 'awareness', update: present });
    return { take };
  }

  async close(): Promise<void> {
    for (const screens of this.#screens.values()) for (const { tell } of screens) tell({ kind: 'close' });
    this.pages.cancel();
    await this.receiving.close();
    await this.search.close();
    await this.peer.close();
  }

  #me(): string | null {
    return this.peer.me?.member ?? null;
  }

  async #edit(doc: string, bytes: Uint8Array, from: unknown): Promise<void> {
    this.peer.commons.noteWriting(doc);
    await this.peer.docs.apply(doc, { bytes, member: this.#me(), time: this.#around.now() }, from);
  }

  #tellProblem(error: unknown): void {
    const { code, params } = error instanceof PeerholdError ? error : new PeerholdError(errorCode(error));
    this.#emit({ kind: 'status', network: this.peer.id, status: { ...this.status, problem: { code, params } } });
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

  #meetingStatus(): MeetingStatus | null {
    if (this.#meeting === null) return null;
    const { servers, known, failures } = this.#meeting;
    const places = servers.map((server) => ({ ...server, kind: this.#kinds.get(server.address) ?? null }));
    return { places, known, failures };
  }

  get status(): NetworkStatus {
    const { peer } = this;
    const seal = peer.replica.seals.seals.at(-1);
    return {
      me: peer.me,
      online: this.#online,
      meeting: this.#online ? this.#meetingStatus() : null,
      peers: peer.connections.map(({ met, ...connection }) => ({
        ...connection,
        met: met?.by === 'place' ? { ...met, kind: this.#kinds.get(met.address) ?? null } : met,
      })),
      refusals: peer.refusals(),
      delivery: peer.deliveries(),
      events: peer.replica.record.size,
      sealed: seal === undefined ? null : { height: seal.height, time: seal.time },
      unsealed: countUnsealed(peer.replica),
      pending: peer.pending,
      historyCheck: peer.historyCheck,
      problem: peer.problem === null ? null : { code: peer.problem, params: {} },
      diverged: [...peer.commons.diverged].map(([doc, devices]) => ({ doc, devices })),
      newDevice: peer.devices.asking,
      restoring: peer.restorations.asking,
      heard: peer.lastHeard(),
    };
  }
}
