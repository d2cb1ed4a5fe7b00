import type { EntryDraft } from '../network/ledger/drafts';
import { dateOf } from './time';
import type { World } from './world';

/**
 * Posts an entry as of now, from the second device of `by` where its label is given. Whoever cites an allowance that they have not seen
 * meets the others first: without it the payment would be recorded as a breach.
 */
export async function post(
  world: World,
  by: string,
  draft: EntryDraft,
  memo: string,
  device?: string,
): Promise<string> {
  if (draft.allowance !== undefined && !world.state(by).allowances.has(draft.allowance)) world.meet();
  return world.act(by, 'entry.post', { ...draft, date: dateOf(world.now), memo: { text: memo } }, device);
}
