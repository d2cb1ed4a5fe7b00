import type { Entry } from '../record/entry';
import { outcomeIn } from './decisions/asked';
import type { Member } from './membership/model';
import type { Context } from './rule';

/**
 * Within the cut that fixes it, the end of a member or a device counts by who had seen what, and not by its place in the order, which nobody
 * may win by. Once it is sealed, what the ended signed outside of that cut is not folded at all.
 */

/** By these a member ends their own: of two devices that revoke each other without knowing it, neither wins. */
const ENDING: ReadonlySet<string> = new Set(['device.revoke', 'member.leave']);

/** Whether the author of an event had seen that a member had left or was removed, or an earlier seal has it. */
export function knewOfEnd(context: Context, member: Member, entry: Entry): boolean {
  const { past, tables } = context;
  if (member.status === 'left') return past.precedes(past.get(member.until!)!, entry);
  const removal = tables.get('proposals', member.until ?? '');
  if (removal === undefined) return false;
  return removal.sealed !== undefined || outcomeIn(context, removal, entry).result === 'adopted';
}

/**
 * What revoked the device of an event, or its member left by, without having seen it: whoever has stolen a device wins nothing by pretending
 * that they had not heard. What itself ends something counts as long as its author had not heard of their own end.
 */
export function endsAgainst({ past }: Context, entry: Entry): readonly Entry[] {
  return past
    .endsOf(entry)
    .filter((end) => end !== entry)
    .filter((end) => (ENDING.has(entry.type) ? past.precedes(end, entry) : !past.precedes(entry, end)));
}

/** Whether a device that is revoked still ends what it wanted to end, as it had not heard of that. */
export function endsAsBefore(context: Context, entry: Entry): boolean {
  return ENDING.has(entry.type) && endsAgainst(context, entry).length === 0;
}
