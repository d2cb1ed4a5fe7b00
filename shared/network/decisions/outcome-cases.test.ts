import { describe, expect, it } from 'vitest';
import { BY_ASSENT, BY_CONSENT, BY_MAJORITY } from '../../../test/kit/group';
import type { DecisionClass } from '../agreement/model';
import type { Choice } from './model';
import { type Ending, type Outcome, outcomeOf, passes, reachesQuorum } from './outcome';
import type { Cast } from './own-ballots';

/** Who did what under which name, and the acts that they had seen: `ana agree` or `close a b`, the ballots that it lists. */
type Acts = Readonly<Record<string, readonly [act: string, ...seen: string[]]>>;

const FIVE = ['ana', 'ben', 'cleo', 'dora', 'eli'];

function outcome(rule: DecisionClass, acts: Acts, electorate: readonly string[] = FIVE): Outcome {
  const past = new Map<string, Set<string>>();
  const said: (Cast | Ending)[] = [];
  for (const [id, [act, ...seen]] of Object.entries(acts)) {
    past.set(id, new Set(seen.flatMap((one) => [one, ...past.get(one)!])));
    const [what, ...rest] = act.split(' ');
    if (what === 'close' || what === 'withdraw') said.push({ id, kind: what, ballots: rest });
    else said.push({ id, member: what!, choice: rest[0] as Choice });
  }
  const before = (a: string, b: string): boolean => past.get(b)!.has(a);
  return outcomeOf({ rule, electorate, acts: said, before });
}

const agreed = ({ tally: { agree, abstain, disagree, block } }: Outcome) => [agree, abstain, disagree, block];

describe('a closing', () => {
  it('fixes the ballots that it lists, also for who changes theirs without knowing of it', () => {
    const closed = outcome(BY_MAJORITY, {
      a: ['ana agree'],
      b: ['ben agree'],
      c: ['cleo disagree'],
      end: ['close a b c', 'a', 'b', 'c'],
      again: ['ben disagree', 'b'],
    });
    expect(closed.result).toBe('adopted');
    expect(agreed(closed)).toEqual([2, 0, 1, 0]);
    expect(closed.counted).toEqual(['a', 'b', 'c', 'end']);
    expect(closed.standing.get('again')).toBe('late');
  });

  it('beside another with the same result counts what one of them lists and still stands', () => {
    const acts: Acts = {
      a: ['ana agree'],
      b: ['ben agree'],
      c: ['cleo disagree'],
      d: ['dora abstain'],
      one: ['close a b c', 'a', 'b', 'c'],
      two: ['close a b d', 'a', 'b', 'd'],
      e: ['eli disagree', 'a'],
    };
    const closed = outcome(BY_MAJORITY, acts, [...FIVE, 'fay']);
    expect(closed.result).toBe('adopted');
    expect(agreed(closed)).toEqual([2, 1, 1, 0]);
    expect(closed.counted).toEqual(['a', 'b', 'c', 'd', 'one', 'two']);
    expect(closed.standing.get('e')).toBe('late');
  });

  it('clashes with another that had seen other ballots and came to another result', () => {
    const clashing = outcome(BY_MAJORITY, {
      a: ['ana agree'],
      b: ['ben agree'],
      c: ['cleo abstain'],
      d: ['dora disagree'],
      e: ['eli disagree'],
      yes: ['close a b c', 'a', 'b', 'c'],
      no: ['close c d e', 'c', 'd', 'e'],
    });
    expect(clashing.result).toBe('clashing');
    expect(clashing.counted).toEqual(['a', 'b', 'c', 'd', 'e', 'yes', 'no']);
  });

  it('clashes with the members’ own ballots where these, not knowing of it, decide otherwise', () => {
    const acts: Acts = {
      a: ['ana disagree'],
      b: ['ben disagree'],
      c: ['cleo agree'],
      d: ['dora agree'],
      e: ['eli agree'],
      no: ['close a b c', 'a', 'b', 'c'],
    };
    expect(outcome(BY_MAJORITY, acts).result).toBe('clashing');
    const { e: _, ...undecided } = acts;
    expect(outcome(BY_MAJORITY, undecided).result).toBe('rejected');
  });

  it('lists exactly what its author had seen to count', () => {
    const cast: Acts = { a: ['ana agree'], b: ['ben agree'], c: ['cleo disagree'] };
    const refusal = (list: string, rule = BY_MAJORITY, seen = ['a', 'b', 'c']) =>
      outcome(rule, { ...cast, end: [`close ${list}`, ...seen] }).refusedEndings.get('end');
    expect(refusal('a b c')).toBeUndefined();
    expect(refusal('a b')).toBe('closing-omits-ballots');
    expect(refusal('a b x')).toBe('closing-omits-ballots');
    expect(refusal('a b c x')).toBe('closing-omits-ballots');
    expect(refusal('a b', BY_MAJORITY, ['a', 'b'])).toBe('quorum-missing');
    expect(refusal('a b c', BY_ASSENT)).toBe('assent-needs-no-closing');
  });

  it('has no effect once its author had seen the decision or another ending, and nothing follows one', () => {
    const ended = outcome(BY_MAJORITY, {
      a: ['ana agree'],
      b: ['ben agree'],
      c: ['cleo disagree'],
      first: ['close a b c', 'a', 'b', 'c'],
      second: ['close a b c', 'first'],
      back: ['withdraw', 'first'],
      d: ['dora agree', 'first'],
    });
    expect([...ended.refusedEndings]).toEqual([
      ['second', 'already-decided'],
      ['back', 'already-decided'],
    ]);
    expect([ended.result, ended.standing.get('d')]).toEqual(['adopted', 'late']);
    const decided = outcome(BY_MAJORITY, {
      a: ['ana agree'],
      b: ['ben agree'],
      c: ['cleo agree'],
      end: ['close a b c', 'a', 'b', 'c'],
      d: ['dora agree', 'a', 'b', 'c'],
    });
    expect(decided.refusedEndings.get('end')).toBe('already-decided');
    expect([decided.result, decided.standing.get('d')]).toEqual(['adopted', 'late']);
  });
});

