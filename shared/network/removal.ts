import type { Entry } from '../record/entry';
import { outcomeIn } from './decisions/asked';
import type { Member } from './membership/model';
import type { Context } from './rule';

/**
 * Whether the author of an event could not know that a member had been removed. Within the cut that fixes a removal it counts from where it
 * was seen, and not from its place in the order, which nobody may win by.
 */
export function isUnknownRemoval(context: Context, member: Member, entry: Entry): boolean {
  if (member.status !== 'removed') return false;
  const removal = context.tables.get('proposals', member.until ?? '');
  return (
    removal !== undefined && removal.sealed === undefined && outcomeIn(context, removal, entry).result !== 'adopted'
  );
}
