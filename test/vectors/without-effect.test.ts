import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type State, TABLES, type TableName } from '../../shared/network/state';
import words from '../../shared/words/en/effects.json';
import { Replica } from '../../shared/replica/replica';
import {
  DISTRIBUTION,
  LEAVING,
  PUBLICATION,
  Person,
  admission,
  admit,
  certify,
  group,
  meet,
  protocols,
  testSigner,
  withGuests,
} from '../kit/group';
import { hold, withUse } from '../kit/held';
import { SealingGroup } from '../kit/sealing';
import { disagreement } from '../simulation/model/compare';
import { factsOf } from '../simulation/model/fold';
import { happenings } from '../simulation/model/happening';
import type { Value } from './reader/cbor';
import { type Refused, type Told, faultsInRefusal, refusalsOf, toldOf } from './reader/refusals';

const page = readFileSync(new URL('../../docs/protocol-state.md', import.meta.url), 'utf8');
const protocol = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const table = refusalsOf(page);
const NETWORK = new URL('../../shared/network/', import.meta.url);

/** What has no effect in the networks below. */
class Cases {
  readonly seen: { readonly code: string; readonly refused: Refused }[] = [];
  readonly replicas = new Set<Replica>();

  /** Somebody signs what the rules refuse, with all that they know in its past. */
  async act(by: Person, code: string, type: string, payload: object): Promise<string> {
    const before = copyOf(by.replica.state);
    by.bold = true;
    const id = await by.act(type as 'note' as never, payload as never);
    by.bold = false;
    this.look(by, id, code, before);
    return id;
  }

  /** `before`: rows just before the event; without it, as they are now. */
  look(by: Person, id: string, code: string, before?: State): void {
    const { record, state } = by.replica;
    const { type, device, member, payload } = record.get(id)!;
    const row = state.withoutEffect.get(id);
    if (row?.code !== code) throw new Error(`${type} was to be refused as ${code}: ${row?.code ?? 'it has effect'}`);
    const rows = before ?? state;
    const refused: Refused = {
      event: { type, device, member, payload: payload as Value },
      row: row as unknown as Refused['row'],
      get: (name, key) => rows[name as TableName].get(key) as ReturnType<Refused['get']>,
      typeOf: (one) => record.get(one)?.type,
      isBefore: before !== undefined,
    };
    this.seen.push({ code, refused });
    this.replicas.add(by.replica);
  }
}

const copyOf = (state: State): State =>
  Object.fromEntries(
    TABLES.map((name) => [name, new Map(state[name] as ReadonlyMap<string, unknown>)]),
  ) as unknown as State;

const text = { text: 'T' };
const open = (effect: object) => ({ title: text, text, effect, deadline: 0 });
const entry = (amounts: readonly (readonly [string, number])[], more: object = {}) => ({
  kind: 'transfer',
  date: '2025-02-01',
  memo: text,
  postings: amounts.map(([account, amount]) => ({ account, unit: 'EUR', amount })),
  ...more,
});
const cashToBank = (amount: number, more: object = {}) =>
  entry(
    [
      ['bank', amount],
      ['cash', -amount],
    ],
    more,
  );
const BIG = { amount: 1, unit: 'EUR' };
const seeks = { name: text, about: text, kind: 'house', ...BIG };

const AGREED = withUse({}, [...withGuests(), PUBLICATION, LEAVING, DISTRIBUTION]);
const invite = (id: string, type = 'resident') => ({ invite: id, type, uses: 1, days: 7 });
const NOBODY = 'e'.repeat(64);

/** Two who may do everything, one who only votes, one who may do nothing. */
async function house(cases: Cases) {
  const [ana, ben] = (await group(['ana', 'ben'], AGREED)) as [Person, Person];
  const cleo = await admit(ana, 'cleo', 'supporter');
  const gus = await admit(ana, 'gus', 'guest');
  const all = [ana, ben, cleo, gus];
  await meet(all);
  return { ana, ben, cleo, gus, all, tell: cases.act.bind(cases) };
}
type House = Awaited<ReturnType<typeof house>>;

