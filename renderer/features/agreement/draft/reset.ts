import type * as Y from 'yjs';
import {
  addProtocol,
  draftProtocols,
  protocolText,
  removeProtocol,
  setParams,
  setTitle,
} from '../../../../shared/commons/draft';
import { changeText } from '../../../../shared/commons/text/change-text';
import { sameValue } from '../../../../shared/network/agreement/changes';
import type { ReadableProtocol } from '../readable';

/** Makes a protocol of the draft say what the given one says. Touches only what differs, so that cursors elsewhere stay. */
export function resetProtocol(doc: Y.Doc, to: ReadableProtocol): void {
  const { text } = to;
  if (typeof text !== 'string') return;
  doc.transact(() => {
    const present = draftProtocols(doc).find((protocol) => protocol.id === to.id);
    if (present === undefined) addProtocol(doc, { id: to.id, kind: to.kind, title: to.title, params: to.params });
    else {
      setTitle(doc, to.id, to.title);
      if (!sameValue(present.params, to.params)) setParams(doc, to.id, to.params);
    }
    changeText(protocolText(doc, to.id), text);
  });
}

/** Makes the whole draft say what the given protocols say; others are left out of it. */
export function resetAll(doc: Y.Doc, to: readonly ReadableProtocol[]): void {
  doc.transact(() => {
    const kept = new Set(to.map((protocol) => protocol.id));
    for (const { id } of draftProtocols(doc)) if (!kept.has(id)) removeProtocol(doc, id);
    for (const protocol of to) resetProtocol(doc, protocol);
  });
}
