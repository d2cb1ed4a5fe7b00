import { useCallback } from 'react';
import type * as Y from 'yjs';
import { COMMONS_DOC, pageIn } from '../../../shared/commons/pages';
import type { Mention } from '../../../shared/commons/text/schema';
import { versionInForce } from '../../../shared/network/agreement/queries';
import type { State } from '../../../shared/network/state';
import type { TextRef } from '../../../shared/record/text';
import { useDoc, useDocValue } from '../../app/docs';
import { useNetwork, useText } from '../../app/network';

export interface Mentioned {
  /** As it is called now; undefined where its name is not here or it has none. */
  readonly name: string | undefined;
  /** Its screen, inside the network. */
  readonly href: string;
}

/** The screen of what is mentioned, inside its network. */
export function hrefOf({ kind, id }: Mention): string {
  switch (kind) {
    case 'member':
      return `/members/${id}`;
    case 'page':
      return `/commons/${id}`;
    case 'protocol':
      return `/agreement?protocol=${id}`;
    case 'decision':
      return `/decisions/${id}`;
    case 'resource':
      return `/resources/${id}`;
    case 'entry':
      return `/ledger/${id}`;
  }
}

/** A page as it is now; null: it is not known here. */
export function useMentionedPage(id: string): (Mentioned & { readonly deleted: boolean }) | null {
  const read = useCallback((doc: Y.Doc) => pageIn(doc, id), [id]);
  const page = useDocValue(useDoc(COMMONS_DOC), read) ?? null;
  if (page === null) return null;
  const name = page.title === '' ? undefined : page.title;
  return { name, href: hrefOf({ kind: 'page', id }), deleted: page.deleted };
}

/** Something of the record as it is now; null: it is not known here. */
export function useMentionedRow({ kind, id }: Mention): Mentioned | null {
  const { state } = useNetwork();
  const row = rowOf(state, kind, id);
  const text = useText(row?.name);
  if (row === null) return null;
  const name = row.title ?? text;
  return { name: name === null || name === '' ? undefined : name, href: hrefOf({ kind, id }) };
}

/** A row's name: a text of its own, or a title in the row itself. */
interface Named {
  readonly name?: TextRef;
  readonly title?: string;
}

function rowOf(state: State, kind: Mention['kind'], id: string): Named | null {
  switch (kind) {
    case 'member':
      return nameOf(state.members.get(id)?.name);
    case 'decision':
      return nameOf(state.proposals.get(id)?.title);
    case 'resource':
      return nameOf(state.resources.get(id)?.name);
    case 'entry':
      return nameOf(state.entries.get(id)?.memo);
    case 'protocol': {
      const protocol = versionInForce(state)?.protocols.find((one) => one.id === id);
      return protocol === undefined ? null : { title: protocol.title };
    }
    case 'page':
      return null;
  }
}

const nameOf = (name: TextRef | undefined): Named | null => (name === undefined ? null : { name });
