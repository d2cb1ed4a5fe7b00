import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import * as Y from 'yjs';
import { canonicalText } from '../../shared/commons/text/canonical';
import type { OpenDoc } from '../app/docs';
import { useMe, useNetworkStore } from '../app/network';
import type { DocHistory } from './history/use-history';
import { type Seen, readSeen, writeSeen } from './seen-store';

export interface News {
  /** Who changed the document since this person last looked, each once, the latest first; null: someone unknown. */
  readonly who: readonly (string | null)[];
  /** The text as they last saw it. */
  readonly before: string;
}

/**
 * What others changed since this person last had the document open on this device; null: nothing, or they never had. What they see
 * now becomes the mark when they leave, or by `markSeen`.
 */
export function useNews(
  open: OpenDoc | null,
  textIn: (doc: Y.Doc) => Y.XmlFragment,
  { changes }: DocHistory,
): { readonly news: News | null; readonly markSeen: () => void } {
  const { id: network } = useNetworkStore();
  const me = useMe()?.member;
  const doc = open?.synced === true ? open.doc : undefined;
  const id = open?.id;
  const [mark, setMark] = useState<Seen | null>(null);
  useEffect(() => {
    setMark(id === undefined ? null : readSeen(network, id));
  }, [network, id]);
  const newest = changes?.at(-1)?.index;
  const save = useCallback((): Seen | null => {
    if (doc === undefined || id === undefined || newest === undefined) return null;
    const seen = { snapshot: Y.encodeSnapshot(Y.snapshot(doc)), change: newest, time: Date.now() };
    writeSeen(network, id, seen);
    return seen;
  }, [network, id, doc, newest]);
  useEffect(() => {
    // Also while they look, since a window can end without a word. What they are told is new stays so until they leave.
    if (document.visibilityState === 'visible' && document.hasFocus()) save();
    const hidden = () => document.visibilityState === 'hidden' && save();
    document.addEventListener('visibilitychange', hidden);
    return () => document.removeEventListener('visibilitychange', hidden);
  }, [save]);
  useSaveOnLeave(save, id);
  const before = useMemo(
    () => (doc === undefined || mark === null ? null : textAt(doc, mark, textIn)),
    [doc, mark, textIn],
  );
  const news = useMemo(() => {
    if (before === null || mark === null || changes === undefined) return null;
    const others = changes.filter(({ index, member }) => index > mark.change && member !== me);
    return others.length === 0 ? null : { who: [...new Set(others.toReversed().map(({ member }) => member))], before };
  }, [before, mark, changes, me]);
  return { news, markSeen: useCallback(() => setMark(save()), [save]) };
}

/** On leaving the document, not each time that something in it changes. */
function useSaveOnLeave(save: () => unknown, id: string | undefined): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  }, [save]);
  useEffect(() => () => void latest.current(), [id]);
}

function textAt(doc: Y.Doc, { snapshot }: Seen, textIn: (doc: Y.Doc) => Y.XmlFragment): string | null {
  try {
    return canonicalText(textIn(Y.createDocFromSnapshot(doc, Y.decodeSnapshot(snapshot))));
  } catch {
    // The mark names what this copy does not have: it was made in another copy of the network's data.
    return null;
  }
}
