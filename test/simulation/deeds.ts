import type { Action } from '../../shared/network/events';
import type { AgreementVersion, ProtocolSpec } from '../../shared/network/agreement/model';
import type { Effect, Proposal } from '../../shared/network/decisions/model';
import { decisionOf } from '../../shared/network/ledger/payments';
import { toHex } from '../../shared/record/bytes';
import type { Draft } from '../../shared/record/text';
import type { State } from '../../shared/network/state';
import { addDays } from '../../shared/network/use/days';
import { oddText } from './odd-texts';
import type { Chance } from './random';

/** Whoever acts: the state as they see it, and who they are. */
export interface Actor {
  readonly state: State;
  readonly device: string;
  readonly member: string;
  /** The events of the record, newest last: what an erasure can name. */
  readonly own: readonly { readonly id: string; readonly payload: unknown }[];
  /** Whether it thinks of newer rules. */
  readonly renews?: boolean;
}

type Deed = (actor: Actor, chance: Chance) => Action | undefined;
const text = (chance: Chance): { text: string } => ({
  text: chance.happens(0.1) ? oddText(chance) : `t${chance.within(0, 999)}`,
});
const DEADLINE = 86_400_000;

const open = (state: State) => [...state.proposals.values()].filter((one) => one.status === 'open');
const money = (chance: Chance) => chance.pick([1, 500, 5_000, 10_000, 10_001, 40_000]);

const propose: Deed = ({ state, renews = false }, chance) => {
  const effect = effectOn(state, chance, renews);
  if (effect === undefined) return undefined;
  return {
    type: 'proposal.open',
    payload: {
      title: text(chance),
      text: text(chance),
      effect: effect as Draft<Effect>,
      deadline: chance.pick([0, 1, 2]) * DEADLINE,
    },
  };
};

function effectOn(state: State, chance: Chance, renews: boolean): Effect | undefined {
  const version = state.versions.get([...state.network.values()][0]?.version ?? '');
  if (version === undefined) return undefined;
  const members = [...state.members.values()];
  const kind = chance.weighted<Effect['kind']>([
    ['none', 4],
    // Two that know nothing of each other clash.
    ['parameters', open(state).some(({ effect }) => 'base' in effect) ? 10 : 5],
    ['adopt', 2],
    ['suspend', 1],
    ['resume', version.suspended.length > 0 ? 8 : 0],
    ['retire', 1],
    ['admit', members.some(({ status }) => status === 'applicant' || status === 'waiting') ? 8 : 0],
    ['remove', 1],
    ['spend', 3],
    ['buy', 3],
    ['publish', 1.5],
    ['distribute', version.protocols.some((one) => one.kind === 'distribution') ? 4 : 0.2],
    ['erase', 1],
    ['rules', renews ? 2 : 0],
  ]);
  switch (kind) {
    case 'none':
      return { kind };
    case 'rules':
      return { kind, version: [...state.network.values()][0]!.rules + (chance.happens(0.9) ? 1 : 2) };
    case 'suspend':
    case 'resume':
    case 'retire': {
      const { protocols, suspended } = version;
      const able = protocols.map(({ id }) => id).filter((id) => suspended.includes(id) === (kind === 'resume'));
      // Mostly one that the rules can do without.
      const free = able.filter(
        (id) => id === 'care' || id === 'sealing' || id === 'publication' || id === 'use' || id === 'distribution',
      );
      const protocol = chance.maybe(free.length > 0 && chance.happens(0.8) ? free : able);
      return protocol === undefined ? undefined : { kind, base: version.id, protocol };
    }
    case 'parameters':
      if (chance.happens(0.25)) return protecting(version, chance);
      if (chance.happens(0.4)) return opening(version, chance);
      return chance.happens(0.5)
        ? {
            kind,
            base: version.id,
            protocol: 'spending',
            params: { unit: 'EUR', free: chance.pick([null, 100, 20_000]) },
          }
        : {
            kind,
            base: version.id,
            protocol: 'admission',
            params: { mode: chance.pick(['invite', 'invite', 'invite', 'decision']), days: chance.pick([14, 14, 20]) },
          };
    case 'adopt':
      return { kind, base: version.id, protocols: altered(version.protocols, chance) };
    case 'admit':
    case 'remove': {
      const wanted = kind === 'remove' ? ['active'] : ['applicant', 'waiting'];
      const member = chance.maybe(members.filter(({ status }) => wanted.includes(status)));
      return member === undefined ? undefined : { kind, member: member.id };
    }
    case 'spend':
      return { kind, amount: money(chance), unit: 'EUR' };
    case 'distribute': {
      const resource = chance.happens(0.1) ? chance.maybe([...state.resources.keys()]) : undefined;
      return { kind, amount: money(chance), unit: 'EUR', ...(resource === undefined ? {} : { resource }) };
    }
    case 'publish':
      return { kind, ...pageWords(chance) } as unknown as Effect;
    case 'erase': {
      const entry = chance.maybe([...state.entries.values()]);
      const proposal = chance.maybe([...state.proposals.values()]);
      const row = chance.maybe([...state.publications.values()]);
      if (row !== undefined && chance.happens(0.3)) return { kind, event: row.id, text: row.text };
      if (entry !== undefined && chance.happens(0.5)) return { kind, event: entry.id, text: entry.memo };
      return proposal && { kind, event: proposal.id, text: proposal.text };
    }
    case 'buy': {
      const resource = chance.maybe([...state.resources.values()]);
      return resource && { kind, resource: resource.id, amount: resource.amount, unit: resource.unit };
    }
  }
}

