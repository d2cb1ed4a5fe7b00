import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Person, admission, certify, meet, testSigner } from '../../test/kit/group';
import { type Contest, type Four, type Gain, type Grinding, type Move, play } from '../../test/kit/grinding';
import { hold } from '../../test/kit/held';
import type { Signer } from '../record/signature';
import { consentMessage } from './certificates';
import type { State } from './state';

const INVITE = await testSigner('invite');
const EVE = await testSigner('eve');
const FAY = await testSigner('fay');

const ref = (digit: string): string => digit.repeat(64);
const propose = (effect: object): Move => ({
  type: 'proposal.open',
  payload: { title: ref('1'), text: ref('2'), effect, deadline: 0 },
});
const pay = (allowance?: string, amount = 80_000): Move => ({
  type: 'entry.post',
  payload: {
    kind: 'expense',
    date: '2025-03-01',
    memo: ref('3'),
    ...(allowance === undefined ? {} : { allowance }),
    postings: [
      { account: 'expense:repairs', unit: 'EUR', amount },
      { account: 'bank', unit: 'EUR', amount: -amount },
    ],
  },
});

/** The first two vote for their own, the others for both before they know what came of either. */
async function voteForBoth([ana, ben, cleo, dora]: Four, moves: readonly [string, string]): Promise<void> {
  for (const by of [cleo, dora]) for (const other of [ana, ben]) await by.pull(other);
  for (const by of [cleo, dora])
    for (const proposal of moves) await by.act('ballot.cast', { proposal, choice: 'agree' });
  await ana.act('ballot.cast', { proposal: moves[0], choice: 'agree' });
  await ben.act('ballot.cast', { proposal: moves[1], choice: 'agree' });
}
const statuses = ({ proposals }: State, moves: readonly [string, string]): Gain => [
  proposals.get(moves[0])!.status,
  proposals.get(moves[1])!.status,
];

const publish: Move = { type: 'page.publish', payload: { page: 'p', title: ref('6'), text: ref('7') } };

const book = (resource: string, from: string, until: string): Move => ({
  type: 'use.book',
  payload: { resource, from, until },
});
const bookings = (state: State, moves: readonly [string, string]): Gain => [
  state.bookings.get(moves[0])!.status,
  state.bookings.get(moves[1])!.status,
];

/** A house to buy: two of four agreed, and the second one’s ballot will decide. Gives it, what the first one pledged, and that ballot. */
async function toBuy(people: Four) {
  const [ana, , ...others] = people;
  const of = { amount: 100, unit: 'EUR' };
  const seek = { name: { text: 'House' }, about: { text: '' }, kind: 'house' as const, ...of };
  const resource = await ana.act('resource.seek', seek);
  const pledge = await ana.act('pledge.make', { resource, ...of, together: 0 });
  const effect = { kind: 'buy' as const, resource, ...of };
  const proposal = await ana.act('proposal.open', { title: { text: 'B' }, text: { text: '' }, effect, deadline: 0 });
  await meet(people);
  for (const by of others) await by.act('ballot.cast', { proposal, choice: 'agree' });
  const decide: Move = { type: 'ballot.cast', payload: { proposal, choice: 'agree' } };
  return { resource, pledge, decide };
}
const pledged = ({ pledges, resources }: State): Gain => [
  [...pledges.values()]
    .map(({ status }) => status)
    .sort()
    .join(),
  [...resources.values()].map(({ status }) => status).join(),
];

