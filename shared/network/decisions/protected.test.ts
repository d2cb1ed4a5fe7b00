import { describe, expect, it } from 'vitest';
import { type Person, group, meet, protocols } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Draft } from '../../record/text';
import type { Parameters, ProtocolSpec } from '../agreement/model';
import type { Effect } from './model';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const open = (by: Person, effect: Draft<Effect>) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const care = { kind: 'practice' as const, id: 'care', title: 'Care', text: { text: 'As it says.' }, params: {} };

function founded(
  protects: Parameters<'decisions'>['protects'],
  tiers?: Parameters<'spending'>['tiers'],
): Draft<ProtocolSpec>[] {
  return [...protocols(), care].map((spec): Draft<ProtocolSpec> => {
    if (spec.kind === 'decisions' && protects !== undefined) return { ...spec, params: { ...spec.params, protects } };
    if (spec.kind === 'spending' && tiers !== undefined) return { ...spec, params: { ...spec.params, tiers } };
    return spec;
  });
}
const PROTECTS = [
  { protocol: 'membership', class: 'consent' },
  { protocol: 'care', class: 'majority' },
];
const versionOf = (by: Person) => by.replica.state.versions.get(by.replica.state.network.get('network')!.version)!;
const ruleOf = (by: Person, proposal: string) => by.replica.state.proposals.get(proposal)!.rule.id;
const specOf = (by: Person, id: string) => versionOf(by).protocols.find((spec) => spec.id === id)!;

function decisionsWith(
  by: Person,
  change: (params: Parameters<'decisions'>) => Partial<Parameters<'decisions'>>,
): Draft<Effect> {
  const params = specOf(by, 'decisions').params as Parameters<'decisions'>;
  return {
    kind: 'parameters',
    base: versionOf(by).id,
    protocol: 'decisions',
    params: { ...params, ...change(params) },
  };
}

describe('a proposal that changes what is protected', () => {
  it('is decided by the class that protects it, however it goes about it', async () => {
    const [ana] = (await group(['ana'], founded(PROTECTS))) as [Person];
    const { id: base, protocols: all } = versionOf(ana);
    const adopt = (change: (spec: ProtocolSpec) => ProtocolSpec[]): Draft<Effect> => ({
      kind: 'adopt',
      base,
      protocols: all.flatMap(change),
    });
    const asked = async (effect: Draft<Effect>) => ruleOf(ana, await open(ana, effect));
    expect(await asked({ kind: 'suspend', base, protocol: 'care' })).toBe('majority');
    expect(await asked({ kind: 'retire', base, protocol: 'care' })).toBe('majority');
    expect(await asked(adopt((spec) => (spec.id === 'care' ? [{ ...spec, title: 'Caring' }] : [spec])))).toBe(
      'majority',
    );
    const types = (specOf(ana, 'membership').params as Parameters<'membership'>).types.slice(0, 1);
    expect(await asked({ kind: 'parameters', base, protocol: 'membership', params: { types } })).toBe('consent');
    const threshold = (id: string) =>
      decisionsWith(ana, ({ classes }) => ({
        classes: classes.map((one) => (one.id === id ? { ...one, threshold: 99 } : one)),
      }));
    expect(await asked(threshold('consent'))).toBe('consent');
    expect(await asked(threshold('majority'))).toBe('majority');
    // What is not protected goes by its own.
    expect(await asked(threshold('assent'))).toBe('assent');
    expect(await asked(adopt((spec) => (spec.id === 'spending' ? [{ ...spec, title: 'Money' }] : [spec])))).toBe(
      'assent',
    );
    expect(await asked({ kind: 'rules', version: 2 })).toBe('consent');
  });

  it('is put by itself where others protect what it changes too', async () => {
    const [ana] = (await group(['ana'], founded(PROTECTS))) as [Person];
    const both = decisionsWith(ana, ({ protects: _protects }) => ({
      protects: [{ protocol: 'membership', class: 'assent' }],
    }));
    await expect(open(ana, both)).rejects.toEqual(refused('protected-by-several'));
  });

  it('waits until the version is sealed that protects it, and then goes by its class', async () => {
    const people = (await group(['ana', 'ben'], founded(undefined))) as [Person, Person];
    const [ana, ben] = people;
    const sealing = new SealingGroup(people);
    await sealing.pass(2);
    const protecting = await open(
      ana,
      decisionsWith(ana, () => ({ protects: PROTECTS })),
    );
    for (const person of people) {
      await meet(people);
      await person.act('ballot.cast', { proposal: protecting, choice: 'agree' });
    }
    await meet(people);
    expect(versionOf(ben).id).toBe(protecting);
    const freed = (): Draft<Effect> => ({ kind: 'retire', base: protecting, protocol: 'care' });
    await expect(open(ben, freed())).rejects.toEqual(refused('protected-unsealed'));
    // What is put to the sealed version goes by what that protects: nothing.
    const unprotected: Draft<Effect> = { kind: 'retire', base: ana.replica.id, protocol: 'care' };
    expect(ruleOf(ben, await open(ben, unprotected))).toBe('assent');
    // What it does not protect can be changed at once.
    await open(ben, {
      kind: 'parameters',
      base: protecting,
      protocol: 'admission',
      params: { mode: 'invite', days: 3 },
    });
    await sealing.pass(6);
    expect(ruleOf(ben, await open(ben, freed()))).toBe('majority');
  });

  it('before there are seals, is decided by who had seen that it is protected', async () => {
    const people = (await group(['ana', 'ben'], founded(undefined))) as [Person, Person];
    const [ana, ben] = people;
    const protecting = await open(
      ana,
      decisionsWith(ana, () => ({ protects: PROTECTS })),
    );
    await ben.pull(ana);
    await ben.act('ballot.cast', { proposal: protecting, choice: 'agree' });
    await ana.pull(ben);
    await ana.act('ballot.cast', { proposal: protecting, choice: 'agree' });
    await meet(people);
    expect(ruleOf(ben, await open(ben, { kind: 'retire', base: protecting, protocol: 'care' }))).toBe('majority');
  });
});

