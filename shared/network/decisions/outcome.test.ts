import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BY_ASSENT, BY_CONSENT, BY_MAJORITY } from '../../../test/kit/group';
import type { DecisionClass } from '../agreement/model';
import { CHOICES, type Choice } from './model';
import { type Ending, type Question, outcomeOf } from './outcome';
import type { Cast } from './own-ballots';

/** A history around one proposal: who did what, and which of the earlier acts they had seen. */
interface Act {
  readonly member: number;
  readonly what: Choice | 'close' | 'withdraw';
  /** For each earlier act, whether it was seen. */
  readonly saw: readonly boolean[];
}
const MEMBERS = 5;
const act = fc.record<Act>({
  member: fc.nat(MEMBERS - 1),
  what: fc.constantFrom<Act['what']>('agree', 'agree', 'agree', ...CHOICES, 'close', 'withdraw'),
  saw: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
});
const rule = fc.constantFrom<DecisionClass>(
  BY_MAJORITY,
  BY_CONSENT,
  BY_ASSENT,
  { ...BY_CONSENT, override: 80 },
  { ...BY_MAJORITY, threshold: 100, quorum: 100 },
);

function question(rules: DecisionClass, acts: readonly Act[]): Question {
  // Whoever saw an act saw all that its author had seen, and everyone has seen their own.
  const seen: Set<number>[] = [];
  acts.forEach(({ member, saw }, index) => {
    const past = new Set<number>();
    for (let earlier = 0; earlier < index; earlier++) {
      if (!saw[earlier] && acts[earlier]!.member !== member) continue;
      past.add(earlier);
      for (const before of seen[earlier]!) past.add(before);
    }
    seen.push(past);
  });
  const before = (a: string, b: string): boolean => seen[Number(b)]!.has(Number(a));
  const said: (Cast | Ending)[] = [];
  acts.forEach(({ member, what }, index) => {
    const id = String(index);
    if (what === 'withdraw') {
      if (member === 0) said.push({ id, kind: 'withdraw', ballots: [] });
    } else if (what === 'close') {
      // An honest closer lists what the same rules tell them counts.
      const known = said.filter((earlier) => before(earlier.id, id));
      const counted = outcomeOf({ rule: rules, electorate: people, before, acts: known }).standing;
      said.push({
        id,
        kind: 'close',
        ballots: [...counted].filter(([, standing]) => standing === 'counts').map(([ballot]) => ballot),
      });
    } else said.push({ id, member: people[member]!, choice: what });
  });
  return { rule: rules, electorate: people, acts: said, before };
}
const isCast = (item: Cast | Ending): item is Cast => 'choice' in item;
const people = Array.from({ length: MEMBERS }, (_, index) => `member-${index}`);

const plain = ({ result, tally, standing, counted }: ReturnType<typeof outcomeOf>) => ({
  result,
  tally,
  standing: [...standing].sort(),
  counted: [...counted].sort(),
});

describe('what came of a proposal', () => {
  it('is the same for every order of arrival that respects who saw what', () => {
    fc.assert(
      fc.property(rule, fc.array(act, { maxLength: 14 }), fc.infiniteStream(fc.nat()), (rules, acts, chance) => {
        const asked = question(rules, acts);
        const shuffle = <T extends { id: string }>(items: readonly T[]): T[] => {
          const left = [...items];
          const order: T[] = [];
          while (left.length > 0) {
            const ready = left.filter((item) => !left.some((other) => asked.before(other.id, item.id)));
            const next = ready[(chance.next().value as number) % ready.length]!;
            order.push(next);
            left.splice(left.indexOf(next), 1);
          }
          return order;
        };
        const other = { ...asked, acts: shuffle(asked.acts) };
        expect(plain(outcomeOf(other))).toEqual(plain(outcomeOf(asked)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('an absolute number of assents, once reached, stands whatever else there is or comes', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), fc.nat(14), (acts, cut) => {
        const ballotsOnly = acts.filter(({ what }) => what !== 'close' && what !== 'withdraw');
        const asked = question(BY_ASSENT, ballotsOnly);
        const earlier = { ...asked, acts: asked.acts.slice(0, cut) };
        if (outcomeOf(earlier).result === 'adopted') expect(outcomeOf(asked).result).toBe('adopted');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not changed by who had seen the decision before they voted', () => {
    fc.assert(
      fc.property(rule, fc.array(act, { maxLength: 13 }), act, (rules, acts, last) => {
        const first = outcomeOf(question(rules, acts));
        fc.pre(first.result === 'adopted' || first.result === 'rejected');
        const knowing = { ...last, saw: last.saw.map(() => true) };
        const after = outcomeOf(question(rules, [...acts, knowing]));
        expect([after.result, after.tally]).toEqual([first.result, first.tally]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts no member twice, and nothing beyond the electorate', () => {
    fc.assert(
      fc.property(rule, fc.array(act, { maxLength: 14 }), (rules, acts) => {
        const asked = question(rules, acts);
        const { tally, standing } = outcomeOf(asked);
        const { agree, abstain, disagree, block } = tally;
        expect(agree + abstain + disagree + block).toBeLessThanOrEqual(MEMBERS);
        const members = asked.acts
          .filter(isCast)
          .filter((cast) => standing.get(cast.id) === 'counts')
          .map((cast) => cast.member);
        expect(new Set(members).size).toBe(members.length);
        expect(standing.size).toBe(asked.acts.filter(isCast).length);
      }),
      { numRuns: 1_000 },
    );
  });
});
