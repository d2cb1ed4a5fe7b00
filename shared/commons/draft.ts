import { sha256 } from '@noble/hashes/sha2.js';
import * as Y from 'yjs';
import { PeerholdError } from '../errors';
import type { ProtocolKind, ProtocolSpec } from '../network/agreement/model';
import { PROTOCOL_KINDS } from '../network/agreement/model';
import { parseMarkdown } from './text/parse';
import { writeNodes } from './text/fragment-write';

/** Where the text of a protocol of the draft is commented on. */
export const clauseDiscussion = (protocol: string): string => `discussion:${CLAUSE}${protocol}`;
const CLAUSE = 'clause-';

/** The protocol that is discussed under an id; undefined where it is no protocol. */
export const clauseDiscussed = (subject: string): string | undefined =>
  subject.startsWith(CLAUSE) ? subject.slice(CLAUSE.length) : undefined;

/** The working draft of the agreement. Nothing in it counts; a proposal binds a copy of it by hash. */
export const AGREEMENT_DOC = 'agreement';

export interface DraftProtocol {
  /** The protocol's slug. */
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly title: string;
  /** As last written; not checked against the kind, since a draft may be unfinished. */
  readonly params: unknown;
  readonly order: number;
}

/** What a draft starts from: the version in force. */
export interface SeedVersion {
  readonly number: number;
  readonly protocols: readonly Pick<ProtocolSpec, 'id' | 'kind' | 'title' | 'text' | 'params'>[];
}

const protocols = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('protocols');
const SLUG = /^[a-z][a-z0-9-]{0,39}$/;
const MAX_PROTOCOLS = 100;

/** The draft's protocols in order; entries that are none are left out. */
export function draftProtocols(doc: Y.Doc): readonly DraftProtocol[] {
  const all: DraftProtocol[] = [];
  for (const [id, row] of protocols(doc)) {
    if (!(row instanceof Y.Map) || !SLUG.test(id)) continue;
    const kind = PROTOCOL_KINDS.find((one) => one === row.get('kind'));
    const [title, order] = [row.get('title'), row.get('order')];
    if (kind === undefined) continue;
    all.push({
      id,
      kind,
      title: typeof title === 'string' ? title.slice(0, 120) : '',
      params: parsed(row.get('params')),
      order: typeof order === 'number' && Number.isFinite(order) ? order : 0,
    });
  }
  return all.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)).slice(0, MAX_PROTOCOLS);
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return {};
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return {};
  }
}

/** The text of a protocol in the draft. Which fragment that is depends on how it came into the draft: always ask here. */
export function protocolText(doc: Y.Doc, id: string): Y.XmlFragment {
  return doc.getXmlFragment(fragmentName(doc, id));
}

/** The names of the texts of the draft's protocols, in their order. */
export const protocolTexts = (doc: Y.Doc): readonly string[] =>
  draftProtocols(doc).map(({ id }) => fragmentName(doc, id));

function fragmentName(doc: Y.Doc, id: string): string {
  const row = protocols(doc).get(id);
  const name = row instanceof Y.Map ? row.get('text') : undefined;
  return typeof name === 'string' && /^protocol:[a-z0-9:-]{1,80}$/.test(name) ? name : `protocol:${id}`;
}

/** Adds a protocol as the last one, with a text in Markdown. Does nothing where the id is taken. Throws `protocol-id-invalid`. */
export function addProtocol(doc: Y.Doc, protocol: Omit<DraftProtocol, 'order'>, text = ''): void {
  if (!SLUG.test(protocol.id)) throw new PeerholdError('protocol-id-invalid', { id: protocol.id.slice(0, 60) });
  doc.transact(() => {
    if (protocols(doc).has(protocol.id)) return;
    const order = (draftProtocols(doc).at(-1)?.order ?? 0) + 1;
    // A protocol that was removed under this id left its text behind; a new one has nothing of it.
    let name = `protocol:${protocol.id}`;
    for (let n = 2; doc.getXmlFragment(name).length > 0; n++) name = `protocol:${protocol.id}:${n}`;
    protocols(doc).set(protocol.id, rowOf({ ...protocol, order }, name));
    if (text !== '') writeNodes(doc.getXmlFragment(name), parseMarkdown(text));
  });
}

