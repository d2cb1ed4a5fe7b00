import { type BundleHead, type DocBatch, writeContent } from '../bundle/content';
import type { Docs } from '../commons/docs';
import { batches } from '../commons/batches';
import { PeerholdError } from '../errors';
import type { Files } from '../files/files';
import type { Entry } from '../record/entry';
import type { Signer } from '../record/signature';
import type { Replica } from '../replica/replica';
import type { Listeners } from '../sync/listeners';
import type { EventBatch } from '../sync/record-messages';
import { BATCHES_AT_ONCE, Turns } from '../sync/turns';
import type { Access } from './access';
import { BundleFiles } from './bundle-files';
import { CheckedContent, type Content } from './checked-content';
import type { CheckedBatch } from './foreign';
import { knownTo } from './known-to';

/** A peer as its bundles see it. */
export interface BundleHolder {
  readonly replica: Replica;
  readonly docs: Docs;
  readonly files: Files;
  readonly signer: Signer;
  readonly access: Access;
  /** How many of this device's events another device has said that it has. */
  readonly heard: (device: string) => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes in checked events, as from a neighbour; resolves once they are durable. */
  readonly keep: (batch: CheckedBatch) => Promise<void>;
  /** What goes wrong meanwhile, as codes; among them why the disk does not take something, which it is given again until it does. */
  readonly troubles: Listeners<string>;
}

export type Progress = (done: number, total: number) => void;

export interface MadeBundle {
  /** Piece by piece, as it is asked for. Rejects with `bundle-too-large`. */
  readonly content: AsyncGenerator<Uint8Array>;
  readonly events: number;
  /** Documents with all their changes. */
  readonly documents: number;
}

export interface TakenBundle {
  /** Device and member that made it; null where the record here does not know whose the device is. */
  readonly maker: { readonly device: string; readonly member: string | null };
  /** When, as they claim: milliseconds since 1970. */
  readonly time: number;
  readonly recipient: string | null;
  /** Events in it, and how many of them are new here. */
  readonly events: number;
  readonly fresh: number;
  /** Events in it that are not in the record still: something that they build on is not here, or nothing that counts needs them. */
  readonly waiting: number;
  /** Documents in it, and how many of them have changed here. */
  readonly documents: number;
  readonly changed: number;
  /** Documents were left out: who made the bundle may not write here. */
  readonly documentsRefused: boolean;
}

/** Bytes of events and texts in one batch, about. */
const BATCH_BYTES = 192 * 1024;
const MAX_EVENTS = 4_096;
/** Bytes of documents' changes that are read before the first of them are applied: several documents at once. */
const APPLIED_BYTES = 4 * 1024 * 1024;

/** What a network's peers carry to each other where no connection leads, made and taken in on this side. */
export class Bundles {
  readonly files: BundleFiles;
  readonly #holder: BundleHolder;

  constructor(holder: BundleHolder) {
    this.#holder = holder;
    this.files = new BundleFiles(holder.docs, holder.files);
  }

  /** For a member, without what all of their devices are known to have; null: everything. Throws `no-member`. */
  make(recipient: string | null, progress: Progress = () => undefined): MadeBundle {
    const { replica, docs, signer, now } = this.#holder;
    const known = recipient === null ? [] : this.#knownTo(recipient);
    const entries = replica.record
      .all()
      .filter((entry) => (known[entry.lane] ?? 0) <= entry.place && replica.kept.offers(entry));
    const ids = docs.ids();
    const parts = this.#parts(entries, ids, progress);
    const head: BundleHead = { network: replica.id, device: signer.device, time: now(), recipient };
    return { content: writeContent(head, parts, signer), events: entries.length, documents: ids.length };
  }