describe('a proposal to spend', () => {
  const TIERS = [
    { to: 20_000, class: 'consent' },
    { to: 50_000, class: 'assent' },
  ];
  it('is decided by the class of its sum, and cites where that stands', async () => {
    const [ana] = (await group(['ana'], founded(undefined, TIERS))) as [Person];
    const asked = async (amount: number, unit = 'EUR') => {
      const { rule, clause } = ana.replica.state.proposals.get(await open(ana, { kind: 'spend', amount, unit }))!;
      return [rule.id, clause.protocol];
    };
    expect(await asked(20_000)).toEqual(['consent', 'spending']);
    expect(await asked(20_001)).toEqual(['assent', 'spending']);
    expect(await asked(50_000)).toEqual(['assent', 'spending']);
    expect(await asked(50_001)).toEqual(['majority', 'decisions']);
    expect(await asked(5, 'CHF')).toEqual(['majority', 'decisions']);
  });
});

describe('a suspended protocol', () => {
  const sealing = {
    kind: 'sealing' as const,
    id: 'sealing',
    title: 'Sealing',
    text: { text: 'As it says.' },
    params: { types: ['supporter'], quorum: 'majority' as const },
  };

  it('has its words and no effect, until it is in force again', async () => {
    const [ana] = (await group(['ana'], [...founded(undefined), sealing])) as [Person];
    const turn = async (kind: 'suspend' | 'resume' | 'retire') => {
      const proposal = await open(ana, { kind, base: versionOf(ana).id, protocol: 'sealing' });
      await ana.act('ballot.cast', { proposal, choice: 'agree' });
      expect(versionOf(ana).id).toBe(proposal);
    };
    const alone = new SealingGroup([ana]);
    // Those who seal are none that there is.
    await alone.pass(2);
    expect(ana.replica.seals.seals).toHaveLength(0);
    await turn('suspend');
    expect(specOf(ana, 'sealing')).toMatchObject({ title: 'Sealing', params: sealing.params });
    expect(versionOf(ana).suspended).toEqual(['sealing']);
    await turn('resume');
    expect(versionOf(ana).suspended).toEqual([]);
    await turn('retire');
    expect(specOf(ana, 'sealing')).toBeUndefined();
  });

  it.each(['membership', 'admission', 'decisions', 'spending', 'ownership'])(
    'is never one that the rules need: %s',
    async (protocol) => {
      const [ana] = (await group(['ana'], founded(undefined))) as [Person];
      for (const kind of ['suspend', 'retire'] as const)
        await expect(open(ana, { kind, base: versionOf(ana).id, protocol })).rejects.toEqual(
          refused('protocol-needed'),
        );
    },
  );
});
