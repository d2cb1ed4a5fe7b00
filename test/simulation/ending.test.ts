import { describe, expect, it } from 'vitest';
import { type Person, group } from '../kit/group';
import { START, SealingGroup } from '../kit/sealing';
import { hinders } from './ending';
import type { Site } from './site';

/** Of a machine, what is asked of it in the end: one that is up, and could act. */
const machine = (name: string, { signer, replica }: Person, clock: number): Site =>
  ({ name, signer, clock, stopped: false, peer: { replica, state: replica.state } }) as unknown as Site;

describe('whether those who are well can seal', () => {
  it('asks for a quorum of sealers: a restored backup beside its machine is the same one again', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const sealing = new SealingGroup(people);
    await sealing.pass(4);
    expect(ben.replica.seals.current).toMatchObject({ quorum: 2 });
    const now = START + sealing.clock.now();
    const asked = (...sites: readonly Site[]): string | undefined =>
      hinders({ members: () => [...sites], lastWords: new Set(sites.map(({ name }) => name)) });
    const [one, both] = [machine('b1', ben, now), machine('b1r', ben, now)];
    expect(asked(one, both)).toBe('quorum lost in the end');
    expect(asked(one, both, machine('a0', ana, now))).toBeUndefined();
    // Ben alone has a clock that goes as far as what all agreed on.
    await ana.act('member.describe', { name: { text: 'Ana' } });
    await sealing.pass(1, [ana]);
    await ben.pull(ana);
    await sealing.pass(1, [ben]);
    expect(ben.replica.seals.current!.readies.length).toBeGreaterThan(0);
    expect(asked(one, both, machine('a0', ana, 0))).toBe('held up by clocks in the end');
  });

  it('does not ask whoever left, and may not have heard of the seal by which they did', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dan'])) as [Person, Person, Person, Person];
    const [ana, ben, cleo, dan] = people;
    const sealing = new SealingGroup(people);
    const sealersOf = (person: Person): number => person.replica.seals.current!.sealers.length;
    /** Whose turn it is to propose is chance: a seal takes more or fewer rounds. */
    const untilSealers = async (count: number, some: Person[]): Promise<void> => {
      for (let turn = 0; turn < 30 && sealersOf(ana) !== count; turn++) await sealing.pass(1, some);
      expect(sealersOf(ana)).toBe(count);
    };
    await untilSealers(4, people);
    await ben.act('member.leave', {});
    await ana.pull(ben);
    await untilSealers(3, [ana, cleo, dan]);
    for (const person of [cleo, dan]) await person.pull(ana);
    expect(sealersOf(ben)).toBe(4);
    const now = START + sealing.clock.now();
    const sites = [machine('b1', ben, now), machine('a0', ana, now), machine('c2', cleo, now)];
    const lastWords = new Set(sites.map(({ name }) => name));
    expect(hinders({ members: () => sites, lastWords })).toBe('quorum lost in the end');
    const whole = [...sites, machine('d3', dan, now)];
    expect(hinders({ members: () => whole, lastWords: new Set([...lastWords, 'd3']) })).toBeUndefined();
  });
});
