import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Person, group } from '../../test/kit/group';
import type { Entry } from '../record/entry';
import { byOrder, merge, placeIn } from './order';

describe('the order of events', () => {
  it('goes by the longest path from the founding, one for each step, whoever took it', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const describes = (by: Person) => by.act('member.describe', { name: { text: by.name } });
    const steps: string[] = [await describes(ana), await describes(ana)];
    await ben.pull(ana);
    steps.push(await describes(ben), await describes(ben));
    await ana.pull(ben);
    steps.push(await describes(ana));
    const depths = steps.map((id) => ana.replica.record.get(id)!.depth);
    // Founding, invite, admission; then these.
    expect(depths).toEqual([3, 4, 5, 6, 7]);
    expect(ana.replica.record.all()[0]!.depth).toBe(0);
  });

  it('is seal by seal, then by depth and id; what comes late is put where a whole sorting would put it', () => {
    const entries = fc
      .uniqueArray(fc.record({ seal: fc.nat(1), depth: fc.nat(6), id: fc.stringMatching(/^[a-c]{3}$/) }), {
        ...{ selector: ({ id }) => id, maxLength: 20 },
      })
      .map((all) => all as unknown as Entry[]);
    const sorted = (all: readonly Entry[]): Entry[] =>
      [...all].sort((a, b) => a.seal - b.seal || a.depth - b.depth || (a.id < b.id ? -1 : 1));
    fc.assert(
      fc.property(entries, fc.nat(20), fc.nat(20), (all, cut, from) => {
        expect([...all].sort(byOrder)).toEqual(sorted(all));
        const [here, added] = [sorted(all.slice(cut)), sorted(all.slice(0, cut))];
        for (const entry of all)
          expect(placeIn(here, entry)).toBe(here.filter((one) => one !== entry && byOrder(one, entry) < 0).length);
        const [kept, tail] = [here.slice(0, from), here.slice(from)];
        const order = [...here];
        merge(order, from, added);
        expect(order).toEqual([...kept, ...sorted([...tail, ...added])]);
      }),
    );
  });
});
