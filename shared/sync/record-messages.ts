import { PeerholdError } from '../errors';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import { MAX_EVENT_BYTES } from '../record/event';
import { bytes, id, list, object, tagged, text, tuple } from '../record/shape';
import { type DetachedText, MAX_TEXT, SALT_BYTES } from '../record/text';

/** Events in their stored form, ancestors first, and the texts that they name. */
export interface EventBatch {
  readonly events: readonly Uint8Array[];
  readonly texts: readonly DetachedText[];
}

/** What two peers say about the record, on the channel's `record` kind. */
export type RecordMessage =
  /** All newest events of the sender's chains: it has these and everything before them. */
  | { readonly kind: 'have'; readonly tips: readonly string[] }
  /** Events received and stored since the last word; the sender has them and everything before them. */
  | { readonly kind: 'got'; readonly tips: readonly string[] }
  /** Send me these, I hold events that cite them. */
  | { readonly kind: 'want'; readonly ids: readonly string[] }
  /** The devices that I am connected to: whoever has an event of one of us need not send it to all. */
  | { readonly kind: 'near'; readonly devices: readonly string[] }
  | ({ readonly kind: 'events' } & EventBatch);

/** A fork storm must not make a message of unbounded size; the newest are named, the rest is found by `want`. */
export const MAX_TIPS = 4_096;
export const MAX_WANTED = 1_024;
/** More than a peer has neighbours. */
export const MAX_NEAR = 64;
const MAX_EVENTS = 8_192;

const shape = tagged('kind', {
  have: object({ tips: list(id, MAX_TIPS) }),
  got: object({ tips: list(id, MAX_TIPS) }),
  want: object({ ids: list(id, MAX_WANTED) }),
  near: object({ devices: list(id, MAX_NEAR) }),
  events: object({
    events: list(bytes(1, MAX_EVENT_BYTES), MAX_EVENTS),
    texts: list(tuple(id, bytes(SALT_BYTES), text(MAX_TEXT)), MAX_EVENTS * 4),
  }),
});

export function encodeRecordMessage(message: RecordMessage): Uint8Array {
  if (message.kind !== 'events') return encodeCanonical(message);
  return encodeCanonical({
    ...message,
    texts: message.texts.map(({ author, salt, text: words }) => [author, salt, words]),
  });
}

/** Throws `bytes-malformed` or `message-malformed`. */
export function decodeRecordMessage(encoded: Uint8Array): RecordMessage {
  const value = decodeCanonical(encoded);
  if (!shape(value)) throw new PeerholdError('message-malformed');
  if (value.kind !== 'events') return value;
  return {
    kind: 'events',
    events: value.events,
    texts: value.texts.map(([author, salt, words]) => ({ author, salt, text: words })),
  };
}
