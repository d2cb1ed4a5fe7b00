import { PeerholdError, errorCode } from '../errors';
import type { Clock } from '../sync/clock';
import { Listeners } from '../sync/listeners';
import { type Files, bytesHere } from './files';
import { MAX_ASKED, MAX_KNOWN, MAX_PIECES, MAX_STORING } from './limits';
import { Manifest } from './manifest';
import { type FilesMessage, MANIFEST, decodeFilesMessage, encodeFilesMessage } from './messages';
import { type FilesPipe, Neighbour } from './neighbour';
import { PieceSet } from './piece-set';
import { Server } from './server';

/** Milliseconds between questions who has what is still missed. */
const ASK_EVERY = 5_000;
/** Milliseconds without a word of a neighbour that was asked for pieces, after which others are. Long enough for one piece at 10 kB/s. */
const SILENT = 30_000;

export interface FileSyncOptions {
  readonly files: Files;
  readonly clock: Clock;
  /** Files to fetch, from the last run. */
  readonly wanted: Iterable<string>;
  /** Keeps which files are to be fetched, for the next run. */
  readonly remember: (wanted: readonly string[]) => void;
}

/** Where a file stands on this device. */
export interface FileState {
  readonly state: 'here' | 'fetching' | 'absent';
  /** Bytes; null while its manifest is not here. */
  readonly size: number | null;
  /** Bytes of it that are here. */
  readonly here: number;
  /** Connected neighbours that have all or some of it, as they last said. */
  readonly sources: number;
  /** Why it could not be stored; a new fetch tries again. */
  readonly problem: string | null;
}

interface Fetch {
  /** Pieces on their way or being stored, and from whom. */
  readonly coming: Map<number, string>;
}

/**
 * Fetches files from whichever neighbours have them, several at once, and gives them what they want of those that are here. A piece that is
 * not what the manifest says is thrown away, and its sender is not asked for that file again.
 */
export class FileSync {
  /** Id of a file whose state is not what it was. */
  readonly changed = new Listeners<string>();
  readonly #options: FileSyncOptions;
  readonly #server: Server;
  readonly #neighbours = new Map<string, Neighbour>();
  readonly #fetches = new Map<string, Fetch>();
  /** Files that somebody here looks at. */
  readonly #looked = new Set<string>();
  /** Who sent what was wrong: neighbour and file. */
  readonly #wrong = new Set<string>();
  readonly #problems = new Map<string, string>();
  readonly #stopListening: () => void;
  #storing = 0;
  #stopTimer: () => void;

  constructor(options: FileSyncOptions) {
    this.#options = options;
    const { files, clock, wanted } = options;
    this.#server = new Server(files);
    for (const id of wanted) if (!files.has(id)) this.#fetches.set(id, { coming: new Map() });
    this.#stopListening = files.changed.add((id) => this.#told(id));
    this.#stopTimer = clock.setTimer(ASK_EVERY, this.#askAgain);
  }

  connected(peer: string, pipe: FilesPipe): void {
    // A reloaded device can be back before its last channel has closed.
    this.disconnected(peer);
    const neighbour = new Neighbour(peer, pipe);
    this.#neighbours.set(peer, neighbour);
    this.#ask(neighbour, [...this.#fetches.keys(), ...this.#looked]);
  }

  disconnected(peer: string): void {
    const neighbour = this.#neighbours.get(peer);
    if (neighbour === undefined) return;
    this.#neighbours.delete(peer);
    neighbour.end();
    this.#release(peer);
    for (const id of neighbour.known.keys()) this.changed.emit(id);
    this.#request();
  }

