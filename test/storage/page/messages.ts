import type { StoredUpdate } from '../../../shared/commons/ports';
import type { Piece, StoredFile } from '../../../shared/files/ports';
import type { StoredBatch } from '../../../shared/peer/store';
import type { TextRef } from '../../../shared/record/text';

/** A value, or the code of what was thrown instead. */
export type Outcome<T> = { readonly value: T } | { readonly code: string };

/** What a test asks of a store in the page; every call names the network whose store it is. */
export interface StorageCalls {
  /** Opens the store, a second time as after a restart of the app. */
  open(network: string): Promise<void>;
  drop(network: string): Promise<void>;
  /** Makes the store as it was before there were files, with these events in it. */
  makeFirst(network: string, events: readonly Uint8Array[]): Promise<void>;
  load(network: string): Promise<{ readonly batches: readonly StoredBatch[]; readonly damaged: number }>;
  append(network: string, batch: StoredBatch): Promise<void>;
  erase(network: string, refs: readonly TextRef[]): Promise<void>;
  /** As pairs where it is a map: maps do not travel between page and test. */
  recall(network: string, key: string): Promise<{ readonly map: [unknown, unknown][] } | { readonly plain: unknown }>;
  remember(network: string, key: string, value: { map: [unknown, unknown][] } | { plain: unknown }): Promise<void>;
  loadDoc(network: string, doc: string): Promise<readonly StoredUpdate[]>;
  appendDoc(network: string, doc: string, updates: readonly StoredUpdate[]): Promise<void>;
  listDocs(network: string): Promise<readonly string[]>;
  listFiles(network: string): Promise<readonly StoredFile[]>;
  beginFile(network: string, id: string, manifest: Uint8Array): Promise<void>;
  putPieces(network: string, id: string, pieces: readonly Piece[], safe: boolean): Promise<void>;
  piece(network: string, id: string, index: number): Promise<Uint8Array | undefined>;
  dropFile(network: string, id: string): Promise<void>;
  /** Runs a check of installations on this profile's own; what was wrong, or null. */
  checkInstallation(name: string, isLocked: boolean): Promise<string | null>;
  beginFreshLog(): Promise<void>;
  /** Puts a row into one of the database's stores as it is, past the code under test. */
  spoil(network: string, store: 'events' | 'texts' | 'docs', row: unknown, key?: string): Promise<void>;
}

export type Harness = {
  [Name in keyof StorageCalls]: (
    ...args: Parameters<StorageCalls[Name]>
  ) => Promise<Outcome<Awaited<ReturnType<StorageCalls[Name]>>>>;
};
