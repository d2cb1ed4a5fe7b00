import { type Page, COMMONS_DOC, allPages, discussionDoc, pageDoc } from '../commons/pages';
import { MAX_DOC_BYTES } from '../commons/limits';
import type { Peer } from '../peer/peer';
import { STALE_DAYS } from '../network/certainty/model';
import type { Written } from '../network/certainty/pages';

const DAY = 86_400_000;
/** Documents whose history is read from the disk at the same time. */
const AT_ONCE = 16;
const SUBJECT = /^(?:page|discussion):(.+)$/s;

/** Of when a page was written in and talked about, what `pageCertainty` asks: the last change of its text, and what was said after it. */
export interface PageWriting {
  readonly page: string;
  readonly text: readonly Written[];
  readonly talk: readonly Written[];
}

/** When the pages of a network were written in and talked about; each is read once, and again after it was changed. */
export class PageWritings {
  readonly #peer: Peer;
  readonly #read = new Map<string, Promise<PageWriting>>();

  constructor(peer: Peer) {
    this.#peer = peer;
    const forget = (doc: string): void => void this.#read.delete(SUBJECT.exec(doc)?.[1] ?? '');
    peer.docs.changes.add(({ doc }) => forget(doc));
    peer.docs.replaced.add(forget);
  }

  /**
   * Of living pages those of which it matters at `now` (ms): whose discussion has something, and that were made so long ago that they
   * can be stale. Of any other page certainty is the same as of one that nobody has written in since it was made.
   */
  async at(now: number): Promise<readonly PageWriting[]> {
    const pages = await this.#peer.docs.glance(COMMONS_DOC, MAX_DOC_BYTES, allPages);
    const asked = [...(pages?.values() ?? [])].filter((page) => !page.deleted && this.#matters(page, now));
    const found: PageWriting[] = [];
    for (let from = 0; from < asked.length; from += AT_ONCE)
      found.push(...(await Promise.all(asked.slice(from, from + AT_ONCE).map(({ id }) => this.#of(id)))));
    return found;
  }

  #matters({ id, time }: Page, now: number): boolean {
    return now - time >= STALE_DAYS * DAY || this.#peer.docs.has(discussionDoc(id));
  }

  #of(page: string): Promise<PageWriting> {
    const known = this.#read.get(page);
    if (known !== undefined) return known;
    const reading = this.#look(page);
    this.#read.set(page, reading);
    reading.catch(() => this.#read.get(page) === reading && this.#read.delete(page));
    return reading;
  }

  async #look(page: string): Promise<PageWriting> {
    const [text, talk] = await Promise.all([this.#history(pageDoc(page)), this.#history(discussionDoc(page))]);
    const last = text.reduce<Written | undefined>(
      (newest, one) => (newest && newest.time > one.time ? newest : one),
      undefined,
    );
    const changed = last?.time ?? 0;
    return {
      page,
      text: last === undefined ? [] : [last],
      talk: talk.filter(({ time }) => time > changed),
    };
  }

  async #history(doc: string): Promise<readonly Written[]> {
    if (!this.#peer.docs.has(doc)) return [];
    return (await this.#peer.docs.history(doc)).map(({ time, member }) => ({ time, member }));
  }
}
