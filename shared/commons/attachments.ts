import * as Y from 'yjs';
import { isId } from '../record/shape';

/** Files that a document names. Whoever reads the document can ask for them: the id is the key to a file, within the network. */

export const MAX_FILE_NAME = 200;
const MAX_FILE_TYPE = 100;
/** Files of one document that are read. */
const MAX_FILES = 500;

export interface Attachment {
  /** Id of the file: the hash of its manifest. */
  readonly file: string;
  readonly name: string;
  /** Bytes, as whoever attached it said; the manifest has the true number. */
  readonly size: number;
  /** Media type, claimed; empty where unknown. */
  readonly type: string;
  /** When it was attached, claimed, and by which member. */
  readonly time: number;
  readonly by: string | null;
}

const files = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('files');

/** The files that a document names, oldest first; whatever another writer put there, each field is of its type. */
export function attachments(doc: Y.Doc): readonly Attachment[] {
  const all: Attachment[] = [];
  for (const [file, value] of files(doc)) {
    if (all.length >= MAX_FILES) break;
    if (!isId(file) || !(value instanceof Y.Map)) continue;
    const [name, size, type, time, by] = ['name', 'size', 'type', 'time', 'by'].map((key) => value.get(key));
    all.push({
      file,
      name: typeof name === 'string' ? name.slice(0, MAX_FILE_NAME) : '',
      size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : 0,
      type: typeof type === 'string' ? type.slice(0, MAX_FILE_TYPE) : '',
      time: typeof time === 'number' && Number.isSafeInteger(time) ? time : 0,
      by: typeof by === 'string' && isId(by) ? by : null,
    });
  }
  return all.sort((a, b) => a.time - b.time || (a.file < b.file ? -1 : 1));
}

/** Names a file in a document; a second time its name becomes the new one. */
export function attach(doc: Y.Doc, { file, name, type, ...rest }: Attachment): void {
  const row = { ...rest, name: name.slice(0, MAX_FILE_NAME), type: type.slice(0, MAX_FILE_TYPE) };
  files(doc).set(file, new Y.Map<unknown>(Object.entries(row)));
}

/** The document names it no more; devices keep what they have of it. */
export function detach(doc: Y.Doc, file: string): void {
  files(doc).delete(file);
}
