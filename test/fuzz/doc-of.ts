import * as Y from 'yjs';
import { checkUpdate } from '../../shared/commons/updates';
import { PeerholdError } from '../../shared/errors';

/** The document that a foreign update makes, as `Docs.apply` takes it. */
export function docOf(update: Uint8Array): Y.Doc {
  checkUpdate(update);
  const doc = new Y.Doc({ gc: false });
  try {
    Y.applyUpdate(doc, update);
  } catch (cause) {
    throw new PeerholdError('doc-update-malformed', {}, { cause });
  }
  return doc;
}
