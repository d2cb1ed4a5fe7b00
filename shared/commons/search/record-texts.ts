import type { ProtocolSpec } from '../../network/agreement/model';
import { versionInForce } from '../../network/agreement/queries';
import type { Change, State } from '../../network/state';
import type { TextRef } from '../../record/text';
import { parseMarkdown } from '../text/parse';
import type { SearchKind } from './model';
import { plainText } from './plain-text';
import type { Entry } from './text-index';

/** What the index holds of one thing that can be found. */
export type Searchable = Entry<SearchKind>;
/** A detached text; null where it was erased or has not come. */
type TextOf = (ref: TextRef) => string | null;

export const keyOf = (kind: SearchKind, id: string): string => `${kind}:${id}`;

export function partsOf(key: string): { readonly kind: SearchKind; readonly id: string } {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon) as SearchKind, id: key.slice(colon + 1) };
}

/** The kind of what stands in a row of these tables. */
const KINDS = { members: 'member', proposals: 'proposal', resources: 'resource', entries: 'entry' } as const;
const TABLES = Object.keys(KINDS) as readonly (keyof typeof KINDS)[];

/** Keys of all that is searched in the record, except for the agreement and the ledger. */
export function* recordKeys(state: State): Generator<string> {
  for (const table of TABLES)
    if (table !== 'entries') for (const id of [...state[table].keys()]) yield keyOf(KINDS[table], id);
}

/** Keys of the ledger's entries, the newest first: they are the ones that there is room for. */
export function* ledgerKeys(state: State): Generator<string> {
  for (const id of [...state.entries.keys()].reverse()) yield keyOf('entry', id);
}

export const countRecord = (state: State): number => TABLES.reduce((sum, table) => sum + state[table].size, 0);

/** The keys of what changed rows are about. */
export function changedKeys(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(({ table, key }) => {
    const known = TABLES.find((one) => one === table);
    return known === undefined ? [] : [keyOf(KINDS[known], key)];
  });
}

export const protocolsInForce = (state: State): readonly ProtocolSpec[] => versionInForce(state)?.protocols ?? [];

/** What is searched of a row of the record or of a protocol in force; undefined where there is none. */
export function recordText(state: State, key: string, textOf: TextOf): Searchable | undefined {
  const { kind, id } = partsOf(key);
  const word = (ref: TextRef | undefined): string => (ref === undefined ? '' : (textOf(ref) ?? ''));
  const entry = (title: string, text: string, gone = false): Searchable => ({ key, kind, title, text, gone });
  switch (kind) {
    case 'member': {
      const row = state.members.get(id);
      if (row === undefined) return undefined;
      const text = [row.about, row.seeks, row.offers].map(word).filter((one) => one !== '');
      return entry(word(row.name), text.join('\n'), row.status === 'left' || row.status === 'removed');
    }
    case 'proposal': {
      const row = state.proposals.get(id);
      return row && entry(word(row.title), markdownWords(word(row.text)));
    }
    case 'resource': {
      const row = state.resources.get(id);
      return row && entry(word(row.name), word(row.about), row.status === 'dropped');
    }
    case 'entry': {
      const row = state.entries.get(id);
      return row && entry(word(row.memo), '');
    }
    case 'agreement': {
      const protocol = protocolsInForce(state).find((one) => one.id === id);
      return protocol && entry(protocol.title, markdownWords(word(protocol.text)));
    }
    default:
      return undefined;
  }
}

/** The Markdown that a row or a protocol in force has as its text; empty for all else. */
export function recordMarkdown(state: State, key: string, textOf: TextOf): string {
  const { kind, id } = partsOf(key);
  const ref =
    kind === 'proposal'
      ? state.proposals.get(id)?.text
      : kind === 'agreement'
        ? protocolsInForce(state).find((one) => one.id === id)?.text
        : undefined;
  return (ref && textOf(ref)) ?? '';
}

export const markdownWords = (markdown: string): string => plainText(parseMarkdown(markdown));

/** Keys of what says one of these texts. */
export function keysSaying(state: State, refs: ReadonlySet<string>): readonly string[] {
  const keys: string[] = [];
  const says = (...named: (string | undefined)[]): boolean => named.some((ref) => ref !== undefined && refs.has(ref));
  for (const { id, name, about, seeks, offers } of state.members.values())
    if (says(name, about, seeks, offers)) keys.push(keyOf('member', id));
  for (const { id, title, text } of state.proposals.values()) if (says(title, text)) keys.push(keyOf('proposal', id));
  for (const { id, name, about } of state.resources.values()) if (says(name, about)) keys.push(keyOf('resource', id));
  for (const { id, memo } of state.entries.values()) if (refs.has(memo)) keys.push(keyOf('entry', id));
  for (const { id, text } of protocolsInForce(state)) if (refs.has(text)) keys.push(keyOf('agreement', id));
  return keys;
}
