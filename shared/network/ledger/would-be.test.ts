import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry as RecordEntry } from '../../record/entry';
import type { TextRef } from '../../record/text';
import type { AgreementVersion } from '../agreement/model';
import type { Network } from '../founding/model';
import type { Member } from '../membership/model';
import type { Typed } from '../rule';
import { NETWORK_KEY } from '../state';
import { Tables } from '../tables';
import { draftEntry, draftReversal } from './drafts';
import type { Allowance } from './model';
import { ledgerRules } from './rules';
import { wouldBe } from './would-be';

const text = 'f'.repeat(64) as TextRef;
const why = { events: [] };
const ann = 'a'.repeat(64);
const guest = 'b'.repeat(64);
const entry = 'c'.repeat(64);
const member = (id: string, type: string): Member => ({
  id,
  name: text,
  type,
  status: 'active',
  devices: [],
  number: 1,
  since: id,
  time: 0,
  why,
});
function books(free: number | null, ...allowances: readonly Allowance[]) {
  const version: AgreementVersion = {
    id: 'v1',
    number: 1,
    base: null,
    suspended: [],
    time: 0,
    why,
    protocols: [
      { kind: 'spending', id: 'money', title: 'Money', text, params: { unit: 'EUR', free } },
      {
        kind: 'membership',
        id: 'types',
        title: 'Types',
        text,
        params: {
          types: [
            { id: 'resident', label: 'Resident', rights: ['post', 'spend'] },
            { id: 'guest', label: 'Guest', rights: ['post'] },
          ],
        },
      },
    ],
  };
  const network: Network = {
    id: 'n',
    name: text,
    purpose: text,
    unit: 'EUR',
    founder: ann,
    sample: false,
    version: 'v1',
    rules: 1,
    time: 0,
    why,
  };
  return {
    network: new Map([[NETWORK_KEY, network]]),
    versions: new Map([['v1', version]]),
    members: new Map([
      [ann, member(ann, 'resident')],
      [guest, member(guest, 'guest')],
    ]),
    allowances: new Map(allowances.map((allowance) => [allowance.id, allowance])),
  };
}
const clause = { version: 'v1', protocol: 'money' };
const allowance: Allowance = { id: 'd'.repeat(64), unit: 'EUR', amount: 500, spent: 100, entries: [], why };
const decision = 'e'.repeat(64);
const part: Allowance = { ...allowance, id: `${decision}|${guest}`, amount: 80, spent: 10, member: guest };
const pays = (amount: number, fields: { readonly allowance?: string; readonly unit?: string } = {}) =>
  draftEntry({ what: 'expense', category: 'food', from: 'bank', unit: 'EUR', amount, ...fields });

describe('what a payment would be', () => {
  it('is free up to the limit of the agreement, and a breach beyond it', () => {
    expect(wouldBe(books(50), ann, pays(50)).authorisation).toEqual({ status: 'free', clause });
    expect(wouldBe(books(50), ann, pays(51)).authorisation).toEqual({ status: 'breach', clause });
  });

  it('is a breach without a decision where the agreement frees nothing', () => {
    expect(wouldBe(books(null), ann, pays(1)).authorisation.status).toBe('breach');
  });

  it('is a breach by a member whose type may not spend', () => {
    expect(wouldBe(books(50), guest, pays(1))).toEqual({ authorisation: { status: 'breach', clause }, free: null });
  });

  it('is a breach in another unit than that of the agreement', () => {
    expect(wouldBe(books(50), ann, pays(1, { unit: 'CHF' })).authorisation.status).toBe('breach');
  });

  it('is covered up to what the allowance still holds', () => {
    const cited = { allowance: allowance.id };
    expect(wouldBe(books(50, allowance), ann, pays(400, cited))).toEqual({
      authorisation: { status: 'covered', clause, allowance: allowance.id },
      remaining: 400,
      free: 50,
    });
    expect(wouldBe(books(50, allowance), ann, pays(401, cited)).authorisation.status).toBe('breach');
  });

  it('is judged without an allowance that is not there or in another unit', () => {
    const cited = { allowance: allowance.id };
    expect(wouldBe(books(50), ann, pays(60, cited)).authorisation).toEqual({ status: 'breach', clause });
    expect(wouldBe(books(50), ann, pays(50, cited)).authorisation).toEqual({ status: 'free', clause });
    expect(wouldBe(books(50, allowance), ann, pays(60, { ...cited, unit: 'CHF' })).authorisation.status).toBe('breach');
  });

  it('is covered by the part of the one member whom it pays', () => {
    const to = (member: string, amount: number) =>
      draftEntry({ what: 'transfer', from: 'bank', to: `member:${member}`, unit: 'EUR', amount, allowance: decision });
    expect(wouldBe(books(50, part), ann, to(guest, 70))).toEqual({
      authorisation: { status: 'covered', clause, allowance: part.id },
      remaining: 70,
      free: 50,
    });
    expect(wouldBe(books(50, part), ann, to(guest, 71)).authorisation.status).toBe('breach');
    expect(wouldBe(books(50, part), ann, to(ann, 70)).authorisation).toEqual({ status: 'breach', clause });
    expect(wouldBe(books(50, part), ann, pays(70, { allowance: decision })).authorisation.status).toBe('breach');
  });

  it('needs no authorisation to put in, to pay back or to undo', () => {
    const money = draftEntry({ what: 'money', member: ann, into: 'bank', unit: 'EUR', amount: 9 });
    const back = draftEntry({ what: 'transfer', from: 'bank', to: `owed:${ann}`, unit: 'EUR', amount: 9 });
    const undo = draftReversal({ id: entry, postings: pays(900).postings });
    for (const draft of [money, back, undo])
      expect(wouldBe(books(null), ann, draft).authorisation.status).toBe('not-needed');
  });
});

