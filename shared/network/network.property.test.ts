import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISTRIBUTION, PUBLICATION, group, protocols } from '../../test/kit/group';
import { hold, withUse } from '../../test/kit/held';
import { live, step } from '../../test/kit/history';
import { Replica } from '../replica/replica';
import { stateDigest } from './digest/digest';

describe('the fold', () => {
  it('gives one state for one set of events, in any order of delivery, duplication and split', async () => {
    const uses = { none: 'majority', parameters: 'majority', remove: 'majority', adopt: 'majority' };
    const founded = withUse({ longest: 7, quotas: [{ type: 'resident', most: 9 }] }, [
      ...protocols(uses),
      PUBLICATION,
      DISTRIBUTION,
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        async (steps, chance) => {
          const people = await group(['ana', 'ben', 'cleo', 'dora'], founded);
          const next = () => chance.next().value as number;
          if (next() % 2 === 0) await hold(people);
          for (const one of steps) {
            await live(people, one);
          }
          const all = (await Promise.all(people.map((person) => person.batch()))).flatMap((batch) => batch.events);
          const whole = new Replica(people[0]!.replica.id);
          whole.receive({ events: all, texts: [] });
          const expected = stateDigest(whole.state);
          for (let delivery = 0; delivery < 2; delivery++) {
            const replica = new Replica(whole.id);
            const pending = [...all];
            while (pending.length > 0) {
              const events = Array.from(
                { length: 1 + (next() % 3) },
                () => pending.splice(next() % pending.length, 1)[0]!,
              ).filter(Boolean);
              replica.receive({ events: next() % 5 === 0 ? [...events, ...events] : events, texts: [] });
            }
            expect(replica.record.waiting).toBe(0);
            expect(stateDigest(replica.state)).toBe(expected);
          }
          for (const person of people) {
            person.replica.receive({ events: all, texts: [] });
            expect(stateDigest(person.replica.state)).toBe(expected);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