describe('a withdrawal', () => {
  it('ends what nothing has decided, and names what it ended', () => {
    const withdrawn = outcome(BY_MAJORITY, { a: ['ana agree'], back: ['withdraw', 'a'], b: ['ben agree', 'back'] });
    expect([withdrawn.result, withdrawn.counted]).toEqual(['withdrawn', ['a', 'back']]);
    expect(withdrawn.standing.get('b')).toBe('late');
  });

  it('ends nothing where the ballots, without knowing of it, decide', () => {
    const both = outcome(BY_MAJORITY, {
      a: ['ana agree'],
      back: ['withdraw', 'a'],
      b: ['ben agree', 'a'],
      c: ['cleo agree', 'a'],
    });
    expect([both.result, both.counted]).toEqual(['adopted', ['a', 'b', 'c']]);
    expect(outcome(BY_MAJORITY, { a: ['ana agree'] }).result).toBe('open');
  });
});

describe('the ballots of one member', () => {
  it('of two that knew of each other the newer stands; of two that did not, neither, unless they say the same', () => {
    const standing = (acts: Acts, rule = BY_MAJORITY) => [...outcome(rule, acts).standing.values()];
    expect(standing({ a: ['ana agree'], b: ['ana disagree', 'a'] })).toEqual(['replaced', 'counts']);
    expect(standing({ a: ['ana agree'], b: ['ana disagree'] })).toEqual(['unclear', 'unclear']);
    expect(standing({ a: ['ana agree'], b: ['ana agree'] })).toEqual(['counts', 'replaced']);
    expect(standing({ a: ['ana agree'], b: ['ana disagree'], c: ['ana abstain', 'a', 'b'] })).toEqual([
      'replaced',
      'replaced',
      'counts',
    ]);
    expect(agreed(outcome(BY_MAJORITY, { a: ['ana agree'], b: ['ana disagree'] }))).toEqual([0, 0, 0, 0]);
  });

  it('an assent stands whatever the same member says after or beside it', () => {
    const kept = outcome(BY_ASSENT, {
      a: ['ana disagree'],
      b: ['ana agree', 'a'],
      c: ['ana disagree', 'b'],
      d: ['ana abstain'],
    });
    expect(Object.fromEntries(kept.standing)).toEqual({ a: 'replaced', b: 'counts', c: 'kept', d: 'kept' });
    expect(agreed(kept)).toEqual([1, 0, 0, 0]);
    const without = outcome(BY_ASSENT, { a: ['ana disagree'], b: ['ana abstain', 'a'] });
    expect([...without.standing.values()]).toEqual(['replaced', 'counts']);
  });
});

