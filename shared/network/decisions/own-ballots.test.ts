import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice } from './model';
import { type Cast, OwnBallots } from './own-ballots';

const CHOICES: readonly Choice[] = ['agree', 'disagree', 'abstain'];
/** What somebody did, and which of the acts before it they had seen, counted back. */
const act = fc.record({ choice: fc.constantFrom(...CHOICES), seen: fc.array(fc.nat(4), { maxLength: 3 }) });

describe('the ballots of one member', () => {
  it('give the choice of those that no other seen one replaces, if they agree; an assent stands', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 9 }), fc.boolean(), (acts, assent) => {
        const past: Set<number>[] = [];
        for (const [index, { seen }] of acts.entries()) {
          const direct = seen.map((back) => index - 1 - back).filter((one) => one >= 0);
          past.push(new Set(direct.flatMap((one) => [one, ...past[one]!])));
        }
        const before = (a: string, b: string): boolean => past[Number(b)]!.has(Number(a));
        const ballots = new OwnBallots(before);
        const casts: Cast[] = [];
        for (const [index, { choice }] of acts.entries()) {
          const id = String(index);
          // By the definition, over all that this act had seen.
          const known = casts.filter((cast) => before(cast.id, id));
          const standing = known.filter((cast) => !known.some((later) => before(cast.id, later.id)));
          const choices = new Set(standing.map((cast) => cast.choice));
          const agreed = assent && known.some((cast) => cast.choice === 'agree');
          expect(ballots.choiceFor(id, assent)).toBe(
            agreed ? 'agree' : choices.size === 1 ? [...choices][0] : undefined,
          );
          const cast = { id, member: 'ana', choice };
          casts.push(cast);
          ballots.add(cast);
        }
      }),
      { numRuns: 500 },
    );
  });
});
