import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judged } from '../../../test/kit/agreed/deeds';
import { reform } from '../../../test/kit/agreed/reform';
import { exists, rowFaults } from '../../../test/kit/agreed/standing';
import {
  DISTRIBUTION,
  LEAVING,
  PUBLICATION,
  type Person,
  admission,
  admit,
  group,
  meet,
  testSigner,
  withGuests,
} from '../../../test/kit/group';
import { hold, withUse } from '../../../test/kit/held';
import { live, step } from '../../../test/kit/history';
import { SealingGroup } from '../../../test/kit/sealing';
import { deviceKeyFromSeed, randomBytes, signerOf } from '../../record/signature';
import { Replica } from '../../replica/replica';
import type { Of } from '../../record/shape';
import type { membershipType } from './model';
import words from '../../words/en/effects.json';

const text = { text: 'As it says.' };
const QUICK = { none: 'consent', adopt: 'majority', parameters: 'majority', suspend: 'assent', remove: 'majority' };
/** Not all as their kinds are called, or nobody would see which of the two a clause names. */
const NAMED: Readonly<Partial<Record<string, string>>> = {
  admission: 'door',
  distribution: 'parts',
  ownership: 'shares',
  publication: 'world',
};
/** Supporters propose, and sponsor nobody. */
const proposing = (type: Of<typeof membershipType>): Of<typeof membershipType> =>
  type.id === 'supporter' ? { ...type, rights: ['vote', 'propose'] } : type;
const FOUNDED = withUse({ shortest: 1, quotas: [{ type: 'resident', most: 9 }] }, [
  ...withGuests().map((spec) =>
    spec.kind === 'decisions'
      ? { ...spec, params: { ...spec.params, uses: { ...spec.params.uses, ...QUICK, buy: 'majority' } } }
      : spec.kind === 'spending'
        ? { ...spec, params: { unit: 'EUR', free: 50 } }
        : spec.kind === 'membership'
          ? { ...spec, params: { types: spec.params.types.map(proposing) } }
          : spec,
  ),
  PUBLICATION,
  LEAVING,
  DISTRIBUTION,
  { kind: 'sealing', id: 'sealing', title: 'Sealing', text, params: { types: ['resident'], quorum: 'majority' } },
  { kind: 'practice', id: 'care', title: 'Care', text, params: {} },
]).map((spec) => ({ ...spec, id: NAMED[spec.kind] ?? spec.id }));

