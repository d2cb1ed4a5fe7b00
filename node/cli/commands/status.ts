import { balanceGroups } from '../../../shared/network/ledger/queries';
import type { Peer } from '../../../shared/peer/peer';
import { sealStatus } from '../../../shared/seal/status';
import { formatMoney } from '../../../shared/words/money';
import type { Command } from '../command';
import { nameOfMember, nameOfNetwork, wordsOf } from '../session';
import { numberOf } from '../numbers';

export const status: Command = {
  name: 'status',
  about: 'how a network and this peer stand',
  usage: '',
  examples: ['peerhold status', 'peerhold status --network "Lime Street" --json'],
  async run(session) {
    const peer = await session.peer();
    const { state, replica, me, problem } = peer;
    const { seals, next } = { seals: replica.seals.seals, next: sealStatus(replica, 0).next };
    const newest = seals.at(-1);
    const open = [...state.proposals.values()].filter((one) => one.status === 'open');
    const deliveries = peer.deliveries();
    const data = {
      network: peer.id,
      name: nameOfNetwork(peer),
      me,
      problem,
      events: replica.record.size,
      sealed: newest === undefined ? null : { height: newest.height, time: newest.time, value: newest.value },
      next,
      openProposals: open.map(({ id }) => id),
      deliveries,
    };
    const lines = [
      `${data.name}  ${peer.id}`,
      `You are ${nameOfMember(peer, me?.member ?? null)}, on device ${me?.device.slice(0, 8) ?? '?'}`,
      `${data.events} events, ${newest === undefined ? 'no seal yet' : `seal ${newest.height} of ${day(newest.time)}`}`,
      ...(next === null
        ? ['Everything is sealed.']
        : [`Seal ${next.height} waits for: ${next.waitingFor.map((id) => nameOfMember(peer, id)).join(', ')}`]),
      ...open.map(({ id, title }) => `Open: ${wordsOf(peer, title)} (${id.slice(0, 8)})`),
      ...deliveries.map(({ member, keeper, lacks, heard }) => {
        const label = keeper === undefined ? '' : `Keeper ${state.devices.get(keeper)?.label ?? ''} of `;
        const has = lacks === 0 ? 'has all of yours' : `lacks ${lacks} of yours`;
        return `${label}${nameOfMember(peer, member)} ${heard === null ? 'was not heard from yet' : `${has}, heard ${day(heard)}`}`;
      }),
      ...(problem === null ? [] : [`Problem: ${problem}`]),
    ];
    return { data, lines };
  },
};

export const members: Command = {
  name: 'members',
  about: 'list members and their devices',
  usage: '',
  examples: ['peerhold members'],
  async run(session) {
    const peer = await session.peer();
    const rows = [...peer.state.members.values()].map(({ id, type, status: how, devices, time }) => ({
      id,
      name: nameOfMember(peer, id),
      type,
      status: how,
      time,
      devices: devices.flatMap((id) => {
        const device = peer.state.devices.get(id);
        return device === undefined
          ? []
          : [{ device: id, label: device.label, role: device.role ?? null, status: device.status }];
      }),
    }));
    return {
      data: { members: rows },
      lines: rows.map(({ id, name, type, status: how }) => `${id.slice(0, 8)}  ${name}  ${type}  ${how}`),
    };
  },
};

export const ledger: Command = {
  name: 'ledger',
  about: 'balances of all accounts',
  usage: '',
  examples: ['peerhold ledger --json'],
  async run(session) {
    const peer = await session.peer();
    const balances = [...peer.state.balances.values()];
    return {
      data: { balances },
      lines: balanceGroups(peer.state.balances).flatMap(({ balances: rows }) =>
        rows.map(({ account, unit, amount }) => `${nameOfAccount(peer, account)}  ${formatMoney(amount, unit, 'en')}`),
      ),
    };
  },
};

export const events: Command = {
  name: 'events',
  about: 'list signed events, newest first',
  usage: '[--limit 20] [--offset 0]',
  examples: ['peerhold events --limit 100 --json'],
  options: { limit: { type: 'string' }, offset: { type: 'string' } },
  async run(session, { options }) {
    const peer = await session.peer();
    const { host } = await session.engine();
    const page = await host.events(peer.id, numberOf(options['offset'], 0), numberOf(options['limit'], 20));
    return {
      data: page,
      lines: page.events.map(
        ({ id, type, member, time, seal }) =>
          `${id.slice(0, 16)}  ${day(time)}  ${seal === null ? 'unsealed' : `seal ${seal}`}  ${type}  ${nameOfMember(peer, member)}`,
      ),
    };
  },
};

export const seals: Command = {
  name: 'seals',
  about: 'list seals, newest first, and what the next one waits for',
  usage: '[--limit 20]',
  examples: ['peerhold seals --json'],
  options: { limit: { type: 'string' } },
  async run(session, { options }) {
    const peer = await session.peer();
    const found = sealStatus(peer.replica, numberOf(options['limit'], 20));
    return {
      data: found,
      lines: [
        ...(found.next === null
          ? []
          : [`Seal ${found.next.height} waits for ${found.next.waitingFor.length} of ${found.next.of}`]),
        ...found.seals.map(
          ({ height, time, value, signers, of }) =>
            `${height}  ${day(time)}  ${value.slice(0, 16)}  signed by ${signers.length} of ${of}`,
        ),
        ...found.broken.map(({ kind, height, member }) => `${kind} at ${height} by ${nameOfMember(peer, member)}`),
      ],
    };
  },
};

/** An account with the name of whose it is in the place of the id. */
function nameOfAccount(peer: Peer, account: string): string {
  const [, kind, id] = /^(member|owed|resource):(.+)$/.exec(account) ?? [];
  if (kind === undefined || id === undefined) return account;
  const resource = peer.state.resources.get(id);
  const name = kind === 'resource' ? resource && wordsOf(peer, resource.name) : nameOfMember(peer, id);
  return `${kind}:${name ?? id}`;
}

/** A day and time that sort, in universal time. */
function day(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'some time' : `${date.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
