import type { State } from '../../../shared/network/state';
import type { Facts } from './facts';

/** The first fact on which the model and the real state differ, in words; undefined where they agree on all that the model knows. */
export function disagreement(facts: Facts, state: State): string | undefined {
  const pairs: Readonly<Record<string, readonly [Map<string, unknown>, Map<string, unknown>]>> = {
    members: [
      rows(facts.members, ({ type, status, devices, since, until }) => [type, status, devices, since, until]),
      rows(state.members, ({ type, status, devices, since, until }) => [type, status, devices, since, until]),
    ],
    devices: [
      rows(facts.devices, ({ member, status, forked, receives }) => [member, status, forked, receives]),
      rows(state.devices, ({ member, status, fork, receives }) => [member, status, fork !== undefined, receives]),
    ],
    invites: [
      rows(facts.invites, ({ by, used, revocations }) => [by, used, revocations.length > 0]),
      rows(state.invites, ({ by, used, revoked }) => [by, used, revoked]),
    ],
    'version in force': [new Map([['', facts.version]]), new Map([['', [...state.network.values()][0]?.version]])],
    versions: [rows(facts.versions, ({ base }) => base), rows(state.versions, ({ base }) => base)],
    proposals: [
      rows(facts.proposals, ({ status, tally, electorate, blockers, sealed }) => [
        status,
        order(tally),
        electorate,
        blockers,
        sealed,
      ]),
      rows(state.proposals, ({ status, tally, electorate, blockers, sealed }) => [
        status,
        order(tally),
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
      rows(facts.resources, ({ status, proposal }) => [status, proposal]),
      rows(state.resources, ({ status, proposal }) => [status, proposal]),
    ],
    pledges: [
      rows(facts.pledges, ({ status, paid }) => [status, paid]),
      rows(state.pledges, ({ status, paid }) => [status, paid]),
    ],
    erased: [new Map([...facts.erased].map((key) => [key, true])), rows(state.erased, () => true)],
    'without effect': [
      new Map([...facts.withoutEffect].map((id) => [id, true])),
      rows(state.withoutEffect, () => true),
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

function rows<T>(table: ReadonlyMap<string, T>, look: (row: T) => unknown): Map<string, unknown> {
  return new Map([...table].map(([key, row]) => [key, look(row)]));
}

function order({
  electorate,
  agree,
  abstain,
  disagree,
  block,
}: Record<'electorate' | 'agree' | 'abstain' | 'disagree' | 'block', number>) {
  return [electorate, agree, abstain, disagree, block];
}
