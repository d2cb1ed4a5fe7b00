import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { type Attachment, attach, attachments } from '../../shared/commons/attachments';
import { useMe, useNetworkStore } from './network';

/** The files that a document names, by id and oldest first, on as they change. */
export function useAttachments(doc: Y.Doc): ReadonlyMap<string, Attachment> {
  const named = useMemo(() => new Named(doc), [doc]);
  return useSyncExternalStore(named.subscribe, named.current);
}

/** Takes a file of this device into the network and names it in a document; resolves with its id. */
export function useAttach(doc: Y.Doc): (chosen: File) => Promise<string> {
  const { engine, id: network } = useNetworkStore();
  const by = useMe()?.member ?? null;
  return useCallback(
    async (chosen) => {
      const { file, size } = await engine.addFile(network, chosen);
      const { name, type } = chosen;
      attach(doc, { file, name, size, type, time: Date.now(), by });
      return file;
    },
    [engine, network, doc, by],
  );
}

class Named {
  readonly #doc: Y.Doc;
  #files: ReadonlyMap<string, Attachment> | null = null;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const files = this.#doc.getMap('files');
    const changed = () => {
      this.#files = null;
      listener();
    };
    // Something may have come since it was read to be shown.
    this.#files = null;
    files.observeDeep(changed);
    return () => files.unobserveDeep(changed);
  };

  readonly current = (): ReadonlyMap<string, Attachment> => (this.#files ??= byId(this.#doc));
}

const byId = (doc: Y.Doc): ReadonlyMap<string, Attachment> =>
  new Map(attachments(doc).map((attachment) => [attachment.file, attachment]));
