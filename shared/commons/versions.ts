import * as Y from 'yjs';
import { PeerholdError } from '../errors';
import { isTime } from './comments';
import { canonicalText } from './text/canonical';

export const MAX_VERSION_NAME = 100;
/** Named versions of one text that are read. */
const MAX_VERSIONS = 500;
/** Bytes of one state: what was written by whom until when, and what was deleted of it. */
const MAX_STATE = 256 * 1024;

/** A name for a state of a text, kept in the document of its discussion. Who and when are claims. */
export interface NamedVersion {
  readonly id: string;
  readonly name: string;
  readonly member: string | null;
  /** When it was named, milliseconds since 1970. */
  readonly time: number;
  /** An encoded Yjs snapshot of the text's document. */
  readonly state: Uint8Array;
}

const versions = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('versions');

/** The named versions in a discussion's document, the newest first; entries that are none are left out. */
export function namedVersions(doc: Y.Doc): readonly NamedVersion[] {
  const all: NamedVersion[] = [];
  for (const [id, value] of versions(doc)) {
    if (all.length >= MAX_VERSIONS) break;
    if (!(value instanceof Y.Map)) continue;
    const [name, member, time, state] = ['name', 'member', 'time', 'state'].map((key) => value.get(key));
    if (typeof name !== 'string' || name.trim() === '' || !(state instanceof Uint8Array)) continue;
    if (state.length > MAX_STATE || !isTime(time)) continue;
    const by = typeof member === 'string' ? member : null;
    all.push({ id, name: name.slice(0, MAX_VERSION_NAME), member: by, time, state });
  }
  return all.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1));
}

/** The state in which a text's document is now, to be named. */
export const stateOf = (text: Y.Doc): Uint8Array => Y.encodeSnapshot(Y.snapshot(text));

/** Names a state. Throws `version-too-large` where more was deleted in the text than a name can hold. */
export function nameVersion(doc: Y.Doc, { id, name, ...rest }: NamedVersion): void {
  if (rest.state.length > MAX_STATE) throw new PeerholdError('version-too-large');
  versions(doc).set(id, new Y.Map<unknown>(Object.entries({ ...rest, name: name.trim().slice(0, MAX_VERSION_NAME) })));
}

/** The name goes; the state stays in the history. */
export function unnameVersion(doc: Y.Doc, id: string): void {
  versions(doc).delete(id);
}

/** The canonical text in an earlier state of a document; null: not all that it had is on this device. */
export function textInState(text: Y.Doc, state: Uint8Array, textIn: (doc: Y.Doc) => Y.XmlFragment): string | null {
  try {
    const { ds, sv } = Y.decodeSnapshot(state);
    if ([...sv].some(([client, clock]) => Y.getState(text.store, client) < clock)) return null;
    return canonicalText(textIn(Y.createDocFromSnapshot(text, new Y.Snapshot(ds, sv))));
  } catch {
    return null;
  }
}