async function membership({ ana, ben, gus, tell }: House): Promise<void> {
  const key = async (name: string) => testSigner(`invite ${name}`);
  const one = await key('one');
  await tell(gus, 'not-entitled', 'invite.issue', invite(one.device));
  await tell(ana, 'membership-type-unknown', 'invite.issue', invite(one.device, 'nobody'));
  await tell(ana, 'invite-too-long', 'invite.issue', { ...invite(one.device), days: 15 });
  await ana.act('invite.issue', invite(one.device, 'guest'));
  await gus.pull(ana);
  await tell(gus, 'not-entitled', 'invite.revoke', { invite: one.device });
  await tell(gus, 'not-entitled', 'member.admit', await admission(gus, one, await testSigner('dora'), 'dora'));
  await ana.act('member.admit', await admission(ana, one, await testSigner('dora'), 'dora'));
  await tell(ana, 'invite-used-up', 'member.admit', await admission(ana, one, await testSigner('eli'), 'eli'));
  const two = await key('two');
  await ana.act('invite.issue', invite(two.device));
  await ana.act('invite.revoke', { invite: two.device });
  await tell(ana, 'invite-revoked', 'member.admit', await admission(ana, two, await testSigner('eli'), 'eli'));
  await ben.pull(ana);
  await ben.act('member.announce', { leaves: true });
  await tell(ben, 'leaving-announced', 'member.announce', { leaves: true });
}

async function decisions({ ana, ben, cleo, gus, all, tell }: House): Promise<string> {
  await tell(gus, 'not-entitled', 'proposal.open', open({ kind: 'none' }));
  const base = ana.replica.id;
  const OTHERS: readonly (readonly [string, object])[] = [
    ['base-not-in-force', { kind: 'suspend', base: NOBODY, protocol: 'use' }],
    ['parameters-malformed', { kind: 'parameters', base, protocol: 'use', params: {} }],
    ['protocol-unknown', { kind: 'suspend', base, protocol: 'nothing' }],
    ['protocol-not-suspended', { kind: 'resume', base, protocol: 'use' }],
    ['protocol-needed', { kind: 'retire', base, protocol: 'spending' }],
    ['no-applicant', { kind: 'admit', member: ben.member }],
    ['no-member', { kind: 'remove', member: NOBODY }],
    ['resource-unknown', { kind: 'buy', resource: NOBODY, ...BIG }],
    ['resource-not-asked', { kind: 'distribute', ...BIG, resource: NOBODY }],
    ['event-unknown', { kind: 'erase', event: NOBODY, text: NOBODY }],
    ['rules-not-next', { kind: 'rules', version: 7 }],
  ];
  for (const [code, effect] of OTHERS) await tell(ana, code, 'proposal.open', open(effect));
  const buy = async (resource: string): Promise<string> =>
    ana.act('proposal.open', open({ kind: 'buy', resource, ...BIG }) as never);
  const mill = await ana.act('resource.seek', seeks as never);
  const bought = await buy(mill);
  const elsewhere = { kind: 'buy', resource: mill, amount: 1, unit: 'USD' };
  await tell(ana, 'resource-unknown', 'proposal.open', open(elsewhere));
  await tell(ana, 'resource-not-sought', 'proposal.open', open({ kind: 'buy', resource: mill, ...BIG }));
  const question = await ana.act('proposal.open', open({ kind: 'spend', amount: 5, unit: 'EUR' }) as never);
  const amendment = await ana.act('proposal.open', open({ kind: 'suspend', base, protocol: 'use' }) as never);
  await meet(all);
  const cast = (by: Person, proposal: string, choice = 'agree') => by.act('ballot.cast', { proposal, choice } as never);
  await tell(gus, 'not-in-electorate', 'ballot.cast', { proposal: question, choice: 'agree' });
  await tell(cleo, 'may-not-block', 'ballot.cast', { proposal: bought, choice: 'block' });
  await tell(gus, 'not-in-electorate', 'decision.close', { proposal: question, ballots: [] });
  await tell(cleo, 'not-proposer', 'proposal.withdraw', { proposal: question });
  await tell(ana, 'assent-needs-no-closing', 'decision.close', { proposal: amendment, ballots: [] });
  const ballot = await cast(ana, question);
  await tell(ana, 'closing-omits-ballots', 'decision.close', { proposal: question, ballots: [] });
  await tell(ana, 'quorum-missing', 'decision.close', { proposal: question, ballots: [ballot] });
  await meet(all);
  for (const by of [ben, cleo]) await cast(by, question);
  await meet(all);
  await tell(ana, 'already-decided', 'proposal.withdraw', { proposal: question });
  await tell(ben, 'already-decided', 'decision.close', { proposal: question, ballots: [ballot] });
  return question;
}

