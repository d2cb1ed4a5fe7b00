import * as Y from 'yjs';
import { type Attachment, attachments } from '../commons/attachments';
import type { Docs } from '../commons/docs';

/** The files that a document names. One that can not be read names nothing; it is read again when it changes. */
export async function filesNamedBy(docs: Docs, id: string): Promise<readonly Attachment[]> {
  const state = await docs.state(id).catch(() => undefined);
  if (state === undefined) return [];
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const named = attachments(doc);
  doc.destroy();
  return named;
}

/** When each file that any document names was attached to one last, as is claimed: milliseconds since 1970. */
export async function namedFiles(docs: Docs): Promise<ReadonlyMap<string, number>> {
  const named = new Map<string, number>();
  for (const id of docs.ids())
    for (const { file, time } of await filesNamedBy(docs, id)) named.set(file, Math.max(time, named.get(file) ?? 0));
  return named;
}
