import type { StoredUpdate } from '../commons/ports';
import * as shape from '../record/shape';
import { type DetachedText, MAX_TEXT, SALT_BYTES } from '../record/text';

/** What stores check of their rows when they load them: what a damaged disk gives back is as foreign as what comes over a wire. */
export const isStoredEvents = (row: unknown): row is Uint8Array[] =>
  Array.isArray(row) && row.every((one) => one instanceof Uint8Array);

export const isStoredText: shape.Shape<DetachedText> = shape.object({
  author: shape.id,
  salt: shape.bytes(SALT_BYTES),
  text: shape.text(MAX_TEXT),
});

export const isStoredUpdate: shape.Shape<StoredUpdate> = shape.object({
  bytes: shape.bytes(0, Number.MAX_SAFE_INTEGER),
  member: shape.nullable(shape.text(64)),
  time: shape.integer(0, Number.MAX_SAFE_INTEGER),
  anew: shape.optional((value): value is true => value === true),
});

/** Stands in the place of a change of a document that can not be read, so that the document says that it is damaged. */
export const LOST_UPDATE: StoredUpdate = { bytes: new Uint8Array(), member: null, time: 0 };
