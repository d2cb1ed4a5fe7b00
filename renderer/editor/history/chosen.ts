import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { canonicalText } from '../../../shared/commons/text/canonical';
import { type NamedVersion, textInState } from '../../../shared/commons/versions';
import type { DocChange } from '../../../shared/engine/contract';
import { type OpenDoc, useDocValue } from '../../app/docs';
import { useNetworkStore } from '../../app/network';
import { docAfter } from './use-history';

/** A state of a text: as it is now, as this person last saw it, after a change, or one that has a name. */
export type Chosen =
  | { readonly kind: 'now' }
  | { readonly kind: 'seen'; readonly text: string }
  | { readonly kind: 'change'; readonly change: DocChange }
  | { readonly kind: 'version'; readonly version: NamedVersion };

export const NOW: Chosen = { kind: 'now' };

/** The same for the same state. */
export function keyOf(chosen: Chosen): string {
  if (chosen.kind === 'change') return `change:${chosen.change.index}`;
  return chosen.kind === 'version' ? `version:${chosen.version.id}` : chosen.kind;
}

export interface StateText {
  /** Undefined while it is fetched; null: not all of it is on this device. */
  readonly text: string | null | undefined;
  readonly error: unknown;
}

const FETCHING: StateText = { text: undefined, error: undefined };

/** The canonical text in a state, following what changes where it is the one of now. `textIn` and `chosen` must be stable. */
export function useStateText(doc: OpenDoc, textIn: (doc: Y.Doc) => Y.XmlFragment, chosen: Chosen): StateText {
  const store = useNetworkStore();
  const [read] = useState(() => (now: Y.Doc) => canonicalText(textIn(now)));
  const now = useDocValue(chosen.kind === 'now' ? doc : null, read) ?? '';
  const [fetched, setFetched] = useState(FETCHING);
  useEffect(() => {
    if (chosen.kind === 'now' || chosen.kind === 'seen') return undefined;
    if (chosen.kind === 'version') {
      setFetched({ text: textInState(doc.doc, chosen.version.state, textIn), error: undefined });
      return undefined;
    }
    let stale = false;
    setFetched(FETCHING);
    docAfter(store, doc.id, chosen.change.index).then(
      (then) => !stale && setFetched({ text: canonicalText(textIn(then)), error: undefined }),
      (error: unknown) => !stale && setFetched({ text: undefined, error }),
    );
    return () => {
      stale = true;
    };
  }, [store, doc, textIn, chosen]);
  if (chosen.kind === 'now') return { text: now, error: undefined };
  return chosen.kind === 'seen' ? { text: chosen.text, error: undefined } : fetched;
}