/** What is protected, and by what, changed: something more, something less, or by another class. */
function protecting({ id, protocols }: AgreementVersion, chance: Chance): Effect {
  const spec = protocols.find((one) => one.kind === 'decisions')!;
  const { protects = [], ...rest } = spec.params;
  const kept = protects.filter(() => chance.happens(0.8));
  const named = new Set(kept.map(({ protocol }) => protocol));
  const more = ['membership', chance.pick(['care', 'spending', 'decisions'])].filter(
    (protocol) => !named.has(protocol) && protocols.some((one) => one.id === protocol),
  );
  const by = chance.pick(rest.classes).id;
  const next = [...kept, ...more.map((protocol) => ({ protocol, class: by }))];
  const params = next.length > 0 ? { ...rest, protects: next } : rest;
  return { kind: 'parameters', base: id, protocol: spec.id, params };
}

/** Other members make pages public alone. */
function opening({ id, protocols }: AgreementVersion, chance: Chance): Effect | undefined {
  const spec = protocols.find((one) => one.kind === 'publication');
  if (spec === undefined) return undefined;
  const params = { ...spec.params, publishers: chance.pick([[], ['resident'], ['supporter']]) };
  return { kind: 'parameters', base: id, protocol: spec.id, params };
}

function altered(protocols: readonly ProtocolSpec[], chance: Chance): ProtocolSpec[] {
  return protocols.map((protocol) => {
    if (protocol.kind !== 'decisions') return protocol;
    const [first, ...rest] = protocol.params.classes;
    const threshold = chance.pick([34, 51, 67]);
    // Refused of what is decided by assents.
    const others = chance.happens(0.15) ? rest.map((one) => ({ ...one, block: 'entitled' as const })) : rest;
    return { ...protocol, params: { ...protocol.params, classes: [{ ...first!, threshold }, ...others] } };
  });
}

const turnoutOf = ({ tally }: Proposal): number => tally.agree + tally.abstain + tally.disagree + tally.block;

const vote: Deed = ({ state, member }, chance) => {
  const mine = chance.happens(0.1)
    ? [...state.proposals.values()]
    : open(state).filter(({ electorate }) => electorate.includes(member));
  const cast = new Set([...state.ballots.values()].flatMap((one) => (one.member === member ? [one.proposal] : [])));
  // Mostly where others have voted and they have not, or nothing would ever be decided.
  const waiting = mine.filter(({ id }) => !cast.has(id)).sort((a, b) => turnoutOf(b) - turnoutOf(a));
  const proposal = chance.happens(0.6) && waiting.length > 0 ? waiting[0] : chance.maybe(mine);
  if (proposal === undefined) return undefined;
  const choice = chance.weighted<'agree' | 'abstain' | 'disagree' | 'block'>([
    ['agree', 7],
    ['abstain', 1],
    ['disagree', 2],
    ['block', 1],
  ]);
  return {
    type: 'ballot.cast',
    payload: { proposal: proposal.id, choice, ...(chance.happens(0.3) ? { reason: text(chance) } : {}) },
  };
};

const close: Deed = ({ state }, chance) => {
  const proposal = chance.maybe(open(state));
  if (proposal === undefined) return undefined;
  const ballots = [...state.ballots.values()]
    .filter((ballot) => ballot.proposal === proposal.id && ballot.standing === 'counts')
    .map(({ id }) => id)
    .sort();
  return { type: 'decision.close', payload: { proposal: proposal.id, ballots } };
};

