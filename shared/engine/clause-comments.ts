import { clauseDiscussion } from '../commons/draft';
import { passageThreads } from '../commons/passages/threads';
import { versionInForce } from '../network/agreement/queries';
import type { Peer } from '../peer/peer';

/** Bytes of a discussion that are read beside all else. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Comments on a protocol in passages that nobody has resolved, and the claimed time of the last one, ms. */
export interface OpenComments {
  readonly protocol: string;
  readonly count: number;
  readonly last: number;
}

/** The open comments on each protocol in force that has any. */
export async function openCommentsOf({ docs, state }: Peer): Promise<readonly OpenComments[]> {
  const found: OpenComments[] = [];
  for (const { id } of versionInForce(state)?.protocols ?? []) {
    const discussion = clauseDiscussion(id);
    if (!docs.has(discussion)) continue;
    const comments = await docs.glance(discussion, MAX_BYTES, (doc) =>
      passageThreads(doc)
        .filter(({ resolved }) => resolved === null)
        .flatMap((thread) => thread.comments),
    );
    if (comments === null || comments.length === 0) continue;
    found.push({
      protocol: id,
      count: comments.length,
      last: comments.reduce((last, { time }) => Math.max(last, time), 0),
    });
  }
  return found;
}
