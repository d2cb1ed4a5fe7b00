/** One change of a document as it is kept: a Yjs update, who made it as far as we were told, and when they say they did. */
export interface StoredUpdate {
  readonly bytes: Uint8Array;
  /** Member id. A claim of whoever delivered it: the commons is not the record, nothing counts by it. */
  readonly member: string | null;
  /** Milliseconds since 1970, claimed; for display only. */
  readonly time: number;
  /**
   * The document begins anew with this: what was stored before is another version of it, which is kept for its history only (see
   * `Docs.adopt`). Never sent.
   */
  readonly anew?: true;
}

/**
 * Where documents are kept: for each an append-only list of updates. The list is the document's history, so an adapter never
 * merges or drops entries by itself. Rejections are passed on as they are; the caller retries.
 */
export interface DocStore {
  /** All updates of a document in the order of `append`; empty for an unknown one. */
  load(doc: string): Promise<readonly StoredUpdate[]>;
  /** Keeps all of them or none; resolves once they would survive a power cut. Appends to one document are never concurrent. */
  append(doc: string, updates: readonly StoredUpdate[]): Promise<void>;
  /** Documents with at least one update, in any order. */
  list(): Promise<readonly string[]>;
}