const withdraw: Deed = ({ state, member }, chance) => {
  const proposal = chance.maybe(open(state).filter(({ by }) => by === member));
  return proposal && { type: 'proposal.withdraw', payload: { proposal: proposal.id } };
};

const post: Deed = ({ state, member }, chance) => {
  const allowance = chance.happens(0.7) ? chance.maybe([...state.allowances.values()]) : undefined;
  const amount = allowance !== undefined && chance.happens(0.6) ? allowance.amount : money(chance);
  const due = chance.maybe([...state.pledges.values()].filter(({ status }) => status === 'due'));
  const other = chance.maybe([...state.members.values()])?.id ?? member;
  const payee = allowance?.member !== undefined && chance.happens(0.8) ? allowance.member : other;
  const [kind, debit, credit] = chance.weighted([
    [['contribution', 'bank', `member:${due?.member ?? member}`], due === undefined ? 1 : 4],
    [['expense', 'expense:repairs', 'bank'], 1],
    [['expense', 'expense:repairs', `owed:${member}`], 1],
    [['transfer', 'cash', 'bank'], 1],
    [['transfer', `owed:${other}`, 'bank'], 1],
    [['transfer', `member:${payee}`, 'bank'], allowance?.member === undefined ? 0.3 : 6],
    [['income', 'bank', 'income:rent'], 1],
    [['purchase', `resource:${allowance?.resource ?? ''}`, 'bank'], allowance?.resource === undefined ? 1 : 4],
  ] as const);
  if (debit === 'resource:') return undefined;
  const rest = kind === 'contribution' && due !== undefined && chance.happens(0.7) ? due.amount - due.paid : 0;
  const paid = kind === 'purchase' ? allowance!.amount : rest > 0 ? rest : amount;
  return {
    type: 'entry.post',
    payload: {
      kind,
      date: '2025-03-01',
      memo: text(chance),
      postings: [
        { account: debit, unit: 'EUR', amount: paid },
        { account: credit, unit: 'EUR', amount: -paid },
      ],
      ...(allowance === undefined || kind === 'contribution' || kind === 'income'
        ? {}
        : { allowance: decisionOf(allowance.id) }),
      ...(kind === 'purchase' ? { resource: allowance!.resource! } : {}),
      ...(kind === 'contribution' && due !== undefined ? { pledge: due.id } : {}),
    },
  };
};

const reverse: Deed = ({ state }, chance) => {
  const entry = chance.maybe([...state.entries.values()]);
  if (entry === undefined) return undefined;
  const postings = entry.postings.map((posting) => ({ ...posting, amount: 0 - posting.amount }));
  return {
    type: 'entry.post',
    payload: { kind: 'reversal', date: '2025-03-02', memo: text(chance), postings, reverses: entry.id },
  };
};

const seek: Deed = (_actor, chance) => ({
  type: 'resource.seek',
  payload: { name: text(chance), about: text(chance), kind: 'boat', amount: money(chance), unit: 'EUR' },
});

const drop: Deed = ({ state, member }, chance) => {
  const resource = chance.maybe([...state.resources.values()].filter(({ by }) => by === member));
  return resource && { type: 'resource.drop', payload: { resource: resource.id } };
};

const pledge: Deed = ({ state }, chance) => {
  const resource = chance.maybe([...state.resources.values()]);
  if (resource === undefined) return undefined;
  const payload = { resource: resource.id, amount: money(chance), unit: 'EUR', together: chance.pick([0, 0, 20_000]) };
  return { type: 'pledge.make', payload };
};

const unpledge: Deed = ({ state, member }, chance) => {
  const pledged = chance.maybe([...state.pledges.values()].filter((one) => one.member === member));
  return pledged && { type: 'pledge.withdraw', payload: { pledge: pledged.id } };
};

const describe: Deed = (_actor, chance) => ({
  type: 'member.describe',
  payload: { name: text(chance), ...(chance.happens(0.5) ? { about: text(chance) } : {}) },
});

const erase: Deed = ({ own }, chance) => {
  const event = chance.maybe(own);
  if (event === undefined || typeof event.payload !== 'object' || event.payload === null) return undefined;
  const { name, reason, memo, page, text: words } = event.payload as Record<string, unknown>;
  const ref = [name, reason, memo, page === undefined ? page : words].find((one) => typeof one === 'string');
  return ref === undefined ? undefined : ({ type: 'text.erase', payload: { event: event.id, text: ref } } as Action);
};

