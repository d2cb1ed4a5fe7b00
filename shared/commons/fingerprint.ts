import { sha256 } from '@noble/hashes/sha2.js';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { utf8 } from '../record/bytes';

/** Bytes of each half of a fingerprint. */
export const PRINT_BYTES = 16;

/**
 * What a document knows and what it holds, for comparison between replicas. Equal `known` means the same insertions and
 * deletions were seen; then a different `content` is proof that someone gave two peers different content under one number,
 * which Yjs never notices by itself.
 */
export interface Fingerprint {
  readonly known: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * Independent of how a replica happens to have cut its items: runs are hashed as one, with a header only where an item does not
 * simply follow the one before it. Content of deleted items is left out, their place is not. Halves of a pair of surrogates that stand alone are all taken
 * for the same, as every screen shows them.
 */
export function fingerprint(doc: Y.Doc): Fingerprint {
  const known = encoding.createEncoder();
  const content = encoding.createEncoder();
  for (const client of [...doc.store.clients.keys()].sort((a, b) => a - b)) {
    encoding.writeVarUint(known, client);
    encoding.writeVarUint(content, client);
    writeClient(known, content, doc.store.clients.get(client)!);
  }
  return { known: hash(known), content: hash(content) };
}

function writeClient(known: encoding.Encoder, content: encoding.Encoder, structs: readonly (Y.Item | Y.GC)[]): void {
  /** Clocks at which deleted turns into undeleted or back, so that neighbouring ranges read as one. */
  const turns: number[] = [];
  let before: Y.Item | null = null;
  let deleted = false;
  let clock = 0;
  /** Characters of neighbouring items: encoded at once, which is far faster, and so that it makes no difference where they were cut. */
  let words = '';
  const flush = (): void => {
    if (words === '') return;
    encoding.writeUint8Array(content, utf8(words));
    words = '';
  };
  for (const struct of structs) {
    if (struct.deleted !== deleted) {
      turns.push(clock);
      deleted = struct.deleted;
    }
    if (struct instanceof Y.Item) {
      if (before === null || !follows(struct, before)) {
        flush();
        writeHeader(content, struct);
      }
      if (!struct.deleted && struct.content instanceof Y.ContentString) words += struct.content.str;
      else writeContent(content, struct);
      before = struct;
    } else before = null;
    clock += struct.length;
  }
  flush();
  encoding.writeVarUint(known, turns.length);
  for (const turn of turns) encoding.writeVarUint(known, turn);
  encoding.writeVarUint(known, clock);
}

function follows(item: Y.Item, before: Y.Item): boolean {
  return (
    item.origin !== null &&
    item.origin.client === item.id.client &&
    item.origin.clock === item.id.clock - 1 &&
    Y.compareIDs(item.rightOrigin, before.rightOrigin) &&
    item.deleted === before.deleted &&
    (item.deleted || item.content.constructor === before.content.constructor)
  );
}

function writeHeader(to: encoding.Encoder, item: Y.Item): void {
  encoding.writeUint8(to, item.deleted ? 254 : item.content.getRef());
  encoding.writeVarUint(to, item.id.clock);
  writeId(to, item.origin);
  writeId(to, item.rightOrigin);
  if (item.origin === null && item.rightOrigin === null && item.parent instanceof Y.AbstractType) {
    const owner = item.parent._item;
    if (owner === null) encoding.writeVarString(to, Y.findRootTypeKey(item.parent));
    else writeId(to, owner.id);
    encoding.writeVarString(to, item.parentSub ?? '');
  }
}

function writeContent(to: encoding.Encoder, item: Y.Item): void {
  if (item.deleted) return;
  const { content } = item;
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) {
    for (const value of content.arr) encoding.writeAny(to, value);
  } else if (content instanceof Y.ContentFormat) {
    encoding.writeVarString(to, content.key);
    encoding.writeVarString(to, JSON.stringify(content.value));
  } else if (content instanceof Y.ContentType) {
    encoding.writeUint8(to, KINDS.findIndex((kind) => content.type.constructor === kind) + 1);
    if (content.type instanceof Y.XmlElement) encoding.writeVarString(to, content.type.nodeName);
  } else if (content instanceof Y.ContentEmbed) {
    encoding.writeVarString(to, JSON.stringify(content.embed));
  } else if (content instanceof Y.ContentBinary) {
    encoding.writeVarUint8Array(to, content.content);
  }
}

/** Class names do not survive minification, this order does. */
const KINDS: readonly unknown[] = [Y.Array, Y.Map, Y.Text, Y.XmlElement, Y.XmlFragment, Y.XmlHook, Y.XmlText];

function writeId(to: encoding.Encoder, id: Y.ID | null): void {
  encoding.writeUint8(to, id === null ? 0 : 1);
  if (id === null) return;
  encoding.writeVarUint(to, id.client);
  encoding.writeVarUint(to, id.clock);
}

const hash = (encoder: encoding.Encoder): Uint8Array =>
  sha256(encoding.toUint8Array(encoder)).subarray(0, PRINT_BYTES).slice();