async function books({ ana, ben, gus, tell }: House): Promise<void> {
  await tell(gus, 'not-entitled', 'entry.post', cashToBank(5));
  const post = (payload: object): Promise<string> => ana.act('entry.post', payload as never);
  const paid = await post(cashToBank(5));
  const reversal = { kind: 'reversal', reverses: paid };
  await tell(ana, 'reversal-not-whole', 'entry.post', cashToBank(-4, reversal));
  const reversed = await post(cashToBank(-5, reversal));
  await tell(ana, 'already-reversed', 'entry.post', cashToBank(-5, reversal));
  await tell(ana, 'reversal-of-reversal', 'entry.post', cashToBank(5, { kind: 'reversal', reverses: reversed }));
  await tell(gus, 'not-entitled', 'resource.seek', seeks);
  const boat = await ana.act('resource.seek', seeks as never);
  await ben.pull(ana);
  await tell(ben, 'not-proposer', 'resource.drop', { resource: boat });
  await ana.act('resource.drop', { resource: boat });
  await tell(ana, 'resource-not-sought', 'resource.drop', { resource: boat });
  await tell(ana, 'resource-not-sought', 'pledge.make', { resource: boat, ...BIG, together: 0 });
  const mill = await ana.act('resource.seek', seeks as never);
  await tell(ana, 'resource-not-held', 'use.book', { resource: mill, from: '2026-08-01', until: '2026-08-04' });
  const pledge = await ana.act('pledge.make', { resource: mill, ...BIG, together: 0 });
  await ana.act('pledge.withdraw', { pledge });
  await tell(ana, 'pledge-settled', 'pledge.withdraw', { pledge });
}

async function pledges({ ana, all, tell }: House): Promise<void> {
  const mill = await ana.act('resource.seek', seeks as never);
  const due = await ana.act('pledge.make', { resource: mill, ...BIG, together: 0 });
  const buy = await ana.act('proposal.open', open({ kind: 'buy', resource: mill, ...BIG }) as never);
  await meet(all);
  for (const person of all.slice(0, 3)) await person.act('ballot.cast', { proposal: buy, choice: 'agree' });
  await meet(all);
  await tell(ana, 'pledge-settled', 'pledge.withdraw', { pledge: due });
  await tell(ana, 'pledge-not-paid', 'entry.post', cashToBank(1, { pledge: due }));
}

async function use({ ana, ben, gus, all, tell }: House): Promise<string> {
  const voters = all.filter((person) => person !== gus);
  const resource = await hold(voters);
  await meet(all);
  const dates = (from: string, until: string) => ({ resource, from, until });
  await tell(gus, 'not-entitled', 'use.book', dates('2026-08-01', '2026-08-04'));
  await tell(ana, 'stay-too-short', 'use.book', dates('2026-08-01', '2026-08-02'));
  await tell(ana, 'stay-too-long', 'use.book', dates('2026-08-01', '2026-08-30'));
  await ana.act('use.book', dates('2026-08-01', '2026-08-14'));
  await tell(ana, 'quota-exceeded', 'use.book', dates('2026-09-01', '2026-09-14'));
  await ben.pull(ana);
  await tell(ben, 'already-booked', 'use.book', dates('2026-08-10', '2026-08-14'));
  const booking = await ben.act('use.book', dates('2026-10-10', '2026-10-14'));
  await ben.act('use.cancel', { booking });
  await tell(ben, 'booking-taken-back', 'use.cancel', { booking });
  await meet(all);
  return ana.act('use.book', dates('2025-03-01', '2025-03-04'));
}

