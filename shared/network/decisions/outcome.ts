import type { DecisionClass } from '../agreement/model';
import type { Ballot, Choice, Tally } from './model';
import { type Cast, OwnBallots } from './own-ballots';

/** A signed closing with the ballots that its author lists, or the proposer's withdrawal. */
export interface Ending {
  readonly id: string;
  readonly kind: 'close' | 'withdraw';
  readonly ballots: readonly string[];
}
export interface Question {
  readonly rule: DecisionClass;
  readonly electorate: readonly string[];
  /** Ancestors first; ballots of members outside the electorate are not among them. */
  readonly acts: readonly (Cast | Ending)[];
  /** The causal order of the record: whether the event with id `a` is in the causal past of the one with id `b`. */
  readonly before: (a: string, b: string) => boolean;
}

export interface Outcome {
  readonly result: 'open' | 'adopted' | 'rejected' | 'withdrawn' | 'clashing';
  readonly tally: Tally;
  readonly standing: ReadonlyMap<string, Ballot['standing']>;
  /** Ids of the ballots that count, and of the closing that fixed them, ancestors first. */
  readonly counted: readonly string[];
  /** Closings that had no effect, with the reason. */
  readonly refusedEndings: ReadonlyMap<string, string>;
}

/**
 * What came of a proposal, as a function of the set of its ballots and closings and of who had seen what: never of the order in
 * which they arrived or sort. A ballot whose author had seen the decision is late; one cast without knowing of it counts.
 */
export function outcomeOf(question: Question): Outcome {
  const { rule, electorate, acts, before } = question;
  const standing = new Map<string, Ballot['standing']>();
  const refusedEndings = new Map<string, string>();
  const accepted: Cast[] = [];
  const own = new Map<string, OwnBallots>();
  const closings: { readonly ending: Ending; readonly result: 'adopted' | 'rejected'; readonly counted: Cast[] }[] = [];
  const withdrawals: Ending[] = [];
  /** Members who ever agreed: while they are too few, and not all have cast, no subset of the ballots could have decided it. */
  const agreed = new Set<string>();

  const ended = (seenBy: string): boolean =>
    withdrawals.some((ending) => before(ending.id, seenBy)) || closings.some(({ ending }) => before(ending.id, seenBy));
  const decidedFor = (seenBy: string): boolean => {
    if (own.size < electorate.length && !reaches(agreed.size, rule.threshold, electorate.length)) return false;
    const choices: Choice[] = [];
    for (const ballots of own.values()) {
      const choice = ballots.choiceFor(seenBy, rule.method === 'assent');
      if (choice !== undefined) choices.push(choice);
    }
    return decide(rule, tallyOf(electorate.length, choices)) !== 'open';
  };

  // Ballots and endings together, each after what its author had seen.
  for (const item of acts) {
    if ('choice' in item) {
      if (ended(item.id) || decidedFor(item.id)) standing.set(item.id, 'late');
      else {
        accepted.push(item);
        const ballots = own.get(item.member) ?? new OwnBallots(before);
        ballots.add(item);
        own.set(item.member, ballots);
        if (item.choice === 'agree') agreed.add(item.member);
      }
    } else if (ended(item.id) || decidedFor(item.id)) {
      refusedEndings.set(item.id, 'already-decided');
    } else if (item.kind === 'withdraw') {
      withdrawals.push(item);
    } else {
      const counted = current(
        rule,
        accepted.filter((cast) => before(cast.id, item.id)),
        before,
      ).counted;
      const refused = refusedClosing(rule, electorate.length, item, counted);
      if (refused === null)
        closings.push({
          ending: item,
          result: passes(rule, electorate.length, tallyOf(electorate.length, choicesOf(counted)))
            ? 'adopted'
            : 'rejected',
          counted,
        });
      else refusedEndings.set(item.id, refused);
    }
  }

  const now = current(rule, accepted, before);
  for (const [id, value] of now.standing) standing.set(id, value);
  const byBallots = decide(rule, tallyOf(electorate.length, choicesOf(now.counted)));
  const results = new Set<'adopted' | 'rejected'>(closings.map(({ result }) => result));
  if (closings.length > 0) {
    const listed = new Set(closings.flatMap(({ counted }) => counted.map((cast) => cast.id)));
    for (const cast of now.counted) if (!listed.has(cast.id)) standing.set(cast.id, 'late');
    // The members reached another result without knowing of the closing: neither may win by a race.
    if (byBallots !== 'open') results.add(byBallots);
    const counted = closings.length === 1 ? closings[0]!.counted : now.counted.filter((cast) => listed.has(cast.id));
    const result = results.size > 1 ? 'clashing' : closings[0]!.result;
    return {
      result,
      tally: tallyOf(electorate.length, choicesOf(counted)),
      standing,
      counted: [...counted.map((cast) => cast.id), ...closings.map(({ ending }) => ending.id)],
      refusedEndings,
    };
  }
  const result = byBallots === 'open' && withdrawals.length > 0 ? 'withdrawn' : byBallots;
  const counted = now.counted.map((cast) => cast.id);
  return {
    result,
    tally: tallyOf(electorate.length, choicesOf(now.counted)),
    standing,
    counted: result === 'withdrawn' ? [...counted, ...withdrawals.map((ending) => ending.id)] : counted,
    refusedEndings,
  };
}

