import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Person, group, meet, protocols } from '../../../test/kit/group';
import { live, step } from '../../../test/kit/history';
import { SealingGroup } from '../../../test/kit/sealing';
import { sameValue } from './changes';
import { type AgreementVersion, type Parameters, classedAs } from './model';
import { agreementProblems } from './problems';

const care = { kind: 'practice' as const, id: 'care', title: 'Care', text: { text: 'As it says.' }, params: {} };
/** Every way to decide is protected from another: whoever goes round one of them is found out. */
const PROTECTS = [
  { protocol: 'membership', class: 'consent' },
  { protocol: 'care', class: 'assent' },
  { protocol: 'decisions', class: 'majority' },
];
const FOUNDED = [...protocols({ adopt: 'majority', parameters: 'majority', suspend: 'majority' }), care].map((spec) =>
  spec.kind === 'decisions' ? { ...spec, params: { ...spec.params, protects: PROTECTS } } : spec,
);

const decisionsOf = ({ protocols: all }: AgreementVersion): Parameters<'decisions'> =>
  all.find((spec) => spec.kind === 'decisions')!.params;
/** The class of the first tier of spending that a sum is within. */
const tierOf = ({ protocols: all }: AgreementVersion, amount: number): string | undefined =>
  all.find((spec) => spec.kind === 'spending')!.params.tiers?.find(({ to }) => amount <= to)?.class;
/** What one class guards in a version, in one value. */
function guardedBy(version: AgreementVersion, id: string, named: readonly string[]): unknown {
  const { classes, protects = [] } = decisionsOf(version);
  return {
    rule: classes.filter((one) => one.id === id),
    entries: protects.filter(({ protocol }) => named.includes(protocol)),
    // `decisions` holds what others guard too: of it only that it is there.
    protocols: version.protocols.filter((spec) => named.includes(spec.id) && spec.kind !== 'decisions'),
    suspended: version.suspended.filter((one) => named.includes(one)),
  };
}

/** A step of ordinary life, or everyone agrees on what was opened last, or their apps seal for a minute. */
const happening = fc.oneof(
  { weight: 5, arbitrary: step.map((one) => ({ ...one, what: one.pick % 3 === 0 ? one.what : ('guard' as const) })) },
  { weight: 4, arbitrary: fc.constant('agree' as const) },
  { weight: 1, arbitrary: fc.constant('seal' as const) },
);

async function agree(people: readonly Person[]): Promise<void> {
  const open = [...people[0]!.replica.state.proposals.values()].filter(({ status }) => status === 'open');
  const [newest] = open.sort((one, other) => other.time - one.time);
  if (newest === undefined) return;
  for (const person of people) {
    await meet(people);
    await person.act('ballot.cast', { proposal: newest.id, choice: 'agree' }).catch(() => undefined);
  }
}

describe('an agreement that protects some of its parts', () => {
  it('changes each by its own class alone, as it stood in the version that was amended, whoever does what and when it is sealed', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 10, maxLength: 60 }), async (life) => {
        const people = await group(['ana', 'ben'], FOUNDED);
        const sealing = new SealingGroup(people);
        for (const one of life) {
          if (one === 'agree') await agree(people);
          else if (one === 'seal') await sealing.pass(1);
          else if (one.what !== 'leave' && one.what !== 'remove') await live(people, one);
        }
        await meet(people);
        const { versions, proposals, withoutEffect, members } = people[0]!.replica.state;
        for (const version of versions.values()) {
          expect(agreementProblems(version.protocols)).toEqual([]);
          if (version.base === null) continue;
          const base = versions.get(version.base)!;
          const { rule } = proposals.get(version.id)!;
          const { classes, protects = [], uses } = decisionsOf(base);
          for (const id of new Set(protects.map((one) => one.class))) {
            const named = protects.filter((one) => one.class === id).map(({ protocol }) => protocol);
            if (sameValue(guardedBy(base, id, named), guardedBy(version, id, named))) continue;
            changed += 1;
            expect(rule).toEqual(classes.find((one) => one.id === id));
          }
          const guard = protects.find(({ protocol }) => protocol === 'decisions')?.class;
          if (guard !== undefined && !sameValue(uses, decisionsOf(version).uses)) expect(rule.id).toBe(guard);
        }
        for (const { rule, clause, effect, electorate } of proposals.values()) {
          const cited = versions.get(clause.version)!;
          const { classes, protects = [], uses } = decisionsOf(cited);
          expect(classes).toContainEqual(rule);
          const { types } = cited.protocols.find((spec) => spec.kind === 'membership')!.params;
          const may = (member: string): boolean =>
            types.some(({ id, rights }) => id === members.get(member)!.type && rights.includes('vote'));
          expect(electorate.filter((member) => !may(member))).toEqual([]);
          if (effect.kind === 'spend') expect(rule.id).toBe(tierOf(cited, effect.amount) ?? uses.spend);
          else if (!protects.some((one) => one.class === rule.id)) expect(rule.id).toBe(uses[classedAs(effect.kind)]);
        }
        for (const { clause } of [...withoutEffect.values(), ...proposals.values()]) {
          if (clause === undefined) continue;
          expect(versions.get(clause.version)!.protocols.map(({ id }) => id)).toContain(clause.protocol);
        }
      }),
      { numRuns: 80 },
    );
    expect(changed).toBeGreaterThan(20);
  }, 120_000);
});
