import { AGREEMENT_DOC } from '../commons/draft';
import { type AsInForce, type DraftAuthor, draftAuthors } from '../commons/draft-changes';
import { parseMarkdown } from '../commons/text/parse';
import { markdownOf } from '../commons/text/write';
import { versionInForce } from '../network/agreement/queries';
import type { Peer } from '../peer/peer';

const NOTHING_KNOWN = new Uint8Array();

/** Who made what in the draft differs from what is in force. */
export async function draftAuthorsOf({ docs, replica, state }: Peer): Promise<readonly DraftAuthor[]> {
  const updates = await docs.missing(AGREEMENT_DOC, NOTHING_KNOWN);
  const inForce = (versionInForce(state)?.protocols ?? []).map((protocol): AsInForce => {
    const text = replica.text(protocol.text);
    // As the draft would write it, or what nobody changed would differ.
    return { ...protocol, text: text === null ? null : markdownOf(parseMarkdown(text)) };
  });
  return draftAuthors(updates, inForce);
}
