import type { Facts, MemberFact, Sum } from './facts';
import type { Happening } from './happening';
import { and, clauseOf } from './refusal';
import { endBookings } from './use';

const DAY = 86_400_000;
/** First month that no date is written in. */
const END = Date.UTC(10_000, 0);

/** What an agreement asks of who leaves; nothing where it has no such protocol in force. */
function askedIn(facts: Facts) {
  const spec = inForceOf(facts, facts.version).find(({ kind }) => kind === 'leaving');
  return spec?.kind === 'leaving' ? spec.params : undefined;
}

function inForceOf(facts: Facts, version: string) {
  const { protocols, suspended } = facts.versions.get(version)!;
  return protocols.filter(({ id }) => !suspended.includes(id));
}

/** "Leaving" of docs/protocol.md: notices begin with the seal that has them announced, and are over with the first that is late enough. */
export function endNotices(facts: Facts, time: number, at: (id: string) => Happening): void {
  const days = askedIn(facts)?.notice ?? 0;
  for (const member of facts.members.values()) {
    if (member.status !== 'active') continue;
    member.sealedAt ??= time;
    if (member.leaving === undefined) continue;
    member.leaving.due ??= Math.min(time + days * DAY, Number.MAX_SAFE_INTEGER);
    if (member.leaving.due > time) continue;
    const { event } = member.leaving;
    Object.assign(member, { status: 'left', until: event, why: and(member.why, [event]) });
    endBookings(facts, member.id, event, at);
  }
}

/** What is noted of whoever a seal is the first to have gone. */
export function settleLeaving(facts: Facts, height: number, time: number): void {
  const asked = askedIn(facts);
  for (const member of facts.members.values()) {
    if (member.gone !== undefined || !['left', 'removed'].includes(member.status)) continue;
    member.gone = height;
    if (asked === undefined) continue;
    const own = [...facts.pledges.values()].filter((pledge) => pledge.member === member.id);
    const standing = asked.pledges === 'lapse' ? own.filter(({ status }) => status === 'stands') : [];
    const clause = clauseOf(facts, 'leaving')!;
    for (const pledge of standing)
      Object.assign(pledge, { status: 'lapsed', over: { events: [pledge.id, member.until!], clause } });
    const due = own.filter(({ status }) => status === 'due').map(({ id }) => id);
    const debts = [...facts.balances].flatMap(([key, amount]) => {
      const [account, unit] = key.split('|') as [string, string];
      return account === `owed:${member.id}` && amount > 0 ? [{ unit, amount }] : [];
    });
    const pledges = asked.settle.includes('pledges') ? due.sort() : [];
    const left = asked.settle.includes('debts') ? debts.sort((a, b) => (a.unit < b.unit ? -1 : 1)) : [];
    const dues = asked.settle.includes('dues') ? openDues(facts, member, time) : [];
    const notice = missedOf(member, asked.notice, time);
    if (pledges.length + left.length + dues.length === 0 && notice === undefined) continue;
    member.unsettled = { pledges, debts: left, dues, ...(notice === undefined ? {} : { notice }) };
  }
}

function missedOf(member: MemberFact, days: number, time: number): number | undefined {
  const isByNotice = member.leaving !== undefined && member.leaving.event === member.until;
  if (member.status !== 'left' || member.sealedAt === undefined || isByNotice) return undefined;
  let missed = days;
  // Each day of which the end is not past the end of the notice was kept.
  while (member.leaving?.due !== undefined && missed > 0 && time + (missed - 1) * DAY >= member.leaving.due) missed--;
  return missed > 0 ? missed : undefined;
}

/** "Dues" of docs/protocol.md, day by day: what was due of each month that began while they were a member by the seals before this one. */
function openDues(facts: Facts, member: MemberFact, time: number): readonly Sum[] {
  const due = new Map<string, bigint>();
  const { sealedAt = Infinity } = member;
  for (let month = monthAt(sealedAt); month < Math.min(time, END); month = monthAt(month + 1)) {
    const version = facts.inForce.findLast((one) => one.time <= month)?.version ?? facts.inForce[0]!.version;
    const spec = inForceOf(facts, version).find(({ kind }) => kind === 'contributions');
    const nth = new Date(month).getUTCMonth();
    for (const { type, unit, amount, every } of spec?.kind === 'contributions' ? spec.params.dues : []) {
      const begins = every === 'month' || (every === 'quarter' ? nth % 3 === 0 : nth === 0);
      if (type === member.type && begins) due.set(unit, (due.get(unit) ?? 0n) + BigInt(amount));
    }
  }
  return [...due]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([unit, sum]) => {
      const open = sum - paidBy(facts, member.id, unit);
      const most = BigInt(Number.MAX_SAFE_INTEGER);
      return open > 0n ? [{ unit, amount: Number(open > most ? most : open) }] : [];
    });
}

function paidBy(facts: Facts, member: string, unit: string): bigint {
  return [...facts.entries.values()]
    .filter(
      ({ kind, pledge, reversedBy }) => kind === 'contribution' && pledge === undefined && reversedBy === undefined,
    )
    .flatMap(({ postings }) => postings)
    .filter((one) => one.account === `member:${member}` && one.unit === unit && one.amount < 0)
    .reduce((sum, { amount }) => sum - BigInt(amount), 0n);
}

/** The first moment of a month at a time or after it. */
function monthAt(time: number): number {
  if (time >= END) return Infinity;
  const date = new Date(time);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  return first === time ? time : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
