import type { DecisionClass } from '../../../shared/network/agreement/model';
import type { Happening } from './happening';

export type Result = 'open' | 'adopted' | 'rejected' | 'withdrawn' | 'clashing';
export interface Came {
  readonly result: Result;
  readonly tally: Readonly<Record<'electorate' | 'agree' | 'abstain' | 'disagree' | 'block', number>>;
  readonly standing: ReadonlyMap<string, string>;
  /** Ids of what it came from. */
  readonly counted: readonly string[];
  /** Closings and withdrawals that end nothing, each with the code that says why. */
  readonly refused: ReadonlyMap<string, string>;
}
export interface Asked {
  readonly rule: DecisionClass;
  readonly electorate: readonly string[];
  /** Ballots, closings and withdrawals that may count, in the order of the record. */
  readonly said: readonly Happening[];
}

const DAY = 86_400_000;
/** Days after which every vote ends. */
const LONGEST = 365;

interface Vote {
  readonly rule: DecisionClass;
  readonly deadline: number;
  readonly opened?: number;
}

/** The agreed time from which on a seal closes a vote; never, of one that no seal has. */
export function endOf({ rule, deadline, opened = Infinity }: Vote): number {
  return Math.min(Math.max(deadline, opened + rule.days * DAY), opened + LONGEST * DAY) + rule.grace * DAY;
}

/** "Outcome" of docs/protocol.md, sentence by sentence. */
export function outcome({ rule, electorate, said }: Asked): Came {
  const all = electorate.length;
  const standing = new Map<string, string>();
  const refused = new Map<string, string>();
  const ballots: Happening[] = [];
  const closings: { readonly it: Happening; readonly counted: readonly Happening[]; readonly passes: boolean }[] = [];
  const withdrawals: Happening[] = [];

  for (const it of said) {
    const ended = [...withdrawals, ...closings.map((one) => one.it)].some((end) => it.past.has(end.id));
    const seen = ballots.filter((ballot) => it.past.has(ballot.id));
    const late = ended || early(rule, all, stand(rule, seen).counted) !== 'open';
    if (it.type === 'ballot.cast') {
      if (late) standing.set(it.id, 'late');
      else ballots.push(it);
    } else if (late) refused.set(it.id, 'already-decided');
    else if (it.type === 'proposal.withdraw') withdrawals.push(it);
    else {
      const { counted } = stand(rule, seen);
      const lists = new Set(it.payload.ballots);
      const exact = lists.size === counted.length && counted.every((ballot) => lists.has(ballot.id));
      const enough = counted.length > 0 && counted.length * 100 >= rule.quorum * all;
      if (rule.method === 'assent') refused.set(it.id, 'assent-needs-no-closing');
      else if (!exact) refused.set(it.id, 'closing-omits-ballots');
      else if (!enough) refused.set(it.id, 'quorum-missing');
      else closings.push({ it, counted, passes: passes(rule, all, counted) });
    }
  }

  const now = stand(rule, ballots);
  for (const [id, how] of now.standing) standing.set(id, how);
  const byBallots = early(rule, all, now.counted);
  if (closings.length === 0) {
    const withdrawn = byBallots === 'open' && withdrawals.length > 0;
    return {
      result: withdrawn ? 'withdrawn' : byBallots,
      tally: count(all, now.counted),
      standing,
      counted: [...now.counted, ...(withdrawn ? withdrawals : [])].map(({ id }) => id),
      refused,
    };
  }
  const listed = new Set(closings.flatMap(({ counted }) => counted.map(({ id }) => id)));
  for (const { id } of now.counted) if (!listed.has(id)) standing.set(id, 'late');
  const results = new Set(closings.map((one) => (one.passes ? 'adopted' : 'rejected')));
  if (byBallots !== 'open') results.add(byBallots);
  const counted = closings.length === 1 ? closings[0]!.counted : now.counted.filter(({ id }) => listed.has(id));
  return {
    result: results.size > 1 ? 'clashing' : [...results][0]!,
    tally: count(all, counted),
    standing,
    counted: [...counted, ...closings.map(({ it }) => it)].map(({ id }) => id),
    refused,
  };
}

/** Which ballot stands for each member, and how all of them stand. */
function stand(rule: DecisionClass, ballots: readonly Happening[]) {
  const standing = new Map<string, string>();
  const counted: Happening[] = [];
  for (const member of new Set(ballots.map((ballot) => ballot.member))) {
    const own = ballots.filter((ballot) => ballot.member === member);
    const assent = rule.method === 'assent' ? own.find((ballot) => ballot.payload.choice === 'agree') : undefined;
    if (assent !== undefined) {
      for (const ballot of own) standing.set(ballot.id, assent.past.has(ballot.id) ? 'replaced' : 'kept');
      standing.set(assent.id, 'counts');
      counted.push(assent);
      continue;
    }
    const newest = own.filter((ballot) => own.every((other) => !other.past.has(ballot.id)));
    const agreed = new Set(newest.map((ballot) => ballot.payload.choice)).size === 1;
    for (const ballot of own) standing.set(ballot.id, 'replaced');
    for (const ballot of newest) if (!agreed) standing.set(ballot.id, 'unclear');
    if (!agreed) continue;
    standing.set(newest[0]!.id, 'counts');
    counted.push(newest[0]!);
  }
  return { standing, counted };
}

function count(electorate: number, ballots: readonly Happening[]): Came['tally'] {
  const tally = { electorate, agree: 0, abstain: 0, disagree: 0, block: 0 };
  for (const ballot of ballots) tally[ballot.payload.choice] += 1;
  return tally;
}

const share = (some: number, percent: number, of: number): boolean => some > 0 && some * 100 >= percent * of;

function early(rule: DecisionClass, all: number, ballots: readonly Happening[]): 'open' | 'adopted' | 'rejected' {
  const { agree } = count(all, ballots);
  if (rule.method === 'assent') return share(agree, rule.threshold, all) ? 'adopted' : 'open';
  const safe = rule.block === 'nobody' || (rule.override > 0 && share(agree, rule.override, all));
  if (safe && share(agree, rule.threshold, all)) return 'adopted';
  if (ballots.length < all) return 'open';
  return passes(rule, all, ballots) ? 'adopted' : 'rejected';
}

function passes(rule: DecisionClass, all: number, ballots: readonly Happening[]): boolean {
  return passed(rule, all, count(all, ballots));
}

/** Whether a vote that has ended is won. */
export function passed(rule: DecisionClass, all: number, { agree, disagree, block }: Came['tally']): boolean {
  const stopped = block > 0 && !(rule.override > 0 && share(agree, rule.override, all));
  return !stopped && share(agree, rule.threshold, agree + disagree + block);
}