async function pages({ ana, gus, tell }: House): Promise<void> {
  const mill = { page: 'mill', title: text, text };
  await tell(gus, 'publishing-decided', 'page.publish', mill);
  await tell(ana, 'page-not-public', 'page.withdraw', { page: 'mill' });
  await ana.act('page.publish', mill);
  await gus.pull(ana);
  await tell(gus, 'withdrawing-not-entitled', 'page.withdraw', { page: 'mill' });
}

/** What a seal makes of it. */
async function sealed({ ana, tell }: House, question: string, begun: string): Promise<void> {
  await new SealingGroup([ana]).pass(2);
  expect(ana.replica.state.seals.size).toBe(1);
  await tell(ana, 'already-decided', 'proposal.withdraw', { proposal: question });
  const asked = await ana.act('proposal.open', open({ kind: 'none' }) as never);
  await tell(ana, 'seals-close', 'decision.close', { proposal: asked, ballots: [] });
  await tell(ana, 'booking-begun', 'use.cancel', { booking: begun });
}

/** Without protocols on use and distributions. */
async function bare(cases: Cases): Promise<void> {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const resource = await hold([ana, ben]);
  await cases.act(ana, 'use-not-agreed', 'use.book', { resource, from: '2026-08-01', until: '2026-08-04' });
  await cases.act(ana, 'distribution-not-agreed', 'proposal.open', open({ kind: 'distribute', ...BIG }));
  await cases.act(ana, 'publishing-decided', 'page.publish', { page: 'mill', title: text, text });
  await cases.act(ana, 'page-not-public', 'page.withdraw', { page: 'mill' });
}

/** Those who are no members yet, or no more; and devices that may not. */
async function authors(cases: Cases): Promise<void> {
  const [deciding] = (await group(['ana'], protocols({}, 'decision'))) as [Person];
  await cases.act(await admit(deciding, 'dora'), 'author-applicant', 'entry.post', cashToBank(5));

  const people = (await group(['ana', 'ben', 'cleo'], protocols({ remove: 'majority' }))) as [Person, Person, Person];
  const [ana, ben, cleo] = people;
  const shared = await testSigner('shared invite');
  await ana.act('invite.issue', invite(shared.device));
  await meet(people);
  const rivals: Person[] = [];
  for (const [by, name] of [
    [ana, 'dora'],
    [ben, 'eli'],
  ] as const) {
    const signer = await testSigner(name);
    const rival = new Person(name, signer, new Replica(ana.replica.id), 0);
    rival.member = await by.act('member.admit', await admission(by, shared, signer, name));
    rivals.push(rival);
  }
  await meet([...people, ...rivals]);
  await cases.act(rivals[0]!, 'author-waiting', 'entry.post', cashToBank(5));

  const keeper = await certify(ben, 'keeper', 'keeper');
  await cases.act(keeper, 'device-keeper', 'entry.post', cashToBank(5));
  const tablet = await certify(ben, 'tablet');
  const early = await tablet.act('entry.post', cashToBank(5) as never);
  // Deeper, so that what it makes void sorts before it.
  for (const amount of [6, 7]) await ben.act('entry.post', cashToBank(amount) as never);
  await ben.act('device.revoke', { device: tablet.signer.device });
  await ben.pull(tablet);
  cases.look(ben, early, 'author-ended');

  const removal = await ana.act('proposal.open', open({ kind: 'remove', member: ben.member }) as never);
  const left = await testSigner('invite of who left');
  await cleo.act('invite.issue', invite(left.device));
  await meet(people);
  for (const by of [ana, cleo]) await by.act('ballot.cast', { proposal: removal, choice: 'agree' });
  await meet(people);
  await cases.act(ben, 'author-removed', 'entry.post', cashToBank(5));
  await cleo.act('member.leave', {});
  await cases.act(cleo, 'author-left', 'entry.post', cashToBank(5));
  await ana.pull(cleo);
  const late = await admission(ana, left, await testSigner('fay'), 'fay');
  await cases.act(ana, 'inviter-not-entitled', 'member.admit', late);
}