function rowOf(protocol: DraftProtocol, text: string): Y.Map<unknown> {
  const { kind, title, params, order } = protocol;
  return new Y.Map<unknown>(Object.entries({ kind, title, params: JSON.stringify(params), order, text }));
}

/** What of a protocol in the draft one value stands for, which is written anew as a whole. */
export const DRAFT_FIELDS = ['title', 'params'] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];

/** Where the draft keeps what it says of a protocol; undefined where it has none of that id. */
export function draftRow(doc: Y.Doc, id: string): Y.Map<unknown> | undefined {
  const row = protocols(doc).get(id);
  return row instanceof Y.Map ? row : undefined;
}

/** A title, or parameters as JSON, as it stands in the draft; undefined where there is none. */
export function draftField(doc: Y.Doc, id: string, field: DraftField): string | undefined {
  const value = draftRow(doc, id)?.get(field);
  return typeof value === 'string' ? value : undefined;
}

/** Writes one anew: a title, or parameters as JSON. */
export const setDraftField = (doc: Y.Doc, id: string, field: DraftField, value: string): void =>
  set(doc, id, field, value);

export function setParams(doc: Y.Doc, id: string, params: unknown): void {
  set(doc, id, 'params', JSON.stringify(params));
}

export function setTitle(doc: Y.Doc, id: string, title: string): void {
  set(doc, id, 'title', title.slice(0, 120));
}

export function removeProtocol(doc: Y.Doc, id: string): void {
  protocols(doc).delete(id);
}

function set(doc: Y.Doc, id: string, key: string, value: unknown): void {
  const row = protocols(doc).get(id);
  if (row instanceof Y.Map && row.get(key) !== value) row.set(key, value);
}

/** Whether this document is a draft already, possibly one with every protocol removed. */
export const isSeeded = (doc: Y.Doc): boolean => doc.getMap('seeds').size > 0 || protocols(doc).size > 0;

/**
 * Starts the draft from a version, once: does nothing in a document that is a draft already. Two peers who do it while apart make
 * the same Yjs update, byte for byte, and so one text when they meet: its client id comes from its content. Seeds of different
 * versions have different ids and texts; the older version's wins, since edits may have been built on it.
 * Throws `draft-text-missing` where a text has not arrived or was erased: a seed without it would not be the same everywhere.
 */
export function seedDraft(
  doc: Y.Doc,
  version: SeedVersion,
  textOf: (protocol: SeedVersion['protocols'][number]) => string | null | undefined,
): void {
  if (isSeeded(doc)) return;
  const texts = version.protocols.map((protocol) => {
    const text = textOf(protocol);
    if (typeof text !== 'string') throw new PeerholdError('draft-text-missing', { protocol: protocol.id });
    return text;
  });
  // The hash of the seed made under a fixed id names the seed: the same id can then never stand for different content.
  const hash = sha256(seed(1, 'seed', version, texts));
  const mark = (((hash[0]! << 24) | (hash[1]! << 16) | (hash[2]! << 8) | hash[3]!) >>> 0).toString(16).padStart(8, '0');
  Y.applyUpdate(doc, seed(seedClient(version.number, parseInt(mark, 16)), mark, version, texts), 'seed');
}

/** Of two values set at the same time Yjs keeps that of the higher client id: an older version gets a higher one. */
function seedClient(number: number, mark: number): number {
  return (0xff_ff - Math.min(number, 0xff_fe)) * 2 ** 32 + mark;
}

function seed(client: number, mark: string, version: SeedVersion, texts: readonly string[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  doc.transact(() => {
    version.protocols.forEach((protocol, index) => {
      const name = `protocol:${protocol.id}:${mark}`;
      protocols(doc).set(protocol.id, rowOf({ ...protocol, order: index + 1 }, name));
      writeNodes(doc.getXmlFragment(name), parseMarkdown(texts[index]!));
    });
    doc.getMap('seeds').set(mark, version.number);
  });
  return Y.encodeStateAsUpdate(doc);
}
