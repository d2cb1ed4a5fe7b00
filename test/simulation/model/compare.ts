import type { State } from '../../../shared/network/state';
import type { Why } from '../../../shared/network/why';
import { type Entry, UNSEALED } from '../../../shared/record/entry';
import type { Facts, Refusal, SealFact } from './facts';
import { pledgeWhy } from './pledging';
import { clauseOf } from './refusal';

/** The first fact on which the model and the real state, with what was folded into it, differ, in words; undefined where they agree on all that the model knows. */
export function disagreement(facts: Facts, state: State, order: readonly Entry[]): string | undefined {
  const pairs: Readonly<Record<string, readonly [Map<string, unknown>, Map<string, unknown>]>> = {
    seals: [sealRows(facts.seals.values()), sealRows(state.seals.values())],
    cuts: [
      new Map(order.map(({ id }) => [id, facts.cuts.get(id)])),
      new Map(order.map(({ id, seal }) => [id, seal === UNSEALED ? undefined : seal])),
    ],
    members: [
      rows(facts.members, ({ type, status, devices, since, until, gone, leaving, unsettled }) => [
        ...[type, status, devices, since, until, gone, leaving?.event, leaving?.due],
        ...[unsettled?.pledges, unsettled?.debts, unsettled?.dues, unsettled?.notice],
      ]),
      rows(state.members, ({ type, status, devices, since, until, gone, leaving, unsettled }) => [
        ...[type, status, devices, since, until, gone, leaving?.event, leaving?.due],
        ...[unsettled?.pledges, unsettled?.debts, unsettled?.dues, unsettled?.notice],
      ]),
    ],
    devices: [
      rows(facts.devices, ({ member, status, forked, receives, keeper }) => [
        member,
        status,
        forked,
        receives,
        keeper !== undefined,
      ]),
      rows(state.devices, ({ member, status, fork, receives, role }) => [
        member,
        status,
        fork !== undefined,
        receives,
        role === 'keeper',
      ]),
    ],
    invites: [
      rows(facts.invites, ({ by, used, revocations }) => [by, used, revocations.length > 0]),
      rows(state.invites, ({ by, used, revoked }) => [by, used, revoked]),
    ],
    'version in force': [new Map([['', facts.version]]), new Map([['', [...state.network.values()][0]?.version]])],
    'rules in force': [new Map([['', facts.rules]]), new Map([['', [...state.network.values()][0]?.rules]])],
    versions: [
      rows(facts.versions, ({ base, protocols, suspended }) => [base, protocols.map(({ id }) => id), suspended]),
      rows(state.versions, ({ base, protocols, suspended }) => [base, protocols.map(({ id }) => id), suspended]),
    ],
    proposals: [
      rows(facts.proposals, ({ rule, status, tally, electorate, blockers, sealed }) => [
        rule.id,
        status,
        tallied(tally),
        electorate,
        blockers,
        sealed,
      ]),
      rows(state.proposals, ({ rule, status, tally, electorate, blockers, sealed }) => [
        rule.id,
        status,
        tallied(tally),
        electorate,
        blockers,
        sealed,
      ]),
    ],
    ballots: [rows(facts.ballots, ({ standing }) => standing), rows(state.ballots, ({ standing }) => standing)],
    entries: [
      rows(facts.entries, ({ status, reversedBy }) => [status, reversedBy]),
      rows(state.entries, ({ authorisation, reversedBy }) => [authorisation.status, reversedBy]),
    ],
    balances: [facts.balances, rows(state.balances, ({ amount }) => amount)],
    allowances: [
      rows(facts.allowances, ({ amount, entries }) => [amount, entries]),
      rows(state.allowances, ({ amount, entries }) => [amount, entries]),
    ],
    resources: [
      rows(facts.resources, ({ status, proposal, shares }) => [status, proposal, shares && [...shares].sort()]),
      rows(state.resources, ({ status, proposal, purchase, shares }) => {
        // Before a seal has the purchase they are a preview.
        const isFixed = purchase !== undefined && facts.cuts.has(purchase);
        return [status, proposal, isFixed ? shares.map((one) => [one.member, one.shares]).sort() : undefined];
      }),
    ],
    pledges: [
      rows(facts.pledges, ({ status, paid }) => [status, paid]),
      rows(state.pledges, ({ status, paid }) => [status, paid]),
    ],
    publications: [
      rows(facts.publications, ({ page, by, status, sealed, withdrawals }) => [
        page,
        by,
        status,
        sealed,
        [...withdrawals].sort(),
      ]),
      rows(state.publications, ({ page, by, status, sealed, withdrawals }) => [page, by, status, sealed, withdrawals]),
    ],
    bookings: [
      rows(facts.bookings, ({ member, nights, status, clashes, over }) => [
        member,
        nights.length,
        status,
        clashes,
        over,
      ]),
      rows(state.bookings, ({ member, from, until, status, clashes, over }) => [
        member,
        (Date.parse(until) - Date.parse(from)) / 86_400_000,
        status,
        clashes,
        over,
      ]),
    ],
    erased: [new Map([...facts.erased].map((key) => [key, true])), rows(state.erased, () => true)],
    'without effect': [rows(facts.withoutEffect, refused), rows(state.withoutEffect, refused)],
    'whys of members': [rows(facts.members, ({ why }) => because(why)), rows(state.members, ({ why }) => because(why))],
    'whys of proposals': [
      rows(facts.proposals, ({ from, clause }) => because({ events: from, clause })),
      rows(state.proposals, ({ why }) => because(why)),
    ],
    'whys of resources': [
      rows(facts.resources, ({ why }) => because(why)),
      rows(state.resources, ({ why }) => because(why)),
    ],
    'whys of bookings': [
      rows(facts.bookings, ({ id, off, version }) =>
        because({ events: [id, ...off], clause: clauseOf(facts, 'use', version)! }),
      ),
      rows(state.bookings, ({ why }) => because(why)),
    ],
    'whys of pledges': [
      rows(facts.pledges, (row) => because(pledgeWhy(facts, row))),
      rows(state.pledges, ({ why }) => because(why)),
    ],
  };
  for (const [table, [expected, real]] of Object.entries(pairs)) {
    for (const key of new Set([...expected.keys(), ...real.keys()])) {
      const [a, b] = [JSON.stringify(expected.get(key)), JSON.stringify(real.get(key))];
      if (a !== b) return `${table} ${key.slice(0, 72)}: the model says ${a}, the fold ${b}`;
    }
  }
  return undefined;
}

const refused = ({ code, clause, events }: Refusal): unknown => [code, clause?.version, clause?.protocol, events];
const because = ({ events, clause }: Why): unknown => [events, clause?.version, clause?.protocol];

function rows<T>(table: ReadonlyMap<string, T>, look: (row: T) => unknown): Map<string, unknown> {
  return new Map([...table].map(([key, row]) => [key, look(row)]));
}

function sealRows(seals: Iterable<Pick<SealFact, 'height' | 'value' | 'previous' | 'time' | 'digest' | 'ready'>>) {
  return new Map(
    [...seals].map(({ height, value, previous, time, digest, ready }) => [
      String(height),
      [value, previous, time, digest, ready],
    ]),
  );
}

function tallied({
  electorate,
  agree,
  abstain,
  disagree,
  block,
}: Record<'electorate' | 'agree' | 'abstain' | 'disagree' | 'block', number>) {
  return [electorate, agree, abstain, disagree, block];
}
