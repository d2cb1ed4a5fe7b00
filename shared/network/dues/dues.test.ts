import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberRow, networkRows, proposalRow, rowsOf, TEXT, versionRow } from '../../../test/kit/rows';
import type { AgreementVersion, Parameters, ProtocolSpec } from '../agreement/model';
import { draftEntry } from '../ledger/drafts';
import type { Entry } from '../ledger/model';
import type { Member } from '../membership/model';
import type { Seal } from '../seals/model';
import { askedOf } from './asked';
import { allDues, duesOf, whyNothingDue } from './dues';

const ANN = 'a'.repeat(64);
const BOB = 'b'.repeat(64);
type Asks = Parameters<'contributions'>['dues'];
const monthly = (amount: number, unit = 'EUR', type = 'resident'): Asks[number] => ({
  type,
  unit,
  amount,
  every: 'month',
});
const asks = (...dues: Asks): ProtocolSpec => ({
  kind: 'contributions',
  id: 'dues',
  title: 'D',
  text: TEXT,
  params: { dues },
});
const at = (date: string): number => Date.parse(`${date}T12:00Z`);

/** A network with seals at noon of these days, and versions of which each but the first was decided in the seal of a height. */
function network(
  seals: readonly string[],
  versions: readonly (Partial<AgreementVersion> & { readonly sealed?: number })[],
  members: readonly Member[] = [memberRow(ANN, 1, { sealed: 1 })],
  entries: readonly Entry[] = [],
) {
  const rows = versions.map(({ sealed: _, ...fields }, index) =>
    versionRow(`v${index + 1}`, index + 1, index === 0 ? null : `v${index}`, fields),
  );
  const proposals = versions.flatMap(({ sealed }, index) => {
    const fixed = sealed === undefined ? {} : { sealed };
    return index === 0 ? [] : [proposalRow(`v${index + 1}`, { status: 'adopted', ...fixed })];
  });
  const sealRow = (date: string, index: number): [string, Seal] => [
    String(index + 1),
    { height: index + 1, value: 's', previous: 'p', time: at(date), digest: 'd', ready: [] },
  ];
  return {
    network: networkRows(`v${versions.length}`),
    versions: rowsOf(...rows),
    proposals: rowsOf(...proposals),
    members: rowsOf(...members),
    entries: rowsOf(...entries),
    seals: new Map(seals.map(sealRow)),
  };
}
const paid = (id: string, amount: number, fields: Partial<Entry> = {}, unit = 'EUR', member = ANN): Entry => ({
  id,
  ...draftEntry({ what: 'money', member, into: 'bank', unit, amount }),
  date: '2020-01-01',
  memo: TEXT,
  by: BOB,
  authorisation: { status: 'not-needed' },
  time: 1,
  why: { events: [id] },
  ...fields,
});
const only = <T>(all: readonly T[]): T => {
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe('what is due', () => {
  it('is one amount for each month that began from the seal with the member to the newest one', () => {
    const state = network(['2026-01-10', '2026-02-20', '2026-04-01'], [{ protocols: [asks(monthly(300))] }]);
    expect(only(duesOf(state, ANN))).toEqual({
      ...{ unit: 'EUR', due: 900, paid: 0, open: 900, ahead: 0, since: '2026-02-01', openSince: '2026-02-01' },
      parts: [
        {
          ...{ every: 'month', amount: 300, periods: 3, from: '2026-02-01', last: '2026-04-01' },
          clause: { version: 'v1', protocol: 'dues' },
        },
      ],
      why: { events: [ANN, 'v1'], clause: { version: 'v1', protocol: 'dues' } },
    });
  });

  it('is nothing without a seal, before a period begins, for another kind of member, and where nothing is asked', () => {
    const protocols = [asks(monthly(300))];
    const none = (state: ReturnType<typeof network>, why: string): void => {
      expect(duesOf(state, ANN)).toEqual([]);
      expect(allDues(state)).toEqual([]);
      expect(whyNothingDue(state, ANN)).toBe(why);
    };
    none(network([], [{ protocols }]), 'no-seal');
    none(network(['2026-01-10', '2026-01-31'], [{ protocols }]), 'not-begun');
    none(network(['2026-01-10', '2026-05-10'], [{ protocols: [] }]), 'not-asked');
    none(network(['2026-01-10', '2026-05-10'], [{ protocols, suspended: ['dues'] }]), 'not-asked');
    const guest = memberRow(ANN, 1, { sealed: 1, type: 'guest' });
    const ofGuests = network(['2026-01-10', '2026-05-10'], [{ protocols }], [guest]);
    none(ofGuests, 'not-asked');
    expect(whyNothingDue(ofGuests)).toBe('not-begun');
    const yearly = { ...monthly(300), every: 'year' as const };
    none(network(['2026-01-10', '2026-05-10'], [{ protocols: [asks(yearly)] }]), 'not-begun');
    const unsealed = network(['2026-01-10', '2026-05-10'], [{ protocols }], [memberRow(ANN, 1)]);
    none(unsealed, 'not-begun');
    expect(askedOf(unsealed, unsealed.members.get(ANN)!)).toEqual([]);
  });

  it('is each at the amount of the version that a seal had brought into force when the period began', () => {
    const state = network(
      ['2026-01-10', '2026-03-10', '2026-05-01'],
      [{ protocols: [asks(monthly(300))] }, { protocols: [asks(monthly(200))], sealed: 2, time: at('2026-01-11') }],
    );
    const { due, parts, why } = only(duesOf(state, ANN));
    expect(due).toBe(2 * 300 + 2 * 200);
    expect(parts.map(({ amount, from, last }) => [amount, from, last])).toEqual([
      [300, '2026-02-01', '2026-03-01'],
      [200, '2026-04-01', '2026-05-01'],
    ]);
    expect(why).toEqual({ events: [ANN, 'v1', 'v2'], clause: { version: 'v2', protocol: 'dues' } });
  });

  it('does not change by a version that no seal has, nor by one that asks for the same', () => {
    const seals = ['2026-01-10', '2026-03-10', '2026-05-10'];
    const first = { protocols: [asks(monthly(300))] };
    const before = duesOf(network(seals, [first]), ANN);
    expect(duesOf(network(seals, [first, { protocols: [asks(monthly(200))] }]), ANN)).toEqual(before);
    expect(duesOf(network(seals, [first, { ...first, sealed: 2 }]), ANN)).toEqual(before);
  });

  it('leaves out what begins while the protocol is suspended', () => {
    const protocols = [asks(monthly(300))];
    const seals = ['2026-01-10', '2026-02-10', '2026-04-10', '2026-06-10'];
    const versions = [{ protocols }, { protocols, suspended: ['dues'], sealed: 2 }, { protocols, sealed: 3 }];
    expect(only(duesOf(network(seals, versions), ANN)).parts.map(({ from, last }) => [from, last])).toEqual([
      ['2026-02-01', '2026-02-01'],
      ['2026-05-01', '2026-06-01'],
    ]);
  });

  it('ends with the seal that has the member gone, and stays listed while it is open', () => {
    const seals = ['2026-01-10', '2026-04-10', '2026-09-10'];
    const gone = (status: 'left' | 'removed') => [memberRow(ANN, 1, { sealed: 1, gone: 2, status })];
    for (const status of ['left', 'removed'] as const) {
      const versions = [{ protocols: [asks(monthly(300))] }];
      const state = network(seals, versions, gone(status));
      expect(only(duesOf(state, ANN))).toMatchObject({ due: 900, open: 900 });
      expect(only(allDues(state)).member).toBe(ANN);
      expect(allDues(network(seals, versions, gone(status), [paid('p', 900)]))).toEqual([]);
      expect(only(allDues(network(seals, versions, gone(status), [paid('p', 899)]))).member).toBe(ANN);
    }
    const onTheDay = network(['2026-01-10'], [{ protocols: [asks(monthly(300))] }], gone('left'));
    const midnight = { ...onTheDay.seals.get('1')!, height: 2, time: Date.UTC(2026, 1, 1) };
    expect(duesOf({ ...onTheDay, seals: new Map([...onTheDay.seals, ['2', midnight]]) }, ANN)).toEqual([]);
  });

  it('is by unit, with quarters and years counted by their own months', () => {
    const dues: Asks = [
      monthly(100),
      { type: 'resident', unit: 'EUR', amount: 5_000, every: 'year' },
      { type: 'resident', unit: 'hour', amount: 400, every: 'quarter' },
      monthly(7, 'CHF', 'guest'),
    ];
    const found = duesOf(network(['2025-11-10', '2026-05-10'], [{ protocols: [asks(...dues)] }]), ANN);
    expect(found.map(({ unit, due }) => [unit, due])).toEqual([
      ['EUR', 6 * 100 + 5_000],
      ['hour', 2 * 400],
    ]);
  });

  it('is listed by unit, of what has begun, whatever the order in which it is agreed', () => {
    const dues: Asks = [
      monthly(7, 'hour'),
      { ...monthly(5_000), every: 'year' },
      { ...monthly(60), every: 'quarter' },
      monthly(100),
    ];
    const found = duesOf(network(['2026-01-10', '2026-03-10'], [{ protocols: [asks(...dues)] }]), ANN);
    expect(found.map(({ unit, parts }) => [unit, parts.map(({ every }) => every)])).toEqual([
      ['EUR', ['month']],
      ['hour', ['month']],
    ]);
    const [later] = duesOf(network(['2026-01-10', '2027-03-10'], [{ protocols: [asks(...dues)] }]), ANN);
    expect(later!.parts.map(({ from }) => from)).toEqual(['2027-01-01', '2026-04-01', '2026-02-01']);
    expect(later!.since).toBe('2026-02-01');
  });

  it('stops at the greatest exact integer, however far ahead a seal is', () => {
    const state = network(['2026-01-10'], [{ protocols: [asks(monthly(1_000_000_000_000))] }]);
    const far = { ...state.seals.get('1')!, height: 2, time: Number.MAX_SAFE_INTEGER };
    const { due, open } = only(duesOf({ ...state, seals: new Map([...state.seals, ['2', far]]) }, ANN));
    expect([due, open]).toEqual([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });
});

describe('what is paid', () => {
  const seals = ['2026-01-10', '2026-04-10'];
  const versions = [{ protocols: [asks(monthly(300))] }];
  const duesWith = (...entries: readonly Entry[]) => only(duesOf(network(seals, versions, undefined, entries), ANN));

  it('is what contributions put on the capital account in that unit, whoever wrote them down, for the earliest first', () => {
    const kind = draftEntry({ what: 'in-kind', member: ANN, unit: 'EUR', amount: 50 });
    const dues = duesWith(paid('p', 300, { time: 2 }), paid('q', 50, kind));
    expect(dues).toMatchObject({ due: 900, paid: 350, open: 550, ahead: 0, openSince: '2026-03-01' });
    expect(dues.why.events).toEqual([ANN, 'v1', 'q', 'p']);
    expect(duesWith(paid('p', 300)).openSince).toBe('2026-03-01');
  });

  it('is not what pays a pledge, what was undone, what others put in, another unit, nor what is no contribution', () => {
    const moved = draftEntry({
      what: 'transfer',
      from: `member:${ANN}`,
      to: `member:${BOB}`,
      unit: 'EUR',
      amount: 300,
    });
    const taken = [
      { account: `member:${ANN}`, unit: 'EUR', amount: 300 },
      { account: 'bank', unit: 'EUR', amount: -300 },
    ];
    const none = duesWith(
      paid('a', 300, { pledge: 'p' }),
      paid('b', 300, { reversedBy: 'c' }),
      paid('c', 300, { kind: 'reversal', reverses: 'b' }),
      paid('d', 300, {}, 'EUR', BOB),
      paid('e', 300, {}, 'CHF'),
      paid('f', 300, moved),
      paid('g', 300, { postings: taken }),
    );
    expect(none).toMatchObject({ paid: 0, open: 900 });
    expect(none.why.events).toEqual([ANN, 'v1']);
  });

  it('is named by its time, then by its id', () => {
    const [p, q, r] = [paid('p', 1), paid('q', 1), paid('r', 1, { time: 0 })];
    for (const order of [
      [p, q, r],
      [r, q, p],
    ])
      expect(duesWith(...order).why.events).toEqual([ANN, 'v1', 'r', 'p', 'q']);
    expect(duesWith(p, q, r).paid).toBe(3);
  });

  it('goes to the earliest period, under whichever version it was asked for', () => {
    const later = { protocols: [asks(monthly(200))], sealed: 2 };
    const openWith = (...entries: readonly Entry[]) => {
      const state = network(['2026-01-10', '2026-03-10', '2026-05-01'], [...versions, later], undefined, entries);
      return only(duesOf(state, ANN)).openSince;
    };
    expect(openWith()).toBe('2026-02-01');
    expect(openWith(paid('p', 700))).toBe('2026-04-01');
  });

  it('just as it is due leaves nothing open', () => {
    const dues = duesWith(paid('p', 900));
    expect(dues).toMatchObject({ due: 900, paid: 900, open: 0, ahead: 0 });
    expect('openSince' in dues).toBe(false);
  });

  it('beyond what is due is ahead, and nothing is open', () => {
    const dues = duesWith(paid('p', 1_000));
    expect(dues).toMatchObject({ due: 900, paid: 1_000, open: 0, ahead: 100 });
    expect('openSince' in dues).toBe(false);
  });

  it('of all is that of each', () => {
    const members = [memberRow(BOB, 2, { sealed: 2 }), memberRow(ANN, 1, { sealed: 1 })];
    const entries = [paid('p', 100), paid('q', 40, {}, 'EUR', BOB)];
    const state = network([...seals, '2026-06-10'], versions, members, entries);
    expect(allDues(state)).toEqual([ANN, BOB].map((member) => ({ member, dues: duesOf(state, member) })));
  });
});

describe('dues, as if counted month by month', () => {
  const day = fc.integer({ min: 0, max: 1_500 }).map((days) => Date.UTC(2024, 0, 1) + days * 86_400_000);
  const due = fc.record({
    type: fc.constantFrom('resident', 'resident', 'resident', 'guest'),
    unit: fc.constantFrom('EUR', 'hour'),
    amount: fc.integer({ min: 1, max: 1_000 }),
    every: fc.constantFrom('month' as const, 'month' as const, 'quarter' as const, 'year' as const),
  });
  const LENGTH = { month: 1, quarter: 3, year: 12 };

  it('are the same for any seals, versions and payments', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { minLength: 2, maxLength: 6 }),
        fc.array(fc.record({ dues: fc.array(due, { maxLength: 3 }), suspended: fc.nat(3).map((of) => of === 0) }), {
          minLength: 1,
          maxLength: 4,
        }),
        // Often the first, so that many versions ask.
        fc.oneof(fc.constant(0), fc.nat(5)),
        fc.option(fc.nat(5)),
        fc.nat(20_000),
        (times, given, isIn, isGone, amount) => {
          const days = [...times].sort((a, b) => a - b);
          const height = (wanted: number): number => (wanted % days.length) + 1;
          const versions = given.map(({ dues, suspended }, index) => ({
            protocols: [asks(...dues)],
            suspended: suspended ? ['dues'] : [],
            sealed: Math.min(index, days.length),
          }));
          const sealed = height(isIn);
          const gone = isGone === null ? null : Math.max(sealed, height(isGone));
          const member = memberRow(ANN, 1, { sealed, ...(gone === null ? {} : { gone, status: 'left' }) });
          const state = network([], versions, [member], amount === 0 ? [] : [paid('p', amount)]);
          const sealRow = (time: number, index: number): [string, Seal] => [
            String(index + 1),
            { height: index + 1, value: 's', previous: 'p', time, digest: 'd', ready: [] },
          ];
          const found = duesOf({ ...state, seals: new Map(days.map(sealRow)) }, ANN);
          for (const unit of ['EUR', 'hour']) {
            let [sum, open] = [0, ''];
            const pays = unit === 'EUR' ? amount : 0;
            for (let month = 2024 * 12; month < 2029 * 12; month++) {
              const begins = Date.UTC(Math.floor(month / 12), month % 12);
              const last = gone === null ? begins <= days.at(-1)! : begins < days[gone - 1]!;
              if (begins < days[sealed - 1]! || !last) continue;
              const inForce = versions.findLast((one, index) => index === 0 || days[one.sealed - 1]! <= begins)!;
              for (const one of inForce.suspended.length > 0 ? [] : given[versions.indexOf(inForce)]!.dues)
                if (one.type === 'resident' && one.unit === unit && month % LENGTH[one.every] === 0) sum += one.amount;
              if (sum > pays && open === '') open = new Date(begins).toISOString().slice(0, 10);
            }
            const row = found.find((one) => one.unit === unit);
            expect([row?.due ?? 0, row?.openSince ?? '']).toEqual([sum, open]);
          }
        },
      ),
    );
  });
});
