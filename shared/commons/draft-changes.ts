import { sha256 } from '@noble/hashes/sha2.js';
import * as Y from 'yjs';
import { sameValue } from '../network/agreement/changes';
import type { ProtocolKind } from '../network/agreement/model';
import { toHex, utf8 } from '../record/bytes';
import { draftProtocols, protocolText } from './draft';
import type { StoredUpdate } from './ports';
import { canonicalText } from './text/canonical';
import { checkUpdate } from './updates';

/** A protocol in force, its text in the form in which the draft writes it; null where it was erased or is not here. */
export interface AsInForce {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly title: string;
  readonly text: string | null;
  readonly params: unknown;
}

/** Who changed a protocol of the draft since it last said what is in force, and when they last did, ms. Claims, as all in a document. */
export interface DraftAuthor {
  readonly protocol: string;
  readonly member: string | null;
  readonly time: number;
}

/** Of a draft's stored changes, oldest first: who made what differs from what is in force, the last author of each protocol last. */
export function draftAuthors(updates: readonly StoredUpdate[], inForce: readonly AsInForce[]): readonly DraftAuthor[] {
  const doc = new Y.Doc();
  const expected = new Map(inForce.map((protocol) => [protocol.id, protocol]));
  const said = new Map<string, string>();
  const authors = new Map<string, Map<string | null, number>>();
  const texts = new Set<string>();
  doc.on('afterTransaction', ({ changedParentTypes }: Y.Transaction) => {
    for (const type of changedParentTypes.keys()) {
      const root = rootOf(type);
      if (root !== null) texts.add(root);
    }
  });
  for (const { bytes, member, time } of updates) {
    texts.clear();
    try {
      checkUpdate(bytes);
      Y.applyUpdate(doc, bytes);
    } catch {
      continue;
    }
    const now = new Map(draftProtocols(doc).map((protocol) => [protocol.id, protocol]));
    for (const id of new Set([...now.keys(), ...said.keys(), ...expected.keys()])) {
      const row = now.get(id);
      const fragment = row === undefined ? undefined : protocolText(doc, id);
      const head = row === undefined ? '' : JSON.stringify([row.kind, row.title, row.params]);
      if (said.get(id) === head && (fragment === undefined || !texts.has(nameOf(fragment)))) continue;
      said.set(id, head);
      const wanted = expected.get(id);
      const same =
        row === undefined || fragment === undefined
          ? wanted === undefined
          : wanted !== undefined &&
            row.kind === wanted.kind &&
            row.title === wanted.title &&
            sameValue(row.params, wanted.params) &&
            canonicalText(fragment) === wanted.text;
      if (same) authors.delete(id);
      else {
        const own = authors.get(id) ?? new Map<string | null, number>();
        // Whoever changed it last is told last.
        own.delete(member);
        authors.set(id, own.set(member, time));
      }
    }
  }
  doc.destroy();
  return [...authors].flatMap(([protocol, own]) => [...own].map(([member, time]) => ({ protocol, member, time })));
}

function rootOf(type: Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>): string | null {
  let top: Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>> = type;
  while (top._item !== null) top = top._item.parent as typeof top;
  return top instanceof Y.XmlFragment ? nameOf(top) : null;
}

const nameOf = (fragment: Y.XmlFragment): string => Y.findRootTypeKey(fragment);

const kept = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('kept');

/** What a member said of a change, as it stands in the document. */
export interface KeptWord {
  readonly protocol: string;
  readonly member: string;
  /** The paragraph's change that it is about; undefined: the whole protocol. */
  readonly paragraph: string | undefined;
  readonly value: unknown;
}

export const keptBy = (protocol: string, member: string, paragraph?: string): string =>
  [protocol, member, ...(paragraph === undefined ? [] : [paragraph])].join(' ');

export function keptWords(doc: Y.Doc): KeptWord[] {
  return [...kept(doc)].flatMap(([key, value]) => {
    const [protocol = '', member = '', paragraph, ...more] = key.split(' ');
    return member === '' || more.length > 0 ? [] : [{ protocol, member, paragraph, value }];
  });
}

/** `by` is what `keptBy` made; null takes it back. */
export function setKept(doc: Y.Doc, by: string, value: string | null): void {
  if (value === null) kept(doc).delete(by);
  else kept(doc).set(by, value);
}

/** Who said of a protocol's change that it is to stay as it is. */
export interface KeptChange {
  readonly protocol: string;
  readonly member: string;
}

/** The changes that members accept, as they stand now: whoever accepted a change accepted those words, and no later ones. */
export function keptChanges(doc: Y.Doc): readonly KeptChange[] {
  return keptWords(doc)
    .filter(({ protocol, paragraph, value }) => paragraph === undefined && value === markOf(doc, protocol))
    .map(({ protocol, member }) => ({ protocol, member }))
    .sort((a, b) => (a.member < b.member ? -1 : 1));
}

/** Says that a protocol is to stay as the draft has it now, or takes that back. */
export function keepChange(doc: Y.Doc, { protocol, member }: KeptChange, keep: boolean): void {
  setKept(doc, keptBy(protocol, member), keep ? markOf(doc, protocol) : null);
}

/** Names what the draft says of a protocol; that it does not have it is something that it says, too. */
function markOf(doc: Y.Doc, id: string): string {
  const protocol = draftProtocols(doc).find((one) => one.id === id);
  if (protocol === undefined) return 'dropped';
  const { kind, title, params } = protocol;
  const words = JSON.stringify([kind, title, params, canonicalText(protocolText(doc, id))]);
  return toHex(sha256(utf8(words)).subarray(0, 16));
}