describe('the forecast', () => {
  const draft = fc.oneof(
    fc.record({
      what: fc.constant('expense' as const),
      category: fc.constantFrom('food', 'tools'),
      from: fc.oneof(fc.constantFrom('bank' as const, 'cash' as const), fc.constant({ member: guest })),
      unit: fc.constantFrom('EUR', 'EUR', 'CHF'),
      amount: fc.integer({ min: 1, max: 300 }),
      allowance: fc.constantFrom(allowance.id, entry, undefined),
    }),
    fc.record({
      what: fc.constant('transfer' as const),
      from: fc.constantFrom('bank', `member:${ann}`),
      to: fc.constantFrom('cash', `owed:${ann}`, `member:${guest}`),
      unit: fc.constant('EUR'),
      amount: fc.integer({ min: 1, max: 300 }),
      allowance: fc.constantFrom(decision, undefined),
    }),
  );
  const step = fc.record({ member: fc.constantFrom(ann, guest), draft });

  it('is what the rules say of payments that know of each other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(null, 100), (steps, free) => {
        const tables = new Tables();
        const start = books(free, allowance, part);
        for (const [key, row] of start.network) tables.set('network', key, row);
        for (const [key, row] of start.versions) tables.set('versions', key, row);
        for (const [key, row] of start.members) tables.set('members', key, row);
        tables.set('allowances', allowance.id, { ...allowance, spent: 0 });
        tables.set('allowances', part.id, { ...part, spent: 0 });
        const posted = new Map<string, Typed<'entry.post'>>();
        // Each payment has every earlier one in its past.
        const past = {
          get: (id: string) => posted.get(id),
          before: (a: RecordEntry, b: RecordEntry) => a.sequence < b.sequence,
          about: () => [],
          precedes: (a: RecordEntry, b: RecordEntry) => a.sequence < b.sequence,
          endsOf: () => [],
          rootsOf: () => [],
          certificateOf: () => undefined,
        };
        const context = {
          tables,
          past,
          ground: null,
          rules: 1,
          clashes: { with: () => [], found: () => {} },
          relied: () => {},
        };
        for (const [index, { member, draft: transaction }] of steps.entries()) {
          const { allowance: cited, ...rest } = transaction;
          const made = draftEntry({ ...rest, ...(cited === undefined ? {} : { allowance: cited }) });
          const forecast = wouldBe(tables.state, member, made);
          const id = index.toString(16).padStart(64, '0');
          const payload = { ...made, date: '2026-01-01', memo: text };
          const event = { id, member, payload, time: 0, sequence: index, type: 'entry.post' } as Typed<'entry.post'>;
          posted.set(id, event);
          expect(ledgerRules['entry.post'](context, event)).toBeUndefined();
          expect(tables.get('entries', id)?.authorisation).toEqual(forecast.authorisation);
        }
      }),
    );
  });
});
