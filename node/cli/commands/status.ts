import { networkTime, timeAhead } from '../../../shared/network/seals/clock';
import { balanceGroups } from '../../../shared/network/ledger/queries';
import type { Delivery } from '../../../shared/peer/deliveries';
import type { Peer } from '../../../shared/peer/peer';
import { sealStatus } from '../../../shared/seal/status';
import type { Replica } from '../../../shared/replica/replica';
import { formatMoney } from '../../../shared/words/money';
import type { Command } from '../command';
import { day } from '../day';
import { nameOfMember, nameOfNetwork, wordsOf } from '../session';
import { wholeOf } from '../given';
import { counted } from '../numbers';
import { errorWords } from '../words';
import { obstacleLines, standingOf, wayOf, whoOf } from '../standing';

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
    const ahead = timeAhead(state, Date.now());
    const open = [...state.proposals.values()].filter((one) => one.status === 'open');
    const deliveries = peer.deliveries();
    const { host, meets } = await session.engine();
    const how = await host.status(peer.id);
    // A command that connects to nobody knows of no obstacle but its own disk.
    const standing = meets ? standingOf(how) : { meetingPlaces: [], connections: [], obstacles: [] };
    const data = {
      network: peer.id,
      name: nameOfNetwork(peer),
      me,
      problem,
      rules: { inForce: replica.rules, known: replica.rulesKnown },
      events: replica.record.size,
      sealed: newest === undefined ? null : { height: newest.height, time: newest.time, value: newest.value },
      next,
      timeAhead: ahead,
      openProposals: open.map(({ id }) => id),
      deliveries,
      online: meets && how.online,
      ...standing,
    };
    const lines = [
      `${data.name}  ${peer.id}`,
      whoseLine(peer),
      `${counted(data.events, 'event')}, ${newest === undefined ? 'no seal yet' : `seal ${newest.height} of ${day(newest.time)}`}`,
      ...(replica.standsStill ? outdatedLines(replica) : []),
      ...(next === null
        ? [replica.standsStill ? 'All that is shown is sealed.' : 'Everything is sealed.']
        : [`Seal ${next.height} waits for: ${next.waitingFor.map((id) => nameOfMember(peer, id)).join(', ')}`]),
      ...(ahead === null ? [] : aheadLines(networkTime(state)!, ahead)),
      ...open.map(({ id, title }) => `Open: ${wordsOf(peer, title)} (${id.slice(0, 8)})`),
      ...standing.connections.map((one) => `Connected with ${whoOf(peer, one)} since ${day(one.since)}: ${wayOf(one)}`),
      ...(meets ? [] : ['Not connected: `peerhold sync` meets the others.']),
      ...deliveries.map((delivery) => `${rowName(peer, delivery)} ${hasOf(delivery)}`),
      ...standing.obstacles.flatMap((obstacle) => obstacleLines(peer, obstacle)),
      ...(problem === null || replica.standsStill ? [] : [`Problem: ${problem}`]),
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
          : [
              {
                device: id,
                label: device.label,
                role: device.role ?? null,
                status: device.status,
                receives: device.receives !== undefined,
              },
            ];
      }),
    }));
    return {
      data: { members: rows },
      lines: rows.flatMap(({ id, name, type, status: how, devices }) => [
        `${id.slice(0, 8)}  ${name}  ${type}  ${how}`,
        ...devices.map(
          (one) => `          ${one.role ?? 'device'} ${one.label}  ${one.device.slice(0, 8)}  ${one.status}`,
        ),
      ]),
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
    if (balances.length === 0) session.progress('No entries yet.');
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
  options: {
    limit: { type: 'string', value: 'N', about: 'how many at most; 20 unless given' },
    offset: { type: 'string', value: 'N', about: 'how many of the newest to leave out' },
  },
  async run(session, { options }) {
    const peer = await session.peer();
    const { host } = await session.engine();
    const page = await host.events(
      peer.id,
      wholeOf(options, 'offset', { otherwise: 0 }),
      wholeOf(options, 'limit', { otherwise: 20 }),
    );
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
  options: { limit: { type: 'string', value: 'N', about: 'how many at most; 20 unless given' } },
  async run(session, { options }) {
    const peer = await session.peer();
    const found = sealStatus(peer.replica, wholeOf(options, 'limit', { otherwise: 20 }));
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

/** Whose this device is, and what it is. */
function whoseLine(peer: Peer): string {
  const { me } = peer;
  const name = nameOfMember(peer, me?.member ?? null);
  const device = me?.device.slice(0, 8) ?? '?';
  const label = me === null ? '' : (peer.state.devices.get(me.device)?.label ?? '');
  return peer.isKeeper
    ? `This is keeper ${label} of ${name}, device ${device}`
    : `You are ${name}, on device ${device}`;
}

const DAY = 86_400_000;

/** What it means that the network's time is this far ahead of this machine's clock, and what to do. */
const aheadLines = (time: number, ahead: number): readonly string[] => [
  `The time of this network is ${day(time)}, ${counted(Math.floor(ahead / DAY), 'day')} ahead of this machine's clock. Until then no seal ends a vote by its deadline.`,
  `  What you can do: set this machine's clock if it is wrong; if it is right, start again from what is sealed (in the app, under Seals)`,
];

/** What it means that this version is too old for the network, and what to do. */
const outdatedLines = ({ rules, rulesKnown, record, order }: Replica): readonly string[] => [
  errorWords('app-too-old', {}),
  `  In force is version ${rules} of the rules, this version knows ${rulesKnown}. Kept until it is updated: ${counted(record.size - order.length, 'event')}.`,
];

function rowName(peer: Peer, { member, keeper, own }: Delivery): string {
  if (own !== undefined) return `Your device ${peer.state.devices.get(own)?.label ?? ''}`;
  return keeper === undefined ? nameOfMember(peer, member) : whoOf(peer, { device: keeper, member });
}

/** What they have of this device's events, and from what that is known. */
function hasOf({ lacks, lacksTexts, heard, completeSince }: Delivery): string {
  const last = heard === null ? '' : `, heard ${day(heard)}`;
  if (heard === null && lacks + lacksTexts > 0) return 'was not heard from yet';
  if (lacks > 0) return `lacks ${lacks} of yours${last}`;
  if (lacksTexts > 0)
    return `may lack what you wrote last in ${counted(lacksTexts, 'page or discussion', 'pages or discussions')}${last}`;
  if (completeSince !== null) return `has all of yours, known since ${day(completeSince)}${last}`;
  return heard === null ? 'has all of yours, as what they signed shows' : `has all of yours${last}`;
}

/** An account with the name of whose it is in the place of the id. */
function nameOfAccount(peer: Peer, account: string): string {
  const [, kind, id] = /^(member|owed|resource):(.+)$/.exec(account) ?? [];
  if (kind === undefined || id === undefined) return account;
  const resource = peer.state.resources.get(id);
  const name = kind === 'resource' ? resource && wordsOf(peer, resource.name) : nameOfMember(peer, id);
  return `${kind}:${name ?? id}`;
}