describe('the table of refusals in docs/protocol-state.md', () => {
  const cases = new Cases();
  beforeAll(async () => {
    const home = await house(cases);
    await membership(home);
    await meet(home.all);
    const question = await decisions(home);
    await books(home);
    await meet(home.all);
    await pledges(home);
    const begun = await use(home);
    await pages(home);
    await sealed(home, question, begun);
    await bare(cases);
    await authors(cases);
  });

  it('says of each code which clause and which events it names, and the rules give each', () => {
    const wrongBy = (page: readonly Told[]): unknown[] =>
      cases.seen.flatMap(({ code, refused }) => {
        const faults = faultsInRefusal(page, refused);
        return faults.length === 0 ? [] : [[refused.event.type, code, faults]];
      });
    expect(wrongBy(table)).toEqual([]);
    // Were any cell another, a case would show it.
    for (const row of table) {
      const clause = row.clause === '' ? '`decisions`' : '';
      const events = row.events === '' ? 'the pledge' : '';
      for (const other of [
        { ...row, clause },
        { ...row, events },
      ])
        expect([other, wrongBy(table.map((one) => (one === row ? other : one)))]).not.toEqual([other, []]);
    }
    const shown = new Set(cases.seen.map(({ code, refused }) => toldOf(table, refused.event.type, code)));
    expect(table.filter((row) => !shown.has(row))).toEqual([]);
    const has = (type: string | null, of: string): boolean =>
      cases.seen.some(({ code, refused }) => code === of && (type === null || refused.event.type === type));
    const listed = table.flatMap(({ types, codes }) =>
      codes.flatMap((code) => (types.length === 0 ? [null] : types).map((type) => [type, code] as const)),
    );
    expect(listed.filter(([type, code]) => !has(type, code))).toEqual([]);
  });

  it('is what the model of the simulator goes by, too', () => {
    for (const { record, state, order } of cases.replicas) {
      const facts = factsOf(happenings(record.all(), new Set()), new Set());
      expect(disagreement(facts, state, order)).toBeUndefined();
    }
  });

  it('names every refusal that the rules write with a clause or events', () => {
    const codes = new Set([...table.flatMap((row) => row.codes), ...ofProposals()]);
    const written = sources().flatMap((source) =>
      [...source.matchAll(/refuse\(\s*'([a-z-]+)',/g)].map(([, code]) => code!),
    );
    expect(written.length).toBeGreaterThan(40);
    // Said by apps alone, as the page says.
    expect(new Set(written.filter((code) => !codes.has(code)))).toEqual(new Set(['device-frozen']));
  });
});

describe('docs/protocol.md', () => {
  it('has all codes of what has no effect, and no other, among the refusals', () => {
    const listed = new Set([...mustPass(), ...refusalsOfTypes().flatMap(([, codes]) => codes)]);
    const known = Object.keys(words).filter((code) => !code.startsWith('agreement-') && !ELSEWHERE.has(code));
    expect([...listed].sort()).toEqual(known.sort());
  });
});

/** Said by apps before they sign, or of what is in no state at all. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  'unknown payload-malformed_field text-too-long texts-too-long fork-storm outside-cut assent-stands'.split(' '),
);

const sources = (): readonly string[] =>
  readdirSync(NETWORK, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(new URL(path, NETWORK), 'utf8'));

const quoted = (cell: string): string[] => [...cell.matchAll(/`(-?[a-z-]+)`/g)].map(([, code]) => code!);

function tableUnder(heading: string): string[][] {
  const lines = protocol.slice(protocol.indexOf(`\n${heading}\n`)).split('\n');
  const from = lines.findIndex((line) => line.startsWith('|')) + 2;
  const until = lines.findIndex((line, index) => index >= from && !line.startsWith('|'));
  return lines.slice(from, until).map((line) => line.split('|').slice(1, -1));
}

/** A code that begins with a dash goes on from the one before. */
const mustPass = (): string[] =>
  tableUnder('### What every event must pass')
    .flatMap(([codes]) => quoted(codes!))
    .map((code) => (code.startsWith('-') ? `author${code}` : code));

/** Parameters of a code in brackets, and what is said of it, are no codes. */
const refusalsOfTypes = (): (readonly [types: string, codes: string[]])[] =>
  tableUnder('## Event types').map((cells) => [cells[0]!, quoted(cells.at(-1)!.replaceAll(/\([^)]*\)/g, ''))]);

const ofProposals = (): string[] => refusalsOfTypes().find(([types]) => types.includes('proposal.open'))![1];
