import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet, protocols } from '../../../test/kit/group';
import { hold, withUse } from '../../../test/kit/held';
import { rowsOf } from '../../../test/kit/rows';
import { SealingGroup } from '../../../test/kit/sealing';
import type { PeerholdError } from '../../errors';
import { needsOf } from '../needs/needs';
import type { Booking } from './model';
import {
  bookingsFor,
  foreseeBooking,
  foreseeCancelling,
  foreseeUse,
  lastDate,
  quotaOf,
  stayOf,
  waitingBookings,
} from './queries';
import { termsFor } from './terms';

const stateOf = (by: Person) => by.replica.state;

/** The code with which the rules refuse it in fact; undefined where they do not. */
async function toldBy(act: Promise<string>): Promise<string | undefined> {
  return act.then(
    () => undefined,
    (error: unknown) => (error as PeerholdError).code.replace('refused-', ''),
  );
}
const book = (by: Person, resource: string, from: string, until: string) =>
  toldBy(by.act('use.book', { resource, from, until }));
const foreseen = (by: Person, resource: string, from: string, until: string) =>
  foreseeBooking(stateOf(by), { member: by.member, resource, from, until });

async function house() {
  const people = (await group(['ana', 'ben'], withUse())) as [Person, Person];
  return { people, resource: await hold(people) };
}

describe('what is foreseen of a booking', () => {
  it('is what the rules say then, with the facts', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    const friend = await admit(ana, 'friend', 'supporter');
    const stays = [
      ['2026-08-01', '2026-08-01', 'stay-empty'],
      ['2026-08-01', '2026-08-02', 'stay-too-short'],
      ['2026-08-01', '2026-09-02', 'stay-too-long'],
      ['2026-08-01', '2026-08-15', undefined],
      ['2026-08-14', '2026-08-16', 'already-booked'],
      ['2026-09-01', '2026-09-09', 'quota-exceeded'],
      ['2026-12-28', '2027-01-08', undefined],
    ] as const;
    for (const [from, until, code] of stays) {
      expect(foreseen(ana, resource, from, until)?.code).toBe(code);
      expect(await book(ana, resource, from, until)).toBe(code);
    }
    expect(foreseen(friend, resource, '2028-01-01', '2028-01-04')).toMatchObject({
      code: await book(friend, resource, '2028-01-01', '2028-01-04'),
      facts: [{ kind: 'right', right: 'book', type: 'supporter', entitled: ['resident'] }],
    });
    expect(foreseen(ana, resource, '2027-02-01', '2027-02-16')).toMatchObject({
      clause: { protocol: 'use' },
      facts: [{ kind: 'stay', wanted: 15, shortest: 2, longest: 14 }],
    });
    expect(foreseen(ana, resource, '2026-12-01', '2026-12-06')).toMatchObject({
      code: 'quota-exceeded',
      events: bookingsFor(stateOf(ana), resource)
        .map(({ id }) => id)
        .sort(),
      facts: [{ kind: 'quota', year: '2026', most: 21, had: 18, wanted: 5 }],
    });
    await ben.pull(ana);
    await ben.act('member.leave', {});
    expect(foreseen(ben, resource, '2028-01-01', '2028-01-04')?.code).toBe('author-left');
    expect(foreseeUse(stateOf(ana), { member: ana.member, resource })).toBeUndefined();
    expect(foreseeUse(stateOf(ana), { member: friend.member, resource })?.code).toBe('not-entitled');
    const [alone] = (await group(['ana'], protocols())) as [Person];
    const clause = { version: alone.replica.id, protocol: 'decisions' };
    expect(foreseeUse(stateOf(alone), { member: alone.member, resource })).toMatchObject({
      code: 'use-not-agreed',
      clause,
    });
  });

  it('is what is left of the quota, year by year', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    await book(ana, resource, '2026-12-28', '2027-01-08');
    const of = { member: ana.member, resource };
    const terms = termsFor(stateOf(ana), ana.member)!;
    expect(quotaOf(stateOf(ana), terms, of, '2026')).toMatchObject({ most: 21, had: 4 });
    expect(quotaOf(stateOf(ana), terms, of, '2027')).toMatchObject({ most: 21, had: 7 });
    expect(quotaOf(stateOf(ana), terms, of, '2028')).toEqual({ year: '2028', most: 21, had: 0, bookings: [] });
  });

  it('of taking back too', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    await book(ana, resource, '2025-05-30', '2025-06-08');
    await book(ana, resource, '2027-05-30', '2027-06-08');
    await meet(people);
    await new SealingGroup(people).pass(10);
    const [begun, ahead] = bookingsFor(stateOf(ana), resource);
    for (const booking of [begun!, ahead!]) {
      const code = foreseeCancelling(stateOf(ana), booking)?.code;
      expect(await toldBy(ana.act('use.cancel', { booking: booking.id }))).toBe(code);
    }
    expect(foreseeCancelling(stateOf(ana), begun!)?.code).toBe('booking-begun');
    expect(foreseeCancelling(stateOf(ana), stateOf(ana).bookings.get(ahead!.id)!)?.code).toBe('booking-taken-back');
  });

  it('has words for every code', () => {
    const words = JSON.parse(readFileSync(new URL('../../words/en/effects.json', import.meta.url), 'utf8')) as object;
    const sources = ['refusals', 'rules', 'queries'].map((file) =>
      readFileSync(new URL(`./${file}.ts`, import.meta.url), 'utf8'),
    );
    const codes = sources.flatMap((source) =>
      [...source.matchAll(/(?:refuse\(|code: )'([a-z-]+)'/g)].map(([, code]) => code!),
    );
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !Object.hasOwn(words, code))).toEqual([]);
  });
});