/** A step of ordinary life, a change of the agreement, a newcomer; everyone agrees on what was opened last; apps seal, or weeks pass. */
const happening = fc.oneof(
  { weight: 10, arbitrary: fc.record({ one: step, bold: fc.integer({ min: 0, max: 3 }).map((at) => at === 0) }) },
  {
    weight: 4,
    arbitrary: fc.record({ reform: fc.nat(100_000), who: fc.nat(3), bold: fc.boolean(), carried: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ invites: fc.nat(3), host: fc.nat(3), bold: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant('agree' as const) },
  { weight: 2, arbitrary: fc.constantFrom('seal' as const, 'weeks' as const) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

async function refusedOr(act: Promise<unknown>): Promise<void> {
  await act.catch((error: unknown) => expect(String(error)).toContain('refused-'));
}

/** An invite by one, on which another lets somebody in. */
async function invite(by: Person, host: Person, name: string): Promise<void> {
  const secret = signerOf(await deviceKeyFromSeed(randomBytes(32)));
  // One of them is none that there is.
  const type = ['resident', 'supporter', 'guest', 'stranger'][name.length % 4]!;
  await by.act('invite.issue', { invite: secret.device, type, uses: 1, days: name.length % 3 === 0 ? 14 : 7 });
  await host.pull(by);
  await host.act('member.admit', await admission(host, secret, await testSigner(name), name));
}

async function agree(people: readonly Person[]): Promise<void> {
  await meet(people);
  const open = [...people[0]!.replica.state.proposals.values()].filter(({ status }) => status === 'open');
  const newest = open.sort((a, b) => b.time - a.time)[0];
  if (newest === undefined) return;
  for (const person of people) await refusedOr(person.act('ballot.cast', { proposal: newest.id, choice: 'agree' }));
  await meet(people);
}

/** Takes part in it; `bold`: signs what the rules refuse as well, as an app could that does not ask them. */
async function happen(people: readonly Person[], sealing: SealingGroup, what: Happening, at: number): Promise<void> {
  if (what === 'agree') return agree(people);
  if (what === 'weeks') await sealing.clock.advance(21 * 86_400_000);
  if (what === 'seal' || what === 'weeks') return sealing.pass(2);
  const by = people[('one' in what ? what.one.who : 'who' in what ? what.who : what.invites) % people.length]!;
  by.bold = what.bold;
  if ('one' in what) await live(people, what.one);
  else if ('invites' in what) {
    const host = people[what.host % people.length]!;
    host.bold = what.bold;
    await refusedOr(invite(by, host, `newcomer ${at}${'!'.repeat(at % 3)}`));
    // Half of the time the supporter.
    const sponsor = people[at % 2 === 0 ? 2 : host === people[0] ? 1 : 0]!;
    await sponsor.pull(host);
    const waiting = [...sponsor.replica.state.members.values()].filter(({ status }) =>
      /applicant|waiting/.test(status),
    );
    for (const { id } of waiting.slice(-1)) {
      const effect = { kind: 'admit' as const, member: id };
      await refusedOr(sponsor.act('proposal.open', { title: text, text, effect, deadline: 0 }));
    }
    host.bold = false;
  } else {
    const { state } = by.replica;
    const effect = reform(state.versions.get(state.network.get('network')!.version)!, FOUNDED, what.reform);
    await refusedOr(by.act('proposal.open', { title: text, text, effect, deadline: 0 }));
    by.bold = false;
    if (what.carried) await agree(people);
  }
  by.bold = false;
}

/** Everything that was signed, as one who was there for none of it gets it: in whatever order, and in pieces. */
async function delivered(people: readonly Person[], chance: () => number): Promise<Replica> {
  const pending = (await Promise.all(people.map((person) => person.batch()))).flatMap(({ events }) => events);
  const replica = new Replica(people[0]!.replica.id);
  while (pending.length > 0) {
    const events = Array.from({ length: 1 + (chance() % 40) }, () =>
      pending.splice(chance() % Math.max(1, pending.length), 1),
    ).flat();
    replica.receive({ events, texts: [] });
  }
  return replica;
}

/** Refusals that are about what the agreement allows: each names the clause. */
const BY_AGREEMENT: ReadonlySet<string> = new Set(
  [
    'already-booked already-decided base-not-in-force booking-begun booking-taken-back',
    'closing-omits-ballots assent-needs-no-closing electorate-empty invite-revoked invite-too-long invite-used-up',
    'inviter-not-entitled',
    'may-not-block no-applicant no-member not-entitled not-in-electorate not-proposer page-not-public',
    'parameters-malformed protected-by-several protected-unsealed protocol-needed protocol-not-suspended',
    'protocol-suspended protocol-unknown publishing-decided quorum-missing quota-exceeded resource-not-held',
    'resource-not-sought rules-not-next seals-close stay-too-long stay-too-short use-not-agreed',
    'withdrawing-not-entitled author-applicant author-waiting author-removed membership-type-unknown assent-stands',
    'distribution-not-agreed resource-not-asked',
    ...Object.keys(words).filter((code) => code.startsWith('agreement-')),
  ].flatMap((codes) => codes.split(' ')),
);
/** Refusals of what no agreement could allow: what is named is not there, the form is wrong, the books would not hold, the author has no part in it. */
const BY_RECORD: ReadonlySet<string> = new Set(
  [
    'account-unknown author-ended already-founded already-reversed author-left author-not-member balance-too-large booking-unknown',
    'device-known device-keeper device-frozen device-not-active device-unknown entry-unbalanced entry-unknown',
    'event-unknown leaving-announced leaving-not-announced invite-twice invite-unknown not-founded payload-malformed pledge-not-due',
    'pledge-not-paid pledge-settled pledge-unknown posting-twice posting-zero proposal-unknown receiving-key-unusable',
    'refounding-malformed resource-unknown reversal-malformed reversal-not-whole reversal-of-reversal',
    'rules-not-in-force stay-empty text-not-erasable text-not-yours too-many-devices unknown-type',
  ].flatMap((codes) => codes.split(' ')),
);
/** Said by apps before they sign, or of what is in no state at all. */
const ELSEWHERE = [
  'unknown',
  'payload-malformed_field',
  'text-too-long',
  'texts-too-long',
  'fork-storm',
  'outside-cut',
];

/** Deeds that lives are full of: were there none, nothing would have been judged. */
const OFTEN = [
  ...['invite.issue', 'member.admit', 'resource.seek', 'proposal.open', 'ballot.cast', 'entry.post', 'use.book'],
  'page.publish',
];
const isOften = (count: number): boolean => count > 2;

describe('the agreement in force', () => {
  it('is what everything with effect was allowed by, whatever was adopted before and in whatever order it came', async () => {
    const [deeds, refusals] = [new Map<string, number>(), new Map<string, number>()];
    let adopted = 0;
    const count = (counts: Map<string, number>, of: string): unknown => counts.set(of, (counts.get(of) ?? 0) + 1);
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 20, maxLength: 70 }),
        fc.infiniteStream(fc.nat()),
        async (life, chance) => {
          const people = await group(['ana', 'ben'], FOUNDED);
          await hold(people);
          people.push(await admit(people[0]!, 'cleo', 'supporter'), await admit(people[0]!, 'dora', 'guest'));
          await meet(people);
          const sealing = new SealingGroup(people);
          for (const [at, what] of life.entries()) await happen(people, sealing, what, at);
          const replica = await delivered(people, () => chance.next().value as number);
          const { faults, deeds: done } = judged(replica);
          expect(faults).toEqual([]);
          expect(rowFaults(replica)).toEqual([]);
          for (const type of done) count(deeds, type);
          adopted += replica.state.versions.size - 1;
          for (const { code, clause } of replica.state.withoutEffect.values()) {
            count(refusals, code);
            expect([code, BY_AGREEMENT.has(code) || BY_RECORD.has(code)]).toEqual([code, true]);
            if (clause !== undefined) expect(exists(replica.state, clause)).toBe(true);
            if (BY_AGREEMENT.has(code)) expect([code, clause]).toEqual([code, expect.anything()]);
          }
        },
      ),
      { numRuns: 50 },
    );
    expect(adopted).toBeGreaterThan(50);
    for (const type of OFTEN) expect([type, deeds.get(type) ?? 0]).toEqual([type, expect.toSatisfy(isOften)]);
    expect(refusals.get('not-entitled')).toBeGreaterThan(10);
    // Where it is certain by which version, or most would be judged by the one that suits them.
    const all = [...deeds.values()].reduce((sum, one) => sum + one, 0);
    expect(all).toBeGreaterThan(4 * (deeds.get('judged by one of several') ?? 0));
  }, 240_000);

  it('has every refusal that there is placed among those that name a clause and those that need none', () => {
    const placed = [...BY_AGREEMENT, ...BY_RECORD, ...ELSEWHERE];
    expect(placed.sort()).toEqual(Object.keys(words).sort());
  });
});
