import fc from 'fast-check';
import { PeerholdError } from '../../shared/errors';
import type { AgreementVersion, ProtocolSpec } from '../../shared/network/agreement/model';
import { restoringMessage } from '../../shared/network/certificates';
import type { Effect } from '../../shared/network/decisions/model';
import { decisionOf } from '../../shared/network/ledger/payments';
import { addDays } from '../../shared/network/use/days';
import type { Draft } from '../../shared/record/text';
import { type Person, testSigner } from './group';

/** One step of a random history: somebody acts on something, or takes in what another holds. */
export const step = fc.record({
  who: fc.nat(3),
  what: fc.constantFrom(
    'pull',
    'pull',
    'propose',
    'amend',
    'guard',
    'buy',
    'ballot',
    'ballot',
    'ballot',
    'close',
    'withdraw',
    'post',
    'pay',
    'leave',
    'seek',
    'pledge',
    'remove',
    'restore',
    'restore',
    'erase',
    'receive',
    'publish',
    'publish',
    'hide',
    'book',
    'book',
    'unbook',
    'distribute',
  ),
  pick: fc.nat(20),
  choice: fc.constantFrom(
    'agree' as const,
    'agree' as const,
    'abstain' as const,
    'disagree' as const,
    'block' as const,
  ),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Does the step; what the rules refuse is not signed, and the history goes on. */
export async function live(people: readonly Person[], one: Step): Promise<void> {
  await take(people, one).catch((error: unknown) => {
    if (!(error instanceof PeerholdError && error.code.startsWith('refused-'))) throw error;
  });
}

async function take(people: readonly Person[], { who, what, pick, choice }: Step): Promise<void> {
  const person = people[who % people.length]!;
  const { state } = person.replica;
  const of = <T>(rows: ReadonlyMap<string, T>): [string, T] | undefined =>
    [...rows].sort(([a], [b]) => (a < b ? -1 : 1))[pick % Math.max(1, rows.size)];
  const open = (effect: Parameters<typeof person.act<'proposal.open'>>[1]['effect']) =>
    person.act('proposal.open', { title: { text: 'T' }, text: { text: 'X' }, effect, deadline: 0 });
  const proposal = of(state.proposals)?.[0];
  const base = state.network.get('network')!.version;
  if (what === 'pull') return person.pull(people[pick % people.length]!);
  if (what === 'propose') await open({ kind: 'spend', amount: 100 + pick, unit: 'EUR' });
  if (what === 'distribute') await open({ kind: 'distribute', amount: 100 + pick, unit: 'EUR' });
  if (what === 'amend')
    await open({ kind: 'parameters', base, protocol: 'spending', params: { unit: 'EUR', free: pick + 1 } });
  if (what === 'guard') await open(changeOf(state.versions.get(base)!, pick));
  if (what === 'remove') await open({ kind: 'remove', member: of(state.members)![0] });
  if (what === 'restore') {
    const key = await testSigner(`new ${pick % 4}`);
    const consent = await key.sign(restoringMessage(person.replica.id, person.signer.device));
    await open({ kind: 'restore', member: of(state.members)![0], device: key.device, consent });
  }
  if (what === 'seek')
    await person.act('resource.seek', {
      name: { text: 'R' },
      about: { text: '' },
      kind: 'house',
      amount: 100,
      unit: 'EUR',
    });
  // Below 128 in its last byte, and of small order where it is 0 or 1.
  if (what === 'receive')
    await person.act('device.receives', { key: pick.toString(16).padStart(2, '0').padEnd(64, '0') });
  if (what === 'leave' && pick === 0) await person.act('member.leave', {});
  if (what === 'leave' && pick > 15) {
    const leaves = state.members.get(person.member)?.leaving === undefined;
    await person.act('member.announce', { leaves });
  }
  const page = `page-${pick % 2}`;
  const words = { page, title: { text: 'P' }, text: { text: `W${pick}` } };
  if (what === 'publish')
    await (pick % 3 === 0 ? open({ kind: 'publish', ...words }) : person.act('page.publish', words));
  if (what === 'hide') await person.act('page.withdraw', { page });
  const held = [...state.resources.values()].find(({ status }) => status === 'held');
  if (held !== undefined && what === 'book') {
    const from = addDays('2025-05-25', pick);
    await person.act('use.book', { resource: held.id, from, until: addDays(from, 2 + (pick % 6)) });
  }
  const booking = of(state.bookings)?.[0];
  if (booking !== undefined && what === 'unbook') await person.act('use.cancel', { booking });
  const entry = of(state.entries)?.[1];
  if (what === 'erase' && entry !== undefined) await person.act('text.erase', { event: entry.id, text: entry.memo });
  const resource = of(state.resources)?.[0];
  if (resource !== undefined && what === 'buy') await open({ kind: 'buy', resource, amount: 100, unit: 'EUR' });
  if (resource !== undefined && what === 'pledge')
    await person.act('pledge.make', { resource, amount: pick + 1, unit: 'EUR', together: pick * 2 });
  if (what === 'post' || what === 'pay') {
    const drawn = what === 'pay' ? of(state.allowances)?.[1] : undefined;
    const allowance = drawn === undefined ? undefined : decisionOf(drawn.id);
    const to = drawn?.member === undefined ? 'expense:repairs' : `member:${drawn.member}`;
    await person.act('entry.post', {
      kind: 'expense',
      date: '2025-02-01',
      memo: { text: 'M' },
      postings: [
        { account: to, unit: 'EUR', amount: 40 + pick },
        { account: 'bank', unit: 'EUR', amount: -40 - pick },
      ],
      ...(allowance === undefined ? {} : { allowance }),
    });
  }
  if (proposal === undefined) return;
  if (what === 'ballot') await person.act('ballot.cast', { proposal, choice });
  if (what === 'withdraw' && pick < 4) await person.act('proposal.withdraw', { proposal });
  if (what === 'close') {
    const counting = [...state.ballots.values()].filter(
      (ballot) => ballot.proposal === proposal && ballot.standing === 'counts',
    );
    await person.act('decision.close', { proposal, ballots: counting.map((ballot) => ballot.id) });
  }
}

/** A change of the agreement that says something about what is protected, or in force. */
function changeOf({ id: base, protocols }: AgreementVersion, pick: number): Draft<Effect> {
  const kind = (['parameters', 'parameters', 'adopt', 'suspend', 'resume', 'retire'] as const)[pick % 6]!;
  const last = protocols.at(-1)!.id;
  const guarded = ['membership', ['spending', 'decisions', last][pick % 3]!];
  const way = ['majority', 'consent', 'assent'];
  switch (kind) {
    case 'parameters': {
      const spec = protocols.find((one) => one.kind === 'decisions')!;
      const { protects: _protects, ...rest } = spec.params;
      const protects = guarded.map((protocol, at) => ({ protocol, class: way[(pick + at) % 3]! }));
      const threshold = 51 + (pick % 2);
      const classes = rest.classes.map((one) => (one.id === way[pick % 3] ? { ...one, threshold } : one));
      if (pick % 7 === 0) {
        const tiers = [{ to: 100 + pick, class: way[pick % 3]! }];
        const params = { unit: 'EUR', free: pick + 1, tiers };
        return { kind, base, protocol: protocols.find((one) => one.kind === 'spending')!.id, params };
      }
      const params = pick % 4 === 0 ? rest : pick % 4 === 1 ? { ...rest, protects } : { ...spec.params, classes };
      return { kind, base, protocol: spec.id, params };
    }
    case 'adopt':
      // Under another id, with other words, or left out.
      return {
        kind,
        base,
        protocols: protocols.flatMap((spec): Draft<ProtocolSpec>[] => {
          if (pick % 4 === 0 && spec.id === last) return [];
          if (pick % 4 === 1 && spec.id === 'spending') return [{ ...spec, id: `${spec.id}-${pick}` }];
          return [spec.kind === 'purpose' || spec.id === 'membership' ? { ...spec, title: `Words ${pick % 3}` } : spec];
        }),
      };
    default:
      return { kind, base, protocol: pick % 5 === 0 ? 'admission' : last };
  }
}
