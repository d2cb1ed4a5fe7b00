import * as Y from 'yjs';
import { COMMONS_DOC, addPage, pageDoc, pageText } from '../../shared/commons/pages';
import type { DocStore } from '../../shared/commons/ports';
import { textToFragment } from '../../shared/commons/text/canonical';
import type { MadePage } from './node/texts';

/** A commons that has these pages, as the bytes of its documents. */
export type StoredCommons = ReadonlyMap<string, Uint8Array>;

/** Made once, it can be given to several members, who then have the same. */
export function storedCommons(pages: readonly MadePage[]): StoredCommons {
  const stored = new Map<string, Uint8Array>();
  const put = (id: string, edit: (doc: Y.Doc) => void): void => {
    const doc = new Y.Doc();
    edit(doc);
    stored.set(id, Y.encodeStateAsUpdate(doc));
  };
  put(COMMONS_DOC, (doc) => {
    // One by one each would look for its place among all before it.
    const rows = doc.getMap('pages');
    for (const [index, { id, title }] of pages.entries())
      if (index === 0) addPage(doc, { id, title, parent: null, by: null, time: 0 });
      else
        rows.set(id, new Y.Map<unknown>(Object.entries({ title, parent: null, by: null, time: 0, order: index + 1 })));
  });
  for (const { id, text } of pages) put(pageDoc(id), (doc) => textToFragment(text, pageText(doc)));
  return stored;
}

export async function keepCommons(commons: StoredCommons, docs: DocStore): Promise<void> {
  for (const [id, bytes] of commons) await docs.append(id, [{ bytes, member: null, time: 0 }]);
}
