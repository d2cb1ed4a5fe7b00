import { PeerholdError } from '../errors';
import type { Files } from './files';
import { MAX_SERVED, READ_AHEAD } from './limits';
import { MANIFEST, encodeFilesMessage } from './messages';
import type { Neighbour } from './neighbour';

/** Gives neighbours what they want of the files that are here, as fast as each takes it. */
export class Server {
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  answer(neighbour: Neighbour, id: string): void {
    const held = this.#files.get(id);
    if (held === undefined || held.pieces.count < held.manifest.pieces) neighbour.remember(id);
    if (this.#files.has(id)) neighbour.say(encodeFilesMessage({ kind: 'has', id, much: 'all' }));
    else if (held === undefined || held.pieces.count === 0)
      neighbour.say(encodeFilesMessage({ kind: 'has', id, much: 'none' }));
    else neighbour.say(encodeFilesMessage({ kind: 'has', id, much: 'some', bits: held.pieces.bits }));
  }

  /** A file is whole now: whoever asked about it before hears of it. */
  tellWhole(neighbour: Neighbour, id: string): void {
    if (neighbour.curious.delete(id)) this.answer(neighbour, id);
  }

  /** Takes note of what a neighbour wants; more than is allowed at once is not answered. */
  want(neighbour: Neighbour, id: string, piece: number): void {
    if (neighbour.serving.length >= MAX_SERVED) return;
    neighbour.serving.push({ id, piece });
    void this.#pump(neighbour);
  }

  async #pump(neighbour: Neighbour): Promise<void> {
    if (neighbour.pumping) return;
    neighbour.pumping = true;
    try {
      for (let next = neighbour.serving[0]; next !== undefined; next = neighbour.serving[0]) {
        // While one waits for room, the next are read.
        for (const one of neighbour.serving.slice(0, READ_AHEAD)) one.bytes ??= this.#bytesOf(one.id, one.piece);
        await neighbour.pipe.writable();
        const bytes = await next.bytes;
        if (neighbour.gone) return;
        neighbour.serving.shift();
        const { id, piece } = next;
        if (bytes === undefined) neighbour.say(encodeFilesMessage({ kind: 'lack', id, piece }));
        else neighbour.pipe.send(encodeFilesMessage({ kind: 'piece', id, piece, bytes }), true);
      }
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      // The channel closed while we waited for room: there is nobody to send to.
    } finally {
      neighbour.pumping = false;
    }
  }

  async #bytesOf(id: string, piece: number): Promise<Uint8Array | undefined> {
    if (piece === MANIFEST) return this.#files.get(id)?.manifest.bytes;
    // A disk that fails is as one that has it not: somebody else may be asked.
    return this.#files.piece(id, piece).catch(() => undefined);
  }
}
