import { type BundleHead, type DocBatch, type WrittenPart, readPart } from '../bundle/content';
import { Tally } from '../bundle/tally';
import { PeerholdError } from '../errors';
import { equalBytes } from '../record/bytes';
import type { RecordSet } from '../record/record';
import { KIND } from '../sync/channel/kinds';
import { type CheckedBatch, checkForeign, checkUnknown } from './foreign';

/** A bundle's content, from the start; read several times, since it may be more than is held in memory. */
export type Content = () => AsyncIterable<WrittenPart>;

const KINDS = { events: KIND.record, updates: KIND.docs } as const;

/** A content that was read to its end, with nothing wrong in it. What is read of it then is what was checked. */
export class CheckedContent {
  readonly head: BundleHead;
  readonly tally: Tally;
  /** Ids of its events, and of those that were not in the record. */
  readonly ids: ReadonlySet<string>;
  readonly fresh: ReadonlySet<string>;
  readonly #content: Content;
  readonly #record: RecordSet;
  readonly #digests: readonly Uint8Array[];

  private constructor(
    content: Content,
    record: RecordSet,
    found: Pick<CheckedContent, 'head' | 'tally' | 'ids' | 'fresh'>,
    digests: readonly Uint8Array[],
  ) {
    this.#content = content;
    this.#record = record;
    this.#digests = digests;
    this.head = found.head;
    this.tally = found.tally;
    this.ids = found.ids;
    this.fresh = found.fresh;
  }

  /**
   * Reads all of it. Rejects with `wrong-network`, what `readContent` and `readPart` refuse, `bundle-too-large`, or the code of an event
   * that is none.
   */
  static async check(content: Content, network: string, record: RecordSet): Promise<CheckedContent> {
    const [ids, fresh] = [new Set<string>(), new Set<string>()];
    const digests: Uint8Array[] = [];
    const tally = new Tally();
    let head: BundleHead | undefined;
    for await (const written of content()) {
      const part = readPart(written);
      digests.push(written.digest);
      tally.part(part);
      if (part.kind === 'head') {
        head = part.head;
        if (head.network !== network) throw new PeerholdError('wrong-network');
      } else if (part.kind === 'events') {
        const batch = await checkForeign(part.batch, record);
        for (const { id } of batch.events) ids.add(id);
        for (const { id } of batch.fresh) fresh.add(id);
      }
    }
    // Without a head it would not have come to its end.
    return new CheckedContent(content, record, { head: head!, tally, ids, fresh }, digests);
  }

  /** Rejects with `bundle-damaged` where the file is not what it was when it was checked. */
  async *events(): AsyncGenerator<CheckedBatch> {
    for await (const part of this.#again('events'))
      if (part.kind === 'events') yield await checkUnknown(part.batch, this.#record, this.fresh);
  }

  /** As `events`. */
  async *changes(): AsyncGenerator<DocBatch> {
    for await (const part of this.#again('updates')) if (part.kind === 'updates') yield part.batch;
  }

  async *#again(wanted: 'events' | 'updates') {
    let at = 0;
    for await (const written of this.#content()) {
      const digest = this.#digests[at++];
      if (digest === undefined || !equalBytes(digest, written.digest)) throw new PeerholdError('bundle-damaged');
      if (written.kind === KINDS[wanted]) yield readPart(written);
    }
  }
}
