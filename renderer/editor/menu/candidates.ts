import { useMemo } from 'react';
import type * as Y from 'yjs';
import { COMMONS_DOC, allPages } from '../../../shared/commons/pages';
import { MENTION_KINDS, type MentionKind, mentionOf } from '../../../shared/commons/text/schema';
import { versionInForce } from '../../../shared/network/agreement/queries';
import type { TextRef } from '../../../shared/record/text';
import { useDoc, useDocValue } from '../../app/docs';
import { useNetwork, useTexts } from '../../app/network';
import { matching } from './filter';

/** Something that a text can mention, by the name that it has now. */
export interface Candidate {
  readonly kind: MentionKind;
  readonly id: string;
  readonly name: string;
}

/** Decisions, resources and ledger entries that are offered: the newest, */
const NEWEST = 300;
/** of the rows that came last. */
const AMONG = 2_000;
/** Of one kind in the list: few while nothing narrows it down. */
const FEW = 4;
const MANY = 8;

/** Pages that are there, by title. */
export function useMentionablePages(): readonly Candidate[] {
  const pages = useDocValue(useDoc(COMMONS_DOC), titles);
  return pages ?? [];
}

const titles = (doc: Y.Doc): readonly Candidate[] =>
  [...allPages(doc).values()]
    .filter(({ deleted, title, id }) => !deleted && title !== '' && mentionOf('page', id) !== null)
    .sort((a, b) => b.time - a.time)
    .map(({ id, title }) => ({ kind: 'page', id, name: title }));

/** Everything of the record that has a name here: members, protocols in force, and the newest decisions, resources and entries. */
export function useMentionableRows(): readonly Candidate[] {
  const { members, proposals, resources, entries, versions, network } = useNetwork().state;
  const rows = useMemo(() => {
    const row = (kind: MentionKind, id: string, text: TextRef) => ({ kind, id, text });
    return [
      ...[...members.values()].map((member) => row('member', member.id, member.name)),
      ...newest(proposals, ({ time }) => time).map((one) => row('decision', one.id, one.title)),
      ...newest(resources, ({ time }) => time).map((one) => row('resource', one.id, one.name)),
      ...newest(entries, ({ date }) => date).map((one) => row('entry', one.id, one.memo)),
    ];
  }, [members, proposals, resources, entries]);
  const texts = useTexts(useMemo(() => rows.map(({ text }) => text), [rows]));
  return useMemo(() => {
    const named = rows.flatMap(({ kind, id }, index): Candidate[] => {
      const name = texts[index];
      return typeof name === 'string' && name !== '' ? [{ kind, id, name }] : [];
    });
    const protocols = versionInForce({ versions, network })?.protocols ?? [];
    return [...named, ...protocols.map(({ id, title }): Candidate => ({ kind: 'protocol', id, name: title }))];
  }, [rows, texts, versions, network]);
}

function newest<T>(table: ReadonlyMap<string, T>, time: (row: T) => number | string): readonly T[] {
  // Rows come about in the order of the record, so the newest are among the last, however many there are.
  return [...table.values()]
    .slice(-AMONG)
    .sort((a, b) => (time(a) < time(b) ? 1 : time(a) > time(b) ? -1 : 0))
    .slice(0, NEWEST);
}

/** What was asked for, a group for each kind in which there is something. */
export function grouped(
  all: readonly Candidate[],
  query: string,
): readonly { readonly kind: MentionKind; readonly found: readonly Candidate[] }[] {
  const most = query.trim() === '' ? FEW : MANY;
  return MENTION_KINDS.map((kind) => {
    const ofKind = all.filter((one) => one.kind === kind);
    return { kind, found: matching(ofKind, query, ({ name }) => [name], most) };
  }).filter(({ found }) => found.length > 0);
}
