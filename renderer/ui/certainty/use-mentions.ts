import { useMemo } from 'react';
import { linksInMarkdown } from '../../../shared/commons/links/links';
import type { MentionKind } from '../../../shared/commons/text/schema';
import type { Proposal } from '../../../shared/network/decisions/model';
import { decidedProposals, openProposals } from '../../../shared/network/decisions/queries';
import { useNetwork, useTexts } from '../../app/network';

/** Of decided proposals so many are looked through, the newest first. */
const LOOKED_THROUGH = 300;

/** Of each thing of a kind, by its id, the proposals whose texts mention it. */
export type MentionedBy = ReadonlyMap<string, readonly string[]>;

const NOBODY: readonly string[] = [];
export const mentionsOf = (by: MentionedBy, id: string): readonly string[] => by.get(id) ?? NOBODY;

/** What the open proposals mention. */
export function useMentionedInOpen(kind: MentionKind): MentionedBy {
  const { state } = useNetwork();
  return useMentioned(
    kind,
    useMemo(() => openProposals(state), [state]),
  );
}

/** What the newest adopted proposals mention; nothing where it is not asked for, since that is much to read. */
export function useMentionedInAdopted(kind: MentionKind, asked = true): MentionedBy {
  const { state } = useNetwork();
  return useMentioned(
    kind,
    useMemo(
      () =>
        decidedProposals(state)
          .filter(({ status }) => asked && status === 'adopted')
          .slice(0, LOOKED_THROUGH),
      [state, asked],
    ),
  );
}

function useMentioned(kind: MentionKind, proposals: readonly Proposal[]): MentionedBy {
  // The same proposals stay the same array: with each event of the network there is a new state.
  const key = proposals.map(({ id }) => id).join();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the texts of a proposal never change, so its id says it all
  const refs = useMemo(() => proposals.map(({ text }) => text), [key]);
  const texts = useTexts(refs);
  return useMemo(() => {
    const ids = key.split(',');
    const found = new Map<string, string[]>();
    texts.forEach((text, index) => {
      for (const { target } of linksInMarkdown(text ?? '').links)
        if (target.kind === kind) found.set(target.id, [...(found.get(target.id) ?? []), ids[index]!]);
    });
    return found;
  }, [texts, key, kind]);
}