  /**
   * Takes in what is new, with the checks that a neighbour's messages go through. Rejects with what `CheckedContent.check` or `whole` do: then
   * nothing of it was taken. `whole` checks what else is in the file. What the record itself refuses of whole and rightly signed events ends it
   * with that code, as it would close a channel; what came before is kept. So it is where the disk takes no more, or the file changes meanwhile.
   */
  async take(
    content: Content,
    progress: Progress = () => undefined,
    whole: () => Promise<void> = () => Promise.resolve(),
  ): Promise<TakenBundle> {
    const { replica, access } = this.#holder;
    const checked = await CheckedContent.check(content, replica.id, replica.record);
    await whole();
    const { head, tally, ids, fresh } = checked;
    const { device, time, recipient } = head;
    const total = tally.record + tally.changes;
    let done = 0;
    const step = (): void => progress(++done, total);
    await this.#whileStored(this.#keepAll(checked.events(), step));
    const waiting = [...fresh].filter((id) => !replica.record.has(id)).length;
    // As on a channel: documents are nobody's whom the record here, with what the bundle brought, does not let write.
    const remote = { device, purpose: 'member' } as const;
    const mayWrite = access.memberOf(device) !== undefined && access.permits(remote) && access.mayWrite(device);
    const changed = mayWrite ? await this.#whileStored(this.#applyAll(checked.changes(), step)) : new Set();
    const documents = tally.docs.size;
    return {
      maker: { device, member: access.memberOf(device) ?? null },
      time,
      recipient,
      events: ids.size,
      fresh: fresh.size - waiting,
      waiting,
      documents,
      changed: changed.size,
      documentsRefused: !mayWrite && documents > 0,
    };
  }

  async #keepAll(batches: AsyncIterable<CheckedBatch>, step: () => void): Promise<void> {
    for await (const batch of batches) {
      await this.#holder.keep(batch);
      step();
    }
  }

  /** A person who waits for it is told when the disk is full; what came in is written all the same once there is room. */
  #whileStored<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.#holder.troubles.add((code) => {
        if (code.startsWith('storage-')) reject(new PeerholdError(code));
      });
      work.then(resolve, reject).finally(stop);
    });
  }

  #knownTo(recipient: string): readonly number[] {
    const { replica, signer, heard } = this.#holder;
    const { state, record } = replica;
    const member = state.members.get(recipient);
    if (member?.status !== 'active') throw new PeerholdError('no-member');
    return knownTo(member, { state, record, own: signer.device, heard });
  }

  async *#parts(
    entries: readonly Entry[],
    ids: readonly string[],
    progress: Progress,
  ): AsyncGenerator<EventBatch | DocBatch> {
    const { replica, docs } = this.#holder;
    const total = entries.length + ids.length;
    for (let at = 0; at < entries.length;) {
      const batch: Entry[] = [];
      for (let bytes = 0; at < entries.length && bytes < BATCH_BYTES && batch.length < MAX_EVENTS; at++) {
        const entry = entries[at]!;
        batch.push(entry);
        bytes += entry.bytes.length + replica.textsOf(entry).reduce((sum, { text }) => sum + text.length, 0);
      }
      progress(at, total);
      yield {
        events: batch.map(({ bytes }) => bytes),
        texts: batch.flatMap((entry) => replica.textsOf(entry)),
      };
    }
    for (const [index, doc] of ids.entries()) {
      for (const updates of batches(await docs.missing(doc, new Uint8Array()))) yield { doc, updates };
      progress(entries.length + index + 1, total);
    }
  }

  /** Applies documents' changes; gives those that they changed. */
  async #applyAll(batches: AsyncIterable<DocBatch>, step: () => void): Promise<Set<string>> {
    const changed = new Set<string>();
    let waiting: DocBatch[] = [];
    let bytes = 0;
    for await (const batch of batches) {
      waiting.push(batch);
      bytes += batch.updates.reduce((sum, update) => sum + update.bytes.length, 0);
      if (bytes < APPLIED_BYTES) continue;
      await this.#apply(waiting, changed, step);
      [waiting, bytes] = [[], 0];
    }
    await this.#apply(waiting, changed, step);
    return changed;
  }

  /** Of one document in their order, of several at once. */
  async #apply(batches: readonly DocBatch[], changed: Set<string>, step: () => void): Promise<void> {
    const turns = new Turns(BATCHES_AT_ONCE);
    const byDoc = new Map<string, DocBatch[]>();
    for (const batch of batches) byDoc.set(batch.doc, [...(byDoc.get(batch.doc) ?? []), batch]);
    const applyDoc = async (parts: readonly DocBatch[]): Promise<void> => {
      for (const { doc, updates } of parts) {
        for (const update of updates)
          if ((await this.#holder.docs.apply(doc, update, this)) !== 'unchanged') changed.add(doc);
        step();
      }
    };
    await Promise.all([...byDoc.values()].map((parts) => turns.run(() => applyDoc(parts))));
  }
}
