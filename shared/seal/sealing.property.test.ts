import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISTRIBUTION, LEAVING, PUBLICATION, group, protocols } from '../../test/kit/group';
import { hold, withUse } from '../../test/kit/held';
import { live, step } from '../../test/kit/history';
import { SealingGroup } from '../../test/kit/sealing';
import { stateDigest } from '../network/digest/digest';
import { Replica } from '../replica/replica';

/** A step of ordinary life, or some minutes in which some of the people are online and their apps seal. */
const happening = fc.oneof(
  { weight: 6, arbitrary: step.map((one) => ({ step: one, minutes: 0, online: 0 })) },
  {
    weight: 1,
    arbitrary: fc.record({
      step: step,
      minutes: fc.integer({ min: 1, max: 6 }),
      online: fc.integer({ min: 1, max: 15 }),
    }),
  },
);

describe('sealing', () => {
  it('gives one chain and one state, and never changes what it fixed, whatever happens around it and in whatever order it arrives', async () => {
    const uses = { none: 'majority', parameters: 'majority', remove: 'majority', adopt: 'majority' };
    const founded = withUse({ longest: 7, quotas: [{ type: 'resident', most: 9 }] }, [
      ...protocols(uses),
      PUBLICATION,
      LEAVING,
      DISTRIBUTION,
    ]);
    let sealed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 10, maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        async (life, chance) => {
          const people = await group(['ana', 'ben', 'cleo', 'dora'], founded);
          await hold(people);
          const sealing = new SealingGroup(people);
          const fixed = new Map<number, string>();
          for (const { step: one, minutes, online } of life) {
            if (minutes === 0) await live(people, one);
            else
              await sealing.pass(
                minutes,
                people.filter((_, index) => (online >> index) & 1),
              );
            for (const person of people) {
              for (const { height, value } of person.replica.seals.seals) {
                expect(fixed.get(height) ?? value).toBe(value);
                fixed.set(height, value);
              }
            }
          }
          const all = (await Promise.all(people.map((person) => person.batch()))).flatMap((batch) => batch.events);
          const whole = new Replica(people[0]!.replica.id);
          whole.receive({ events: all, texts: [] });
          sealed += whole.seals.seals.length;
          const expected = stateDigest(whole.state);
          const piecemeal = new Replica(whole.id);
          const pending = [...all];
          while (pending.length > 0) {
            piecemeal.receive({
              events: pending.splice((chance.next().value as number) % pending.length, 1),
              texts: [],
            });
          }
          for (const replica of [piecemeal, ...people.map((person) => person.replica)]) {
            replica.receive({ events: all, texts: [] });
            expect(replica.seals.seals.map((seal) => seal.value)).toEqual(whole.seals.seals.map((seal) => seal.value));
            expect(stateDigest(replica.state)).toBe(expected);
          }
        },
      ),
      { numRuns: 25 },
    );
    // Otherwise all of the above holds of nothing.
    expect(sealed).toBeGreaterThan(0);
  }, 240_000);
});