describe('early decisions', () => {
  const vote = (rule: DecisionClass, ...choices: Choice[]) =>
    outcome(rule, Object.fromEntries(choices.map((choice, at) => [`v${at}`, [`${FIVE[at]!} ${choice}`] as const])))
      .result;

  it('a vote that nobody may block is adopted once enough of the whole electorate agree', () => {
    const half = { ...BY_MAJORITY, threshold: 60 };
    expect(vote(half, 'agree', 'agree')).toBe('open');
    expect(vote(half, 'agree', 'agree', 'agree')).toBe('adopted');
    const late = { a: ['ana agree'], b: ['ben agree'], c: ['cleo agree'], d: ['dora agree', 'a', 'b', 'c'] } as const;
    expect(outcome(half, late).standing.get('d')).toBe('late');
    expect(vote({ ...half, threshold: 61 }, 'agree', 'agree', 'agree')).toBe('open');
  });

  it('a vote that may be blocked waits for all, unless an override can not be stopped any more', () => {
    expect(vote(BY_CONSENT, 'agree', 'agree', 'agree', 'agree')).toBe('open');
    expect(vote(BY_CONSENT, 'agree', 'agree', 'agree', 'agree', 'abstain')).toBe('adopted');
    expect(vote(BY_CONSENT, 'agree', 'agree', 'agree', 'agree', 'block')).toBe('rejected');
    const override = { ...BY_CONSENT, override: 80 };
    expect(vote(override, 'agree', 'agree', 'agree')).toBe('open');
    expect(vote(override, 'agree', 'agree', 'agree', 'agree')).toBe('adopted');
    expect(vote({ ...override, threshold: 81 }, 'agree', 'agree', 'agree', 'agree')).toBe('open');
    expect(vote(override, 'block', 'agree', 'agree', 'agree', 'agree')).toBe('adopted');
    expect(vote(override, 'block', 'agree', 'agree', 'agree', 'abstain')).toBe('rejected');
  });

  it('assents are counted against the whole electorate, and nothing rejects but time', () => {
    const sixty = { ...BY_ASSENT, threshold: 60 };
    expect(vote(sixty, 'agree', 'agree', 'disagree', 'disagree', 'disagree')).toBe('open');
    expect(vote(sixty, 'agree', 'agree', 'agree')).toBe('adopted');
    expect(vote({ ...sixty, threshold: 0 }, 'abstain')).toBe('open');
    expect(vote({ ...sixty, threshold: 20 }, 'agree')).toBe('adopted');
  });

  it('the last ballot of all decides, either way', () => {
    expect(vote(BY_MAJORITY, 'disagree', 'disagree', 'disagree', 'agree')).toBe('open');
    expect(vote(BY_MAJORITY, 'disagree', 'disagree', 'disagree', 'agree', 'agree')).toBe('rejected');
    expect(vote(BY_MAJORITY, 'abstain', 'abstain', 'abstain', 'abstain', 'agree')).toBe('adopted');
    expect(vote(BY_MAJORITY, 'abstain', 'abstain', 'abstain', 'abstain', 'abstain')).toBe('rejected');
  });
});

describe('thresholds', () => {
  const tally = (agree: number, abstain: number, disagree: number, block = 0, electorate = 10) => ({
    electorate,
    agree,
    abstain,
    disagree,
    block,
  });
  const half = { ...BY_CONSENT, threshold: 50, quorum: 50 };

  it('a vote passes at its threshold exactly, among those who take a side', () => {
    expect(passes(half, 10, tally(2, 6, 2))).toBe(true);
    expect(passes(half, 10, tally(2, 5, 3))).toBe(false);
    expect(passes({ ...half, threshold: 67 }, 3, tally(2, 0, 1))).toBe(false);
    expect(passes({ ...half, threshold: 0 }, 10, tally(0, 5, 1))).toBe(false);
    expect(passes({ ...half, threshold: 0 }, 10, tally(1, 0, 9))).toBe(true);
  });

  it('a block counts as a side, and stops it unless overridden at the override exactly', () => {
    expect(passes(half, 10, tally(9, 0, 0, 1))).toBe(false);
    expect(passes({ ...half, override: 90 }, 10, tally(9, 0, 0, 1))).toBe(true);
    expect(passes({ ...half, override: 91 }, 10, tally(9, 0, 0, 1))).toBe(false);
    expect(passes({ ...half, override: 1 }, 10, tally(1, 0, 0, 1))).toBe(true);
    expect(passes({ ...half, override: 1 }, 10, tally(1, 0, 0, 2))).toBe(false);
  });

  it('a quorum is reached by all kinds of ballots together, exactly, and never by none', () => {
    expect(reachesQuorum(half, tally(1, 2, 1, 1))).toBe(true);
    expect(reachesQuorum(half, tally(1, 1, 1, 1))).toBe(false);
    expect(reachesQuorum({ ...half, quorum: 67 }, tally(1, 0, 1, 0, 3))).toBe(false);
    expect(reachesQuorum({ ...half, quorum: 0 }, tally(0, 0, 0))).toBe(false);
    expect(reachesQuorum({ ...half, quorum: 0 }, tally(0, 0, 0, 1))).toBe(true);
  });
});

describe('the cost', () => {
  /** Ana changes her vote again and again, on as many devices, beside others' ballots; how often it is asked who had seen what. */
  const asked = (rule: DecisionClass, changes: number, devices: number): number => {
    const electorate = ['ana', 'ben'];
    const said: Cast[] = [{ id: 'ben', member: 'ben', choice: 'disagree' }];
    const place = new Map<string, readonly [device: number, turn: number]>();
    for (let turn = 0; turn < changes; turn++) {
      const id = `ana ${turn}`;
      place.set(id, [turn % devices, turn]);
      said.push({ id, member: 'ana', choice: turn % 2 === 0 ? 'abstain' : 'disagree' });
    }
    let count = 0;
    const before = (a: string, b: string): boolean => {
      count += 1;
      const [one, other] = [place.get(a), place.get(b)];
      // She never sees what Ben or her other devices say.
      return one !== undefined && other !== undefined && one[0] === other[0] && one[1] < other[1];
    };
    expect(outcomeOf({ rule, electorate, acts: said, before }).standing.size).toBe(changes + 1);
    return count;
  };

  it('of a vote that is changed often grows about as the number of changes', () => {
    for (const rule of [BY_MAJORITY, BY_CONSENT, BY_ASSENT]) {
      for (const devices of [1, 2]) {
        const [few, many] = [asked(rule, 500, devices), asked(rule, 4_000, devices)];
        expect(many).toBeLessThan(few * 8 * 1.5);
      }
    }
  });
});