  close(): void {
    this.#stopTimer();
    this.#stopListening();
    for (const neighbour of this.#neighbours.values()) neighbour.end();
    this.#neighbours.clear();
  }

  /** Fetches a file from now on, until it is here or `cancel`, also after a restart. */
  fetch(id: string): void {
    this.fetchAll([id]);
  }

  fetchAll(ids: readonly string[]): void {
    for (const id of ids) this.#problems.delete(id);
    const fresh = ids.filter((id) => !this.#options.files.has(id) && !this.#fetches.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) this.#fetches.set(id, { coming: new Map() });
    this.#remember();
    for (const neighbour of this.#neighbours.values()) this.#ask(neighbour, fresh);
    for (const id of fresh) this.changed.emit(id);
    this.#request();
  }

  /** Fetches no more of it; what is here stays. */
  cancel(id: string): void {
    this.cancelAll([id]);
  }

  cancelAll(ids: readonly string[]): void {
    const ended = ids.filter((id) => this.#fetches.delete(id));
    if (ended.length === 0) return;
    this.#remember();
    for (const id of ended) this.changed.emit(id);
  }

  /** Asks the neighbours who has these, and those who come later; also of what is here, since it may be removed. */
  look(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.#looked.has(id)) continue;
      if (this.#looked.size >= MAX_KNOWN) this.#looked.delete(this.#looked.values().next().value!);
      this.#looked.add(id);
    }
    for (const neighbour of this.#neighbours.values()) this.#ask(neighbour, ids);
  }

  state(id: string): FileState {
    const { files } = this.#options;
    const held = files.get(id);
    const sources = [...this.#neighbours.values()].filter((one) => one.known.has(id) && !this.#isWrong(one.peer, id));
    const whole = files.has(id);
    return {
      state: whole ? 'here' : this.#fetches.has(id) ? 'fetching' : 'absent',
      size: held?.manifest.size ?? null,
      here: held === undefined ? 0 : bytesHere(held),
      sources: sources.length,
      problem: this.#problems.get(id) ?? null,
    };
  }

  /** Bytes from a neighbour. Resolves once what they brought is stored; rejects with a code when they are no message: the channel is then to be closed. */
  async receive(peer: string, bytes: Uint8Array): Promise<void> {
    const neighbour = this.#neighbours.get(peer);
    if (neighbour === undefined) return;
    const message = decodeFilesMessage(bytes);
    switch (message.kind) {
      case 'ask':
        for (const id of message.ids) this.#server.answer(neighbour, id);
        return;
      case 'want':
        return this.#server.want(neighbour, message.id, message.piece);
      case 'has':
        return this.#heed(neighbour, message);
      case 'lack':
        if (!neighbour.answered(message.id, message.piece)) return;
        // What it has changed: it is asked again with the next question.
        neighbour.known.delete(message.id);
        this.#forget(neighbour.peer, message.id, message.piece);
        break;
      case 'piece':
        if (!neighbour.answered(message.id, message.piece)) return;
        neighbour.faster();
        if (message.piece === MANIFEST) await this.#takeManifest(neighbour, message.id, message.bytes);
        else await this.#take(neighbour, message.id, message.piece, message.bytes);
    }
    this.#watch(neighbour);
    this.#request();
  }

  #heed(neighbour: Neighbour, message: Extract<FilesMessage, { kind: 'has' }>): void {
    const { id } = message;
    // Only what was asked about: nobody fills our memory with files of which nobody here has heard.
    if (!this.#fetches.has(id) && !this.#looked.has(id)) return;
    if (message.much === 'none') neighbour.known.delete(id);
    else neighbour.known.set(id, message.much === 'some' ? PieceSet.from(message.bits, MAX_PIECES) : 'all');
    this.changed.emit(id);
    this.#request();
  }

  async #takeManifest({ peer }: Neighbour, id: string, bytes: Uint8Array): Promise<void> {
    const fetch = this.#fetches.get(id);
    if (fetch === undefined) return;
    const manifest = manifestOf(bytes);
    if (manifest?.id !== id) this.#distrust(peer, id);
    else await this.#options.files.begin(manifest).catch((error: unknown) => this.#fail(id, error));
    fetch.coming.delete(MANIFEST);
  }

  async #take({ peer }: Neighbour, id: string, piece: number, bytes: Uint8Array): Promise<void> {
    const fetch = this.#fetches.get(id);
    if (fetch === undefined) return;
    // The next are asked for while this one is stored.
    this.#storing += 1;
    this.#request();
    try {
      if ((await this.#options.files.take(id, piece, bytes)) === 'wrong') this.#distrust(peer, id);
    } catch (error) {
      this.#fail(id, error);
    } finally {
      this.#storing -= 1;
      fetch.coming.delete(piece);
    }
  }

  #distrust(peer: string, id: string): void {
    if (this.#wrong.size >= MAX_KNOWN) this.#wrong.delete(this.#wrong.values().next().value!);
    this.#wrong.add(`${peer} ${id}`);
    this.changed.emit(id);
  }

  #isWrong(peer: string, id: string): boolean {
    return this.#wrong.has(`${peer} ${id}`);
  }

  /** It can not be stored: fetched again when the person says so, or after a restart. */
  #fail(id: string, error: unknown): void {
    const code = errorCode(error);
    this.#problems.set(id, code === 'internal' ? 'storage-failed' : code);
    this.#fetches.delete(id);
    this.changed.emit(id);
  }

  #told(id: string): void {
    const { files } = this.#options;
    if (files.has(id)) {
      if (this.#fetches.delete(id)) this.#remember();
      for (const neighbour of this.#neighbours.values()) this.#server.tellWhole(neighbour, id);
    }
    this.changed.emit(id);
  }

  #remember(): void {
    this.#options.remember([...this.#fetches.keys()]);
  }

  #ask(neighbour: Neighbour, ids: readonly string[]): void {
    const asked = [...new Set(ids)].filter((id) => !this.#isWrong(neighbour.peer, id));
    for (let at = 0; at < asked.length; at += MAX_ASKED)
      neighbour.say(encodeFilesMessage({ kind: 'ask', ids: asked.slice(at, at + MAX_ASKED) }));
  }

  /** Asks for what is missed and not on its way, as far as there is room; each neighbour for other pieces. */
  #request(): void {
    for (const [id, fetch] of this.#fetches) {
      // Thousands may be missed, and this is done for each piece that comes.
      if (![...this.#neighbours.values()].some(({ hasRoom }) => hasRoom)) return;
      for (const neighbour of this.#neighbours.values()) {
        const known = neighbour.known.get(id);
        if (known === undefined || this.#isWrong(neighbour.peer, id)) continue;
        while (neighbour.hasRoom && this.#storing < MAX_STORING) {
          const piece = this.#next(id, fetch, known);
          if (piece === undefined) break;
          fetch.coming.set(piece, neighbour.peer);
          neighbour.want(id, piece);
          this.#watch(neighbour);
        }
      }
    }
  }

  #next(id: string, { coming }: Fetch, known: PieceSet | 'all'): number | undefined {
    const held = this.#options.files.get(id);
    if (held === undefined) return coming.has(MANIFEST) ? undefined : MANIFEST;
    const { manifest, pieces } = held;
    for (let piece = 0; piece < manifest.pieces; piece++)
      if (!pieces.has(piece) && !coming.has(piece) && (known === 'all' || known.has(piece))) return piece;
    return undefined;
  }

  /** A neighbour that says nothing for long is asked no more until it next says what it has. */
  #watch(neighbour: Neighbour): void {
    neighbour.watch(
      (run) => this.#options.clock.setTimer(SILENT, run),
      () => {
        neighbour.slow();
        this.#release(neighbour.peer);
        this.#request();
      },
    );
  }

  #release(peer: string): void {
    for (const [id, { coming }] of this.#fetches)
      for (const [piece, from] of coming) if (from === peer) this.#forget(peer, id, piece);
  }

  #forget(peer: string, id: string, piece: number): void {
    const coming = this.#fetches.get(id)?.coming;
    if (coming?.get(piece) === peer) coming.delete(piece);
  }

  readonly #askAgain = (): void => {
    for (const neighbour of this.#neighbours.values()) {
      const missed = [...this.#fetches.keys()];
      this.#ask(
        neighbour,
        missed.filter((id) => neighbour.known.get(id) !== 'all'),
      );
    }
    this.#stopTimer = this.#options.clock.setTimer(ASK_EVERY, this.#askAgain);
  };
}

function manifestOf(bytes: Uint8Array): Manifest | undefined {
  try {
    return new Manifest(bytes);
  } catch (error) {
    if (!(error instanceof PeerholdError)) throw error;
    return undefined;
  }
}