const CONTESTS: readonly Contest[] = [
  {
    name: 'a pledge, and the vote that decides to buy',
    prepare: async (people) => {
      const { resource, decide } = await toBuy(people);
      return [{ type: 'pledge.make', payload: { resource, amount: 300, unit: 'EUR', together: 0 } }, decide];
    },
    // Whoever decided could not count on it.
    gain: pledged,
    outcome: ['due,lapsed', 'agreed'],
  },
  {
    name: 'a pledge that is withdrawn, and the vote that decides to buy',
    prepare: async (people) => {
      const { pledge, decide } = await toBuy(people);
      return [{ type: 'pledge.withdraw', payload: { pledge } }, decide];
    },
    // Whoever decided counted on it.
    gain: pledged,
    outcome: ['due', 'agreed'],
  },
  {
    name: 'a page made public, and taken back',
    prepare: async ([ana]) => {
      await ana.act('page.publish', { page: 'p', title: { text: 'T' }, text: { text: 'Before.' } });
      return [publish, { type: 'page.withdraw', payload: { page: 'p' } }];
    },
    gain: ({ publications }, [one]) => [
      publications.get(one)!.status,
      [...publications.values()].map(({ status }) => status).join(),
    ],
    outcome: ['withdrawn', 'withdrawn,withdrawn'],
  },
  {
    name: 'two payments under one allowance',
    prepare: async (people) => {
      const [ana] = people;
      const effect = { kind: 'spend', amount: 100_000, unit: 'EUR' } as const;
      const allowance = await ana.act('proposal.open', {
        title: { text: 'Roof' },
        text: { text: 'Mend it.' },
        effect,
        deadline: 0,
      });
      await meet(people);
      for (const by of people) await by.act('ballot.cast', { proposal: allowance, choice: 'agree' });
      return [pay(allowance), pay(allowance)];
    },
    gain: ({ entries }, [one, other]) => [
      entries.get(one)!.authorisation.status,
      entries.get(other)!.authorisation.status,
    ],
    outcome: ['contested', 'contested'],
  },
  {
    name: 'two admissions by an invite for one',
    prepare: async ([ana, ben]) => {
      const invite = INVITE;
      await ana.act('invite.issue', { invite: invite.device, type: 'resident', uses: 1, days: 14 });
      const admit = async (by: Person, joiner: Signer): Promise<Move> => ({
        type: 'member.admit',
        payload: { ...(await admission(by, invite, joiner, '')), name: ref('4') },
      });
      return [await admit(ana, EVE), await admit(ben, FAY)];
    },
    gain: ({ members }, [one, other]) => [members.get(one)!.status, members.get(other)!.status],
    outcome: ['waiting', 'waiting'],
  },
  {
    name: 'two issues of one invite',
    prepare: async () => {
      const issue = (type: string): Move => ({
        type: 'invite.issue',
        payload: { invite: INVITE.device, type, uses: 5, days: 14 },
      });
      return [issue('resident'), issue('supporter')];
    },
    // Each admits somebody by their own.
    carry: async ([ana, ben]) => {
      await ana.act('member.admit', await admission(ana, INVITE, EVE, 'eve'));
      await ben.act('member.admit', await admission(ben, INVITE, FAY, 'fay'));
    },
    gain: ({ members }) => {
      const status = (joiner: Signer): string =>
        [...members.values()].find(({ devices }) => devices.includes(joiner.device))!.status;
      return [status(EVE), status(FAY)];
    },
    outcome: ['waiting', 'waiting'],
  },
  {
    name: 'two amendments of one version',
    prepare: async ([ana]) => {
      const of = { kind: 'parameters', base: ana.replica.id, protocol: 'spending' };
      return [
        propose({ ...of, params: { unit: 'EUR', free: 1 } }),
        propose({ ...of, params: { unit: 'EUR', free: 2 } }),
      ];
    },
    carry: voteForBoth,
    gain: statuses,
    outcome: ['clashing', 'clashing'],
  },
  {
    name: 'two removals of each other',
    prepare: async ([ana, ben]) => [
      propose({ kind: 'remove', member: ben.member }),
      propose({ kind: 'remove', member: ana.member }),
    ],
    carry: voteForBoth,
    gain: statuses,
    outcome: ['clashing', 'clashing'],
  },
  {
    name: 'two purchases of one thing',
    prepare: async ([ana]) => {
      const resource = await ana.act('resource.seek', {
        name: { text: 'House' },
        about: { text: '' },
        kind: 'house',
        amount: 100,
        unit: 'EUR',
      });
      const buy = (amount: number) => propose({ kind: 'buy', resource, amount, unit: 'EUR' });
      return [buy(100), buy(90)];
    },
    carry: voteForBoth,
    gain: statuses,
    outcome: ['clashing', 'clashing'],
  },
  {
    name: 'two votes of one member, from two devices',
    prepare: async (people) => {
      const [ana, ben, cleo] = people;
      // The first contender signs by a second device of the second.
      const phone = await testSigner('bens phone');
      const proof = await phone.sign(consentMessage(ben.replica.id, ben.signer.device));
      await ben.act('device.certify', { device: phone.device, label: 'phone', proof });
      const proposal = await cleo.act('proposal.open', {
        title: { text: 'T' },
        text: { text: 'X' },
        effect: { kind: 'none' },
        deadline: 0,
      });
      people[0] = new Person('bens phone', phone, ana.replica, 0);
      const vote = (choice: string): Move => ({ type: 'ballot.cast', payload: { proposal, choice } });
      return [vote('agree'), vote('disagree')];
    },
    gain: ({ ballots }, [one, other]) => [ballots.get(one)!.standing, ballots.get(other)!.standing],
    outcome: ['unclear', 'unclear'],
  },
  {
    name: 'two reversals of one entry',
    prepare: async ([ana]) => {
      const entry = await ana.act('entry.post', {
        kind: 'income',
        date: '2025-03-01',
        memo: { text: 'Rent' },
        postings: [
          { account: 'bank', unit: 'EUR', amount: 5_000 },
          { account: 'income:rent', unit: 'EUR', amount: -5_000 },
        ],
      });
      const reverse: Move = {
        type: 'entry.post',
        payload: {
          kind: 'reversal',
          date: '2025-03-02',
          memo: ref('5'),
          reverses: entry,
          postings: [
            { account: 'bank', unit: 'EUR', amount: -5_000 },
            { account: 'income:rent', unit: 'EUR', amount: 5_000 },
          ],
        },
      };
      return [reverse, reverse];
    },
    // Whichever is taken, the entry is reversed, once, and the books are the same.
    gain: ({ balances }) => {
      const bank = String([...balances.values()].find(({ account }) => account === 'bank')!.amount);
      return [bank, bank];
    },
    outcome: ['0', '0'],
  },
  {
    name: 'two bookings for the same dates',
    prepare: async (people) => {
      const resource = await hold(people);
      return [book(resource, '2026-08-01', '2026-08-08'), book(resource, '2026-08-05', '2026-08-15')];
    },
    gain: bookings,
    outcome: ['waiting', 'waiting'],
  },
  {
    name: 'two bookings of one member beyond the quota, from two devices',
    prepare: async (people) => {
      const resource = await hold(people);
      people[0] = await certify(people[1], 'bens phone');
      return [book(resource, '2026-08-01', '2026-08-15'), book(resource, '2026-10-01', '2026-10-15')];
    },
    gain: bookings,
    outcome: ['waiting', 'waiting'],
  },
  {
    name: 'a payment, and the vote that makes it too high',
    prepare: async (people) => {
      const [ana] = people;
      const params = { unit: 'EUR', free: 10 };
      const effect = { kind: 'parameters' as const, base: ana.replica.id, protocol: 'spending', params };
      const proposal = await ana.act('proposal.open', {
        title: { text: 'T' },
        text: { text: 'X' },
        effect,
        deadline: 0,
      });
      await meet(people);
      for (const by of people.slice(2)) await by.act('ballot.cast', { proposal, choice: 'agree' });
      return [pay(undefined, 100), { type: 'ballot.cast', payload: { proposal, choice: 'agree' } }];
    },
    // By what its author could know it was free.
    gain: ({ entries, versions }, [one]) => [entries.get(one)!.authorisation.status, String(versions.size)],
    outcome: ['free', '2'],
  },
  {
    name: 'what a device signs, and its revocation',
    prepare: async (people) => {
      people[0] = await certify(people[1], 'bens phone');
      return [pay(), { type: 'device.revoke', payload: { device: people[0].signer.device } }];
    },
    gain: ({ entries, devices }, [one]) => [
      entries.has(one) ? 'recorded' : 'without effect',
      [...devices.values()]
        .map(({ status }) => status)
        .sort()
        .join(),
    ],
    outcome: ['without effect', 'active,active,active,active,revoked'],
  },
  {
    name: 'what a member posts from one device, and leaves by another',
    prepare: async (people) => {
      people[0] = await certify(people[1], 'bens phone');
      return [pay(), { type: 'member.leave', payload: {} }];
    },
    gain: ({ entries, members }, [one]) => [
      entries.has(one) ? 'recorded' : 'without effect',
      [...members.values()]
        .map(({ status }) => status)
        .sort()
        .join(),
    ],
    outcome: ['without effect', 'active,active,active,left'],
  },
  {
    name: 'two devices that revoke each other',
    prepare: async (people) => {
      people[0] = await certify(people[1], 'bens phone');
      const revoke = (of: Person): Move => ({ type: 'device.revoke', payload: { device: of.signer.device } });
      return [revoke(people[1]), revoke(people[0])];
    },
    gain: ({ devices }) => {
      const revoked = String([...devices.values()].filter(({ status }) => status === 'revoked').length);
      return [revoked, revoked];
    },
    outcome: ['2', '2'],
  },
  {
    name: 'what is booked against what was taken back in the meantime',
    prepare: async (people) => {
      const resource = await hold(people);
      const booking = await people[1].act('use.book', { resource, from: '2026-08-01', until: '2026-08-08' });
      return [book(resource, '2026-08-01', '2026-08-08'), { type: 'use.cancel', payload: { booking } }];
    },
    // The first one, who had not seen that it is free, gets nothing by it in either order.
    gain: ({ bookings: rows, withoutEffect }, [one]) => [
      withoutEffect.get(one)!.code,
      [...rows.values()].map(({ status }) => status).join(),
    ],
    outcome: ['already-booked', 'cancelled'],
  },
];

const grinding = fc.record({ time: fc.nat(), lower: fc.boolean(), old: fc.boolean() });
const each = [true, false].flatMap((lower) => [true, false].map((old) => [{ time: 0, lower, old }] as [Grinding]));

describe('hash grinding', () => {
  it.each(CONTESTS)(
    'wins nothing: $name',
    async (contest) => {
      await fc.assert(
        fc.asyncProperty(grinding, async (given) => {
          expect(await play(contest, given)).toEqual(contest.outcome);
        }),
        { numRuns: 5, examples: each, endOnFailure: true },
      );
    },
    60_000,
  );
});
