import type { Context } from '../rule';
import { endBookings } from '../use/taking-back';
import type { Member } from './model';
import { noticeIn } from './notice';

const DAY = 86_400_000;

/**
 * At a seal of this agreed time: of who announced to leave in its section the notice begins, for which the agreement at its end asks; whose
 * notice is over is gone. An amendment of later makes nobody's longer.
 */
export function endNotices(context: Context, time: number): void {
  const { tables } = context;
  for (const member of [...tables.state.members.values()]) {
    if (member.status !== 'active' || member.leaving === undefined) continue;
    const { event } = member.leaving;
    const asked = (noticeIn(tables.state)?.days ?? 0) * DAY;
    const due = member.leaving.due ?? Math.min(time + asked, Number.MAX_SAFE_INTEGER);
    const announced: Member = { ...member, leaving: { event, due } };
    if (due > time) tables.set('members', member.id, announced);
    else {
      const why = { ...member.why, events: [...member.why.events, event] };
      tables.set('members', member.id, { ...announced, status: 'left', until: event, why });
      endBookings(context, member.id, event);
    }
  }
}
