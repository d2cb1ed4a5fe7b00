import { wholeComments } from '../commons/comments';
import { clauseDiscussion } from '../commons/draft';
import { passageThreads } from '../commons/passages/threads';
import { versionInForce } from '../network/agreement/queries';
import type { Peer } from '../peer/peer';

/** Bytes of a discussion that are read beside all else. */
const MAX_BYTES = 2 * 1024 * 1024;

/** What is said about a protocol, and the claimed time of the last comment of those counted, ms. */
export interface OpenComments {
  readonly protocol: string;
  /** On passages of it that nobody has resolved. */
  readonly count: number;
  /** On the whole of it, which nobody resolves. */
  readonly whole: number;
  readonly last: number;
}

/** The comments on each protocol in force that has any. */
export async function openCommentsOf({ docs, state }: Peer): Promise<readonly OpenComments[]> {
  const found: OpenComments[] = [];
  for (const { id } of versionInForce(state)?.protocols ?? []) {
    const discussion = clauseDiscussion(id);
    if (!docs.has(discussion)) continue;
    const said = await docs.glance(discussion, MAX_BYTES, (doc) => ({
      whole: wholeComments(doc),
      open: passageThreads(doc)
        .filter(({ resolved }) => resolved === null)
        .flatMap((thread) => thread.comments),
    }));
    if (said === null) continue;
    const all = [...said.whole, ...said.open];
    if (all.length === 0) continue;
    found.push({
      protocol: id,
      count: said.open.length,
      whole: said.whole.length,
      last: all.reduce((last, { time }) => Math.max(last, time), 0),
    });
  }
  return found;
}
