import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { stateDigest } from '../network/digest/digest';
import { detach } from '../record/compose';
import { sealedState } from './sealed-state';

const describeAs = (by: Person, name: string) => by.act('member.describe', { name: { text: name } });

describe('the state that the newest seal fixed', () => {
  it('is that of the founding where there is none', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const founded = stateDigest(ana.replica.state);
    await describeAs(ana, 'Ana B.');
    await describeAs(ana, 'Ana C.');
    expect(stateDigest(sealedState(ana.replica))).toBe(founded);
  });

  it('is without what came since, after one seal and after several', async () => {
    const one = new SealingGroup(await group(['ana']));
    const [ana] = one.people as [Person];
    for (const seals of [1, 2]) {
      await one.pass(2);
      expect(ana.replica.seals.seals).toHaveLength(seals);
      const fixed = stateDigest(ana.replica.state);
      expect(stateDigest(sealedState(ana.replica))).toBe(fixed);
      await describeAs(ana, `Ana ${seals}`);
      expect(stateDigest(ana.replica.state)).not.toBe(fixed);
      expect(stateDigest(sealedState(ana.replica))).toBe(fixed);
    }
  });

  it('has what was built on a branch of a fork storm', async () => {
    const [ana, eve] = (await group(['ana', 'eve'])) as [Person, Person];
    const branch = (time: number) => forge(eve, { time });
    const [first, second, third] = [await branch(1), await branch(2), await branch(3)];
    ana.replica.receive({ events: [first, second], texts: [] });
    expect(ana.replica.receive({ events: [third], texts: [] }).refused.get(third.id)).toBe('fork-storm');
    const parents = [...ana.replica.record.heads(), third.id].filter(
      (id) => ana.replica.record.get(id)?.device !== ana.signer.device,
    );
    const { payload, texts } = detach<unknown>({ name: { text: 'Ana B.' } }, ana.signer.device);
    const built = await forge(ana, { type: 'member.describe', payload, parents: parents.sort() });
    expect(ana.replica.receive({ events: [third, built], texts: [...texts.values()] }).refused.size).toBe(0);
    await new SealingGroup([ana]).pass(2);
    expect(ana.replica.seals.seals).toHaveLength(1);
    expect(stateDigest(sealedState(ana.replica))).toBe(stateDigest(ana.replica.state));
  });
});
