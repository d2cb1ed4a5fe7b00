/** Bounds of the commons: everything that comes from outside is checked against one of these before it is used. */

/** Names a document: its kind, and after a colon which one of that kind (`commons`, `page:4f21…`, `discussion:…`). */
const DOC_ID = /^[a-z]{1,24}(:[0-9a-z-]{1,64})?$/;
export const isDocId = (value: string): boolean => value.length <= 89 && DOC_ID.test(value);

/** Bytes of one message on the channel. The channel chunks; this bounds what is put together again. */
export const MAX_MESSAGE = 16 * 1024 * 1024;
/** Bytes of one Yjs update: it can not be split, so it must fit a message with its frame. */
export const MAX_UPDATE = 8 * 1024 * 1024;
/** Bytes of all stored updates of one document. */
export const MAX_DOC_BYTES = 64 * 1024 * 1024;
/** Documents of one network. */
export const MAX_DOCS = 5_000;
/** Bytes of updates that wait for others they build on, for each document; beyond it they are dropped and asked for again. */
export const MAX_PENDING = 4 * 1024 * 1024;
/** Levels of nesting inside one value in a document; honest apps stay below five. */
export const MAX_DEPTH = 32;
/** Two changes of one member closer than this are one entry of the history. Milliseconds. */
export const HISTORY_GAP = 10 * 60_000;
