import { addDays } from '../../shared/network/use/days';
import { toHex } from '../../shared/record/bytes';
import type { Liar } from './liar';

type Said = readonly [type: string, payload: object];

/**
 * Rightly signed events of the right shape about what there is, most of which the rules refuse: no app would sign them. Whether one has
 * effect depends on what its liar does not know, so that alone the model can tell.
 */
export async function actInVain(liar: Liar): Promise<void> {
  for (let acts = liar.chance.within(1, 5); acts > 0; acts--) {
    const said = liar.chance.pick(ACTS)(liar);
    if (said !== undefined) await liar.say(await liar.forge(...said));
  }
}

const ref = ({ chance }: Liar): string => toHex(chance.bytes(32));
const one = <T>({ chance }: Liar, rows: ReadonlyMap<string, T>): T | undefined => chance.maybe([...rows.values()]);
const texts = (liar: Liar) => ({ title: ref(liar), text: ref(liar), deadline: 0 });

type Act = (liar: Liar) => Said | undefined;
const about =
  <T>(rowsOf: (liar: Liar) => ReadonlyMap<string, T>, make: (row: T, liar: Liar) => Said): Act =>
  (liar) => {
    const row = one(liar, rowsOf(liar));
    return row === undefined ? undefined : make(row, liar);
  };

const proposals = ({ replica }: Liar) => replica.state.proposals;
const resources = ({ replica }: Liar) => replica.state.resources;
const members = ({ replica }: Liar) => replica.state.members;
const entries = ({ replica }: Liar) => replica.state.entries;
const pledges = ({ replica }: Liar) => replica.state.pledges;
const bookings = ({ replica }: Liar) => replica.state.bookings;

const EUR = { unit: 'EUR', amount: 700 };

function effectOn(liar: Liar): object | undefined {
  const { chance, replica } = liar;
  const version = one(liar, replica.state.versions)!;
  const member = one(liar, members(liar))!.id;
  const resource = one(liar, resources(liar));
  const protocol = chance.pick(version.protocols).id;
  return chance.pick<() => object | undefined>([
    () => ({ kind: 'admit', member }),
    () => ({ kind: 'remove', member }),
    () => ({ kind: chance.pick(['suspend', 'resume', 'retire']), base: version.id, protocol }),
    () => ({ kind: 'adopt', base: version.id, protocols: version.protocols }),
    () => resource && { kind: 'buy', resource: resource.id, ...EUR, unit: chance.pick([resource.unit, 'USD']) },
    () => ({ kind: 'distribute', ...EUR, ...(resource !== undefined && { resource: resource.id }) }),
    () => ({ kind: 'erase', event: chance.pick(replica.record.all()).id, text: ref(liar) }),
    () => ({ kind: 'rules', version: 9 }),
  ])();
}

const ACTS: readonly Act[] = [
  (liar) => {
    const effect = effectOn(liar);
    return effect && ['proposal.open', { ...texts(liar), effect }];
  },
  (liar) => {
    const type = liar.chance.pick(['resident', 'nobody']);
    return ['invite.issue', { invite: ref(liar), type, uses: 1, days: liar.chance.pick([1, 365]) }];
  },
  about(
    ({ replica }) => replica.state.invites,
    ({ id }) => ['invite.revoke', { invite: id }],
  ),
  ({ chance }) => ['member.announce', { leaves: chance.happens(0.7) }],
  about(proposals, ({ id }, { chance }) => ['ballot.cast', { proposal: id, choice: chance.pick(['agree', 'block']) }]),
  about(proposals, ({ id }) => ['proposal.withdraw', { proposal: id }]),
  about(proposals, ({ id, why }, { chance, replica }) => {
    const counting = why.events.filter((event) => replica.state.ballots.has(event));
    return ['decision.close', { proposal: id, ballots: chance.happens(0.7) ? counting : counting.slice(1) }];
  }),
  about(entries, (entry, liar) => {
    const factor = liar.chance.pick([-1, -1, -2]);
    const postings = entry.postings.map((posting) => ({ ...posting, amount: posting.amount * factor }));
    return ['entry.post', { kind: 'reversal', date: '2025-03-03', memo: ref(liar), postings, reverses: entry.id }];
  }),
  about(pledges, ({ id, member, unit, amount }, liar) => {
    const kind = liar.chance.pick(['contribution', 'transfer']);
    const credit = liar.chance.pick([`member:${member}`, 'in-kind']);
    const postings = [
      { account: 'bank', unit, amount },
      { account: credit, unit, amount: -amount },
    ];
    return ['entry.post', { kind, date: '2025-03-03', memo: ref(liar), postings, pledge: id }];
  }),
  about(pledges, ({ id }) => ['pledge.withdraw', { pledge: id }]),
  about(resources, ({ id }) => ['resource.drop', { resource: id }]),
  about(resources, ({ id, unit }, { chance }) => [
    'pledge.make',
    { resource: id, amount: 700, unit: chance.pick([unit, unit, 'USD']), together: 0 },
  ]),
  about(resources, ({ id }, { chance }) => {
    const from = addDays('2025-01-01', chance.within(0, 20));
    const until = chance.happens(0.1) ? from : addDays(from, chance.pick([1, 3, 8, 8, 40]));
    return ['use.book', { resource: id, from, until }];
  }),
  about(bookings, ({ id }) => ['use.cancel', { booking: id }]),
  (liar) => ['page.publish', { page: 'house', title: ref(liar), text: ref(liar) }],
  ({ chance }) => ['page.withdraw', { page: chance.pick(['house', 'rules', 'nowhere']) }],
  about(entries, ({ id, memo }) => ['text.erase', { event: id, text: memo }]),
  about(proposals, ({ id, text }) => ['text.erase', { event: id, text }]),
];