const revokeInvite: Deed = ({ state, member }, chance) => {
  const invite = chance.maybe([...state.invites.values()].filter((one) => !one.revoked && one.by === member));
  return invite && { type: 'invite.revoke', payload: { invite: invite.id } };
};

const revokeDevice: Deed = ({ state, device, member }, chance) => {
  const other = chance.maybe([...state.devices.values()].filter((one) => one.member === member && one.id !== device));
  return other && { type: 'device.revoke', payload: { device: other.id } };
};

/** Days from which stays begin: where the run’s own calendar is, and about the end of that year. */
const BOOKED = ['2025-01-01', '2025-12-22', '2025-12-22'];

const book: Deed = ({ state }, chance) => {
  const all = [...state.resources.values()];
  const held = all.filter(({ status }) => status === 'held');
  const resource = chance.maybe(held.length > 0 && chance.happens(0.95) ? held : all);
  if (resource === undefined) return undefined;
  const from = addDays(chance.pick(BOOKED), chance.within(0, 18));
  return { type: 'use.book', payload: { resource: resource.id, from, until: addDays(from, chance.within(1, 8)) } };
};

const unbook: Deed = ({ state, member }, chance) => {
  const own = [...state.bookings.values()].filter((one) => one.member === member);
  const waiting = own.filter(({ status }) => status === 'waiting');
  const booking = chance.maybe(waiting.length > 0 && chance.happens(0.8) ? waiting : own);
  return booking && { type: 'use.cancel', payload: { booking: booking.id } };
};

/** As the engine does by itself once it has met others; here a key of nobody's. */
const receive: Deed = (_actor, chance) => {
  const key = chance.bytes(32);
  key[31]! &= 0x7f;
  return { type: 'device.receives', payload: { key: toHex(key) } };
};

const pageWords = (chance: Chance) => ({
  page: chance.pick(['house', 'rules']),
  title: text(chance),
  text: text(chance),
});

const publish: Deed = (_actor, chance) => ({ type: 'page.publish', payload: pageWords(chance) });

const hide: Deed = ({ state }, chance) => {
  const row = chance.maybe([...state.publications.values()].filter(({ status }) => status !== 'withdrawn'));
  return row && { type: 'page.withdraw', payload: { page: row.page } };
};

const leave: Deed = () => ({ type: 'member.leave', payload: {} });

/** Most announce that they leave, and some of them stay after all. */
const announce: Deed = ({ state, member }) => ({
  type: 'member.announce',
  payload: { leaves: state.members.get(member)?.leaving === undefined },
});

const DEEDS: readonly (readonly [Deed, number])[] = [
  [propose, 10],
  [vote, 22],
  [close, 3],
  [withdraw, 1],
  [post, 12],
  [reverse, 3],
  [seek, 3],
  [drop, 1],
  [pledge, 4],
  [unpledge, 1],
  [book, 2],
  [unbook, 1],
  [describe, 3],
  [erase, 2],
  [revokeInvite, 0.7],
  [revokeDevice, 0.5],
  [receive, 0.7],
  [publish, 5],
  [hide, 2.5],
  [leave, 0.4],
  [announce, 1.2],
];

/** Whether the books say that the member owes something. */
const owes = ({ state, member }: Actor): boolean =>
  [...state.balances.values()].some(({ account, amount }) => account === `owed:${member}` && amount > 0);

/** Whether it is being decided who makes pages public. */
const changesPublication = (state: State): boolean =>
  open(state).some(({ effect }) => 'protocol' in effect && effect.protocol === 'publication');

/** Something that a person may do next. The app refuses some of it; that is part of the run. */
export function deed(actor: Actor, chance: Chance): Action | undefined {
  // What there is little of is used, or rules about it would hardly ever be asked.
  if (actor.state.allowances.size > 0 && chance.happens(0.2)) return post(actor, chance);
  const { state } = actor;
  if (chance.happens(0.15) && [...state.resources.values()].some(({ status }) => status === 'held'))
    return chance.happens(0.7) ? book(actor, chance) : unbook(actor, chance);
  if (owes(actor) && chance.happens(0.05)) return leave(actor, chance);
  if (state.members.get(actor.member)?.leaving !== undefined && chance.happens(0.03)) return leave(actor, chance);
  if (changesPublication(actor.state) && chance.happens(0.5)) return publish(actor, chance);
  return chance.weighted(DEEDS)(actor, chance);
}
