import { describe, expect, it } from 'vitest';
import { type Person, group } from '../../test/kit/group';

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
});
