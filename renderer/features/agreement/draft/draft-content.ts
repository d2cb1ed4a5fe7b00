import type * as Y from 'yjs';
import { draftProtocols, protocolText } from '../../../../shared/commons/draft';
import { canonicalText } from '../../../../shared/commons/text/canonical';
import { parseMarkdown } from '../../../../shared/commons/text/parse';
import { markdownOf } from '../../../../shared/commons/text/write';
import { type ProtocolKind, type ProtocolSpec, parametersOf } from '../../../../shared/network/agreement/model';
import { protocolChanges } from '../../../../shared/network/agreement/changes';
import { type AgreementProblem, agreementProblems } from '../../../../shared/network/agreement/problems';
import { type Draft, MAX_TEXT, type TextRef } from '../../../../shared/record/text';
import type { ReadableProtocol } from '../readable';

/** The draft as it reads now, each text in its canonical form. */
export function draftContent(doc: Y.Doc): readonly ReadableProtocol[] {
  return draftProtocols(doc).map((protocol) => ({
    ...protocol,
    text: canonicalText(protocolText(doc, protocol.id)),
  }));
}

/** A text of the record in the form in which the draft would write it: what differs after this was changed by someone. */
export function inCanonicalForm(protocols: readonly ReadableProtocol[]): readonly ReadableProtocol[] {
  return protocols.map((protocol) =>
    typeof protocol.text === 'string' ? { ...protocol, text: markdownOf(parseMarkdown(protocol.text)) } : protocol,
  );
}

export interface DraftReview {
  /** Protocols to adopt; null while a text is missing, nothing differs, or something is to be mended. */
  readonly proposal: readonly Draft<ProtocolSpec>[] | null;
  readonly changed: boolean;
  readonly problems: readonly AgreementProblem[];
  /** Protocols whose title, text or parameters are incomplete or too large. */
  readonly incomplete: readonly { readonly id: string; readonly kind: ProtocolKind }[];
}

/**
 * What a proposal to adopt this draft would contain. A text that nobody changed keeps its reference in the record, so that every
 * protocol can be followed back to the decision that last changed it.
 */
export function reviewDraft(
  draft: readonly ReadableProtocol[],
  inForce: readonly ReadableProtocol[],
  refs: ReadonlyMap<string, TextRef>,
): DraftReview {
  const changed = protocolChanges(inForce, draft).length > 0;
  const problems = agreementProblems(draft);
  const incomplete = draft.filter(
    ({ title, text, kind, params }) =>
      title.trim() === '' || typeof text !== 'string' || text.length > MAX_TEXT || !parametersOf(kind)(params),
  );
  const loading = inForce.some((protocol) => protocol.text === undefined);
  if (!changed || loading || problems.length > 0 || incomplete.length > 0)
    return { proposal: null, changed, problems, incomplete };
  const before = new Map(inForce.map((protocol) => [protocol.id, protocol.text]));
  const proposal = draft.map(({ id, kind, title, text, params }) => {
    const ref = before.get(id) === text ? refs.get(id) : undefined;
    return { id, kind, title: title.trim(), text: ref ?? { text: text ?? '' }, params };
  });
  // Each row pairs its kind with parameters of that kind, as checked above; the rows' type can not express it.
  return { proposal: proposal as readonly Draft<ProtocolSpec>[], changed, problems, incomplete };
}

/**
 * Protocols in which the draft still says what the version before the one in force said: nobody changed them in the draft, a
 * decision did. Proposing them as they are would undo it.
 */
export function outdated(
  draft: readonly ReadableProtocol[],
  inForce: readonly ReadableProtocol[],
  previous: readonly ReadableProtocol[],
): readonly string[] {
  const fromForce = new Set(protocolChanges(inForce, draft).map((change) => change.id));
  const fromPrevious = new Set(protocolChanges(previous, draft).map((change) => change.id));
  return draft.map(({ id }) => id).filter((id) => fromForce.has(id) && !fromPrevious.has(id));
}