describe('bookings', () => {
  const row = (id: string, from: string, until: string, fields: Partial<Booking> = {}): Booking => ({
    ...{ id, resource: 'house', member: 'ann', from, until, status: 'waiting', clashes: [], over: [], time: 1 },
    why: { events: [id] },
    ...fields,
  });

  it('are by their dates, then by their ids, whatever the order of the table; those alone that take dates', () => {
    const rows = [
      row('d', '2026-08-01', '2026-08-03'),
      row('b', '2026-08-01', '2026-08-03'),
      row('a', '2026-08-01', '2026-08-04'),
      row('c', '2026-07-30', '2026-08-09'),
      row('e', '2026-08-02', '2026-08-03', { status: 'stands' }),
      row('f', '2026-08-01', '2026-08-03', { status: 'cancelled' }),
      row('g', '2026-08-01', '2026-08-03', { status: 'ended' }),
      row('h', '2026-08-01', '2026-08-03', { resource: 'boat', member: 'ben' }),
    ];
    for (const bookings of [rowsOf(...rows), rowsOf(...[...rows].reverse())]) {
      const ids = (found: readonly Booking[]) => found.map(({ id }) => id).join('');
      expect(ids(bookingsFor({ bookings }, 'house'))).toBe('cbdae');
      expect(ids(waitingBookings({ bookings }, 'ann'))).toBe('cbda');
    }
  });

  it('of other members, and those that were taken back, are not of a quota; one date is', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    const state = stateOf(ana);
    const fields = { resource, member: ana.member, status: 'stands' } as const;
    const bookings = rowsOf(
      row('c', '2026-08-01', '2026-08-02', fields),
      row('b', '2026-08-01', '2026-08-03', { ...fields, status: 'cancelled' }),
      row('a', '2026-01-01', '2026-01-05', { ...fields, member: ben.member }),
    );
    const terms = termsFor(state, ana.member)!;
    const quota = quotaOf({ ...state, bookings }, terms, { resource, member: ana.member }, '2026');
    expect(quota).toEqual({ year: '2026', most: 21, had: 1, bookings: ['c'] });
  });

  it('beyond the quota of one year tell of that year alone', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    await book(ana, resource, '2026-02-01', '2026-02-15');
    await book(ana, resource, '2026-03-01', '2026-03-05');
    await book(ana, resource, '2027-02-01', '2027-02-15');
    // 18 and 14 of 21 are had; three more are the last of 2026, eight too many for 2027.
    expect(foreseen(ana, resource, '2026-12-29', '2027-01-09')?.facts).toEqual([
      { kind: 'quota', counts: 'nights', year: '2027', most: 21, had: 14, wanted: 8 },
    ]);
  });
});

describe('a stay as people name it', () => {
  it('ends on the day of leaving where nights are counted, and on the last day else', () => {
    expect(stayOf('2026-08-01', '2026-08-08', 'nights')).toEqual({ from: '2026-08-01', until: '2026-08-08' });
    expect(stayOf('2026-08-01', '2026-08-08', 'days')).toEqual({ from: '2026-08-01', until: '2026-08-09' });
    for (const counts of ['nights', 'days'] as const)
      expect(lastDate(stayOf('2026-08-01', '2026-08-08', counts), counts)).toBe('2026-08-08');
  });
});

describe('what needs somebody', () => {
  it('is a booking that waits, and each of both until one gives way', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    for (const by of people) await book(by, resource, '2026-08-01', '2026-08-08');
    await meet(people);
    const needs = (by: Person) => needsOf(stateOf(by), by.member, 0).filter(({ kind }) => kind === 'booking');
    const [own] = [...stateOf(ana).bookings.values()].filter(({ member }) => member === ana.member);
    expect(needs(ana)).toEqual([{ kind: 'booking', booking: own!.id, resource }]);
    expect(needs(ben)).toHaveLength(1);
    await ana.act('use.cancel', { booking: own!.id });
    await ben.pull(ana);
    expect([...needs(ana), ...needs(ben)]).toEqual([]);
  });
});
