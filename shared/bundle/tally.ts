import { MAX_DOCS } from '../commons/limits';
import { MAX_CONTENT, MAX_EVENTS, MAX_PARTS, MAX_UPDATES, tooLarge } from './limits';

/** A part of a content, as far as it is counted. */
type Counted =
  | { readonly kind: 'head' }
  | { readonly kind: 'events'; readonly batch: { readonly events: readonly unknown[] } }
  | { readonly kind: 'updates'; readonly batch: { readonly doc: string; readonly updates: readonly unknown[] } };

/** How much of a content there was so far, on either side. Throws `bundle-too-large` beyond what a reader takes. */
export class Tally {
  readonly docs = new Set<string>();
  /** Parts with events, and with changes of documents. */
  record = 0;
  changes = 0;
  #bytes = 0;
  #parts = 0;
  #events = 0;
  #updates = 0;

  bytes(count: number): void {
    this.#bytes += count;
    this.#parts += 1;
    if (this.#bytes > MAX_CONTENT || this.#parts > MAX_PARTS) throw tooLarge();
  }

  part(part: Counted): void {
    if (part.kind === 'events') {
      this.record += 1;
      this.#events += part.batch.events.length;
    } else if (part.kind === 'updates') {
      this.changes += 1;
      this.docs.add(part.batch.doc);
      this.#updates += part.batch.updates.length;
    }
    if (this.#events > MAX_EVENTS || this.#updates > MAX_UPDATES || this.docs.size > MAX_DOCS) throw tooLarge();
  }
}
