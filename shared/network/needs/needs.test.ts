import { describe, expect, test } from 'vitest';
import type { TextRef } from '../../record/text';
import type { AgreementVersion, DecisionClass } from '../agreement/model';
import type { Ballot, Proposal } from '../decisions/model';
import type { Entry } from '../ledger/model';
import type { Device, Member } from '../membership/model';
import type { Pledge, Resource } from '../resources/model';
import type { Seal } from '../seals/model';
import { NETWORK_KEY, type State, emptyState } from '../state';
import { needsOf } from './needs';

const text = 'f'.repeat(64) as TextRef;
const why = { events: ['e'] };
const clause = { version: 'v1', protocol: 'decisions' };
const rule: DecisionClass = {
  id: 'ordinary',
  label: 'Ordinary',
  method: 'vote',
  electorate: [],
  threshold: 50,
  quorum: 0,
  block: 'nobody',
  override: 0,
  days: 7,
  grace: 0,
};
const version: AgreementVersion = {
  id: 'v1',
  number: 1,
  base: null,
  suspended: [],
  protocols: [
    {
      kind: 'membership',
      id: 'membership',
      title: 'Membership',
      text,
      params: {
        types: [
          { id: 'resident', label: 'Resident', rights: ['vote', 'propose', 'sponsor'] },
          { id: 'friend', label: 'Friend', rights: [] },
          { id: 'neighbour', label: 'Neighbour', rights: ['vote', 'propose'] },
        ],
      },
    },
  ],
  time: 1,
  why,
};
const member = (id: string, fields: Partial<Member> = {}): Member => ({
  id,
  name: text,
  type: 'resident',
  status: 'active',
  devices: [],
  number: 1,
  since: id,
  time: 1,
  why,
  ...fields,
});
const proposal = (id: string, fields: Partial<Proposal> = {}): Proposal => ({
  id,
  by: 'bob',
  title: text,
  text,
  effect: { kind: 'none' },
  rule,
  clause,
  electorate: ['ann', 'bob'],
  blockers: [],
  deadline: 1_000,
  status: 'open',
  tally: { electorate: 2, agree: 0, abstain: 0, disagree: 0, block: 0 },
  time: 1,
  why,
  ...fields,
});
const ballot = (id: string, fields: Partial<Ballot> = {}): Ballot => ({
  id,
  proposal: 'p',
  member: 'ann',
  choice: 'agree',
  time: 1,
  standing: 'counts',
  ...fields,
});
const rows = <T extends { readonly id: string }>(...all: readonly T[]) => new Map(all.map((row) => [row.id, row]));
const state = (fields: Partial<State>): State => ({
  ...emptyState(),
  network: new Map([
    [
      NETWORK_KEY,
      {
        id: 'n',
        name: text,
        purpose: text,
        unit: 'EUR',
        founder: 'bob',
        sample: false,
        version: 'v1',
        rules: 1,
        time: 1,
        why,
      },
    ],
  ]),
  versions: rows(version),
  members: rows(member('ann'), member('bob', { number: 2 })),
  ...fields,
});
const kinds = (given: State, who = 'ann', now = 0) => needsOf(given, who, now).map(({ kind }) => kind);

