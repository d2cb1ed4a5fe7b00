import { useMemo, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { type Attachment, attachments } from '../../shared/commons/attachments';

/** The files that a document names, by id and oldest first, on as they change. */
export function useAttachments(doc: Y.Doc): ReadonlyMap<string, Attachment> {
  const named = useMemo(() => new Named(doc), [doc]);
  return useSyncExternalStore(named.subscribe, named.current);
}

class Named {
  readonly #doc: Y.Doc;
  #files: ReadonlyMap<string, Attachment>;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#files = byId(doc);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const files = this.#doc.getMap('files');
    const changed = () => {
      this.#files = byId(this.#doc);
      listener();
    };
    files.observeDeep(changed);
    return () => files.unobserveDeep(changed);
  };

  readonly current = (): ReadonlyMap<string, Attachment> => this.#files;
}

const byId = (doc: Y.Doc): ReadonlyMap<string, Attachment> =>
  new Map(attachments(doc).map((attachment) => [attachment.file, attachment]));
