import { useMemo } from 'react';
import { protocolChanges } from '../../../../shared/network/agreement/changes';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { type OpenDoc, useDocValue } from '../../../app/docs';
import { useNetwork } from '../../../app/network';
import { type ReadableProtocol, useReadable } from '../readable';
import { type DraftReview, draftContent, inCanonicalForm, outdated, reviewDraft } from './draft-content';

export interface ReviewedDraft extends DraftReview {
  readonly before: readonly ReadableProtocol[];
  readonly after: readonly ReadableProtocol[];
  /** Ids of the protocols that differ from what is in force. */
  readonly touched: readonly string[];
  /** Protocols that a decision changed while the draft did not follow. */
  readonly outdated: readonly string[];
}

const NOTHING: readonly ReadableProtocol[] = [];

/** The draft held against what is in force, kept up to date while others write. */
export function useReview(open: OpenDoc, inForce: AgreementVersion): ReviewedDraft {
  const { state } = useNetwork();
  const readable = useReadable(inForce.protocols);
  const base = inForce.base === null ? undefined : state.versions.get(inForce.base);
  const previous = useReadable(base?.protocols ?? inForce.protocols);
  const before = useMemo(() => inCanonicalForm(readable), [readable]);
  const after = useDocValue(open, draftContent) ?? NOTHING;
  return useMemo(() => {
    const refs = new Map(inForce.protocols.map((protocol) => [protocol.id, protocol.text]));
    return {
      ...reviewDraft(after, before, refs),
      before,
      after,
      touched: protocolChanges(before, after).map(({ id }) => id),
      outdated: outdated(after, before, inCanonicalForm(previous)),
    };
  }, [inForce, before, after, previous]);
}