describe('what waits for a member', () => {
  test('an open proposal waits for those of its electorate who have not voted', () => {
    const open = state({ proposals: rows(proposal('p'), proposal('q', { electorate: ['bob'] })) });
    expect(needsOf(open, 'ann', 0)).toEqual([{ kind: 'vote', proposal: 'p', deadline: 1_000 }]);
    expect(kinds({ ...open, ballots: rows(ballot('b')) })).toEqual([]);
    expect(kinds({ ...open, ballots: rows(ballot('b', { standing: 'replaced' })) })).toEqual(['vote']);
  });

  test('an unclear ballot asks for a new one, and not a second time for a vote', () => {
    const unclear = state({
      proposals: rows(proposal('p')),
      ballots: rows(ballot('b', { standing: 'unclear' }), ballot('c', { standing: 'unclear' })),
    });
    expect(needsOf(unclear, 'ann', 0)).toEqual([{ kind: 'unclear-ballot', proposal: 'p' }]);
  });

  test('a proposal past its deadline waits for its proposer, and only where a closing is needed', () => {
    const voted = rows(ballot('b'), ballot('c', { member: 'bob' }));
    const open = state({ proposals: rows(proposal('p')), ballots: voted });
    expect(kinds(open, 'bob', 999)).toEqual([]);
    expect(kinds(open, 'bob', 1_000)).toEqual(['close']);
    expect(kinds(open, 'ann', 1_000)).toEqual([]);
    const assent = state({ proposals: rows(proposal('p', { rule: { ...rule, method: 'assent' } })), ballots: voted });
    expect(kinds(assent, 'bob', 1_000)).toEqual([]);
    const seals = new Map([['1', { height: 1, value: 's', previous: 'n', time: 1, digest: 'd', ready: [] }]]);
    expect(kinds({ ...open, seals }, 'bob', 1_000)).toEqual([]);
  });

  test('an applicant waits until a proposal to admit them is open', () => {
    const waiting = state({ members: rows(member('ann'), member('eve', { status: 'applicant' })) });
    expect(needsOf(waiting, 'ann', 0)).toEqual([{ kind: 'applicant', member: 'eve' }]);
    // For who may propose and is no sponsor nobody waits.
    const eve = member('eve', { status: 'applicant' });
    expect(kinds(state({ members: rows(member('ann', { type: 'neighbour' }), eve) }))).toEqual([]);
    const proposed = proposal('p', { effect: { kind: 'admit', member: 'eve' }, electorate: [] });
    expect(kinds({ ...waiting, proposals: rows(proposed) })).toEqual([]);
  });

  test('whom others would restore on another device is told so until it is over, and has no vote in it', () => {
    const effect = { kind: 'restore' as const, member: 'ann', device: 'd', consent: new Uint8Array(64) };
    const put = (fields: Partial<Proposal>) =>
      state({ proposals: rows(proposal('p', { effect, electorate: ['bob'], ...fields })) });
    expect(needsOf(put({}), 'ann', 0)).toEqual([{ kind: 'restoring', proposal: 'p' }]);
    expect(kinds(put({}), 'bob')).toEqual(['vote']);
    expect(kinds(put({ status: 'adopted' }))).toEqual(['restoring']);
    expect(kinds(put({ status: 'adopted', sealed: 3 }))).toEqual([]);
    expect(kinds(put({ status: 'rejected' }))).toEqual([]);
  });

  test('nothing waits for who may not propose, has left or is not known', () => {
    const members = rows(
      member('eve', { status: 'applicant' }),
      member('fay', { type: 'friend' }),
      member('gil', { status: 'left' }),
    );
    const given = state({ members, proposals: rows(proposal('p', { status: 'clashing' })) });
    for (const who of ['eve', 'fay', 'gil', 'nobody']) expect(kinds(given, who)).toEqual([]);
  });

  test('a due pledge waits for who made it until the purchase', () => {
    const pledge: Pledge = {
      id: 'pl',
      resource: 'r',
      member: 'ann',
      amount: 500,
      unit: 'EUR',
      together: 0,
      paid: 0,
      status: 'due',
      time: 1,
      why,
    };
    const resource: Resource = {
      id: 'r',
      name: text,
      about: text,
      kind: 'house',
      amount: 500,
      unit: 'EUR',
      by: 'bob',
      status: 'agreed',
      shares: [],
      time: 1,
      why,
    };
    const due = state({ pledges: rows(pledge), resources: rows(resource) });
    expect(needsOf(due, 'ann', 0)).toEqual([{ kind: 'pledge', pledge: 'pl', resource: 'r', amount: 500, unit: 'EUR' }]);
    expect(kinds(due, 'bob')).toEqual([]);
    expect(kinds({ ...due, resources: rows<Resource>({ ...resource, status: 'held' }) })).toEqual([]);
    expect(kinds({ ...due, pledges: rows<Pledge>({ ...pledge, status: 'stands' }) })).toEqual([]);
  });

  test('what the agreement asks for and is not paid waits for who owes it, with the period from which it is open', () => {
    const dues = [{ type: 'resident', unit: 'EUR', amount: 300, every: 'month' as const }];
    const asks = { kind: 'contributions' as const, id: 'dues', title: 'D', text, params: { dues } };
    const seal = (height: number, time: number): [string, Seal] => [
      String(height),
      { height, value: 's', previous: 'n', time, digest: 'd', ready: [] },
    ];
    const given = state({
      versions: rows({ ...version, protocols: [...version.protocols, asks] }),
      members: rows(member('ann', { sealed: 1 }), member('bob', { number: 2, sealed: 2 })),
      seals: new Map([seal(1, Date.UTC(2026, 0, 5)), seal(2, Date.UTC(2026, 2, 5))]),
    });
    expect(needsOf(given, 'ann', 0)).toEqual([{ kind: 'dues', unit: 'EUR', amount: 600, since: '2026-02-01' }]);
    expect(kinds(given, 'bob')).toEqual([]);
  });

  test('clashing decisions wait for everyone who may propose; a breach for who recorded it, until it is reversed', () => {
    const entry: Entry = {
      id: 'x',
      kind: 'expense',
      date: '2026-01-01',
      memo: text,
      postings: [],
      by: 'ann',
      authorisation: { status: 'breach' },
      time: 1,
      why,
    };
    const given = state({ proposals: rows(proposal('p', { status: 'clashing' })), entries: rows(entry) });
    expect(kinds(given)).toEqual(['clash', 'breach']);
    expect(kinds(given, 'bob')).toEqual(['clash']);
    expect(kinds({ ...given, entries: rows<Entry>({ ...entry, reversedBy: 'y' }) })).toEqual(['clash']);
  });

  test('a device that signed two histories concerns everyone, until its member revokes it or has left', () => {
    const device: Device = { id: 'd', member: 'bob', label: 'Laptop', status: 'active', fork: ['x', 'y'], why };
    const forked = state({ devices: rows(device) });
    const need = { kind: 'fork', device: 'd', member: 'bob' };
    expect(needsOf(forked, 'ann', 0)).toEqual([need]);
    expect(needsOf(forked, 'bob', 0)).toEqual([need]);
    expect(kinds({ ...forked, devices: rows<Device>({ ...device, status: 'frozen' }) })).toEqual(['fork']);
    expect(kinds({ ...forked, devices: rows<Device>({ ...device, status: 'revoked' }) })).toEqual([]);
    expect(kinds({ ...forked, members: rows(member('ann'), member('bob', { status: 'removed' })) })).toEqual([]);
  });
});
