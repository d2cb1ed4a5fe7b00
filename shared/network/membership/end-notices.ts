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
  const leaving = [...tables.state.members.values()].filter(({ status }) => status === 'active').sort(byId);
  for (const member of leaving) {
    if (member.leaving === undefined) continue;
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

const byId = (a: Member, b: Member): number => (a.id < b.id ? -1 : 1);