/** The one ballot that stands for each member, and the standing of every ballot. */
function current(
  rule: DecisionClass,
  casts: readonly Cast[],
  before: Question['before'],
): { readonly counted: Cast[]; readonly standing: Map<string, Ballot['standing']> } {
  const standing = new Map<string, Ballot['standing']>();
  const counted: Cast[] = [];
  const byMember = groupByMember(casts);
  for (const own of byMember.values()) {
    const assent = rule.method === 'assent' ? own.find((cast) => cast.choice === 'agree') : undefined;
    if (assent !== undefined) {
      // Monotone: an assent stands whatever follows.
      for (const cast of own)
        standing.set(cast.id, cast === assent ? 'counts' : before(cast.id, assent.id) ? 'replaced' : 'kept');
      counted.push(assent);
      continue;
    }
    const newest = newestOf(own, before);
    for (const cast of own) standing.set(cast.id, 'replaced');
    const clear = newest.every((cast) => cast.choice === newest[0]!.choice);
    newest.forEach((cast, index) => standing.set(cast.id, !clear ? 'unclear' : index === 0 ? 'counts' : 'replaced'));
    if (clear) counted.push(newest[0]!);
  }
  return { counted, standing };
}

function groupByMember(casts: readonly Cast[]): Map<string, Cast[]> {
  const groups = new Map<string, Cast[]>();
  for (const cast of casts) {
    const group = groups.get(cast.member);
    if (group === undefined) groups.set(cast.member, [cast]);
    else group.push(cast);
  }
  return groups;
}

function tallyOf(electorate: number, choices: readonly Choice[]): Tally {
  const tally = { electorate, agree: 0, abstain: 0, disagree: 0, block: 0 };
  for (const choice of choices) tally[choice] += 1;
  return tally;
}

const choicesOf = (casts: readonly Cast[]): Choice[] => casts.map(({ choice }) => choice);

/** How many members took part. */
const castIn = ({ agree, abstain, disagree, block }: Tally): number => agree + abstain + disagree + block;

/** Those that no other follows. From the end on, so that a long chain of changes costs no more than its length. */
function newestOf(casts: readonly Cast[], before: Question['before']): Cast[] {
  const newest: Cast[] = [];
  for (const cast of casts.toReversed()) {
    if (!newest.some((later) => before(cast.id, later.id))) newest.unshift(cast);
  }
  return newest;
}

/** The result that the ballots alone give, without a closing. */
function decide(rule: DecisionClass, tally: Tally): 'open' | 'adopted' | 'rejected' {
  const { electorate } = tally;
  if (rule.method === 'assent') return reaches(tally.agree, rule.threshold, electorate) ? 'adopted' : 'open';
  // Early only where nothing that the others may still cast could stop it.
  const unstoppable = rule.block === 'nobody' || overcomes(rule, electorate, tally);
  if (unstoppable && reaches(tally.agree, rule.threshold, electorate)) return 'adopted';
  if (castIn(tally) < electorate) return 'open';
  return passes(rule, electorate, tally) ? 'adopted' : 'rejected';
}

/** Whether a vote that has ended passes: enough of the ballots that take a side agree, and no block stands. */
export function passes(rule: DecisionClass, electorate: number, tally: Tally): boolean {
  const sides = tally.agree + tally.disagree + tally.block;
  const blocked = tally.block > 0 && !overcomes(rule, electorate, tally);
  return tally.agree > 0 && !blocked && reaches(tally.agree, rule.threshold, sides);
}

function overcomes(rule: DecisionClass, electorate: number, tally: Tally): boolean {
  return rule.override > 0 && reaches(tally.agree, rule.override, electorate);
}

function reaches(count: number, percent: number, of: number): boolean {
  return count > 0 && count * 100 >= percent * of;
}

/** Whether enough of the electorate took part for a vote to end. */
export function reachesQuorum(rule: DecisionClass, tally: Tally): boolean {
  const cast = castIn(tally);
  return cast > 0 && cast * 100 >= rule.quorum * tally.electorate;
}

function refusedClosing(
  rule: DecisionClass,
  electorate: number,
  ending: Ending,
  counted: readonly Cast[],
): string | null {
  if (rule.method === 'assent') return 'assent-needs-no-closing';
  // Its author can not leave out a ballot that they had seen: the record shows what they had seen.
  const listed = new Set(ending.ballots);
  if (listed.size !== counted.length || counted.some((cast) => !listed.has(cast.id))) return 'closing-omits-ballots';
  return reachesQuorum(rule, tallyOf(electorate, choicesOf(counted))) ? null : 'quorum-missing';
}
