import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, admit, certify, group, meet, protocols } from '../../../test/kit/group';
import { hold, withUse } from '../../../test/kit/held';
import { SealingGroup, START } from '../../../test/kit/sealing';
import { PeerholdError } from '../../errors';

type Three = [Person, Person, Person];

/** The code by which the rules refuse, with the clause and the events that they name; null where they do not. */
const refused = async (act: Promise<string>) => {
  try {
    await act;
    return null;
  } catch (error) {
    if (!(error instanceof PeerholdError)) throw error;
    return error.code;
  }
};
const book = (by: Person, resource: string, from: string, until: string) =>
  by.act('use.book', { resource, from, until });
const rowOf = (by: Person, id: string) => by.replica.state.bookings.get(id)!;
const agree = async (people: readonly Person[], proposal: string): Promise<void> => {
  for (const person of people) {
    await meet(people);
    await person.act('ballot.cast', { proposal, choice: 'agree' });
  }
  await meet(people);
};

async function house(params = {}): Promise<{ people: Three; resource: string }> {
  const people = (await group(['ana', 'ben', 'cleo'], withUse(params, protocols({ remove: 'majority' })))) as Three;
  return { people, resource: await hold(people) };
}

describe('a booking', () => {
  it('stands for its dates, and names its clause', async () => {
    const { people, resource } = await house();
    const id = await book(people[0], resource, '2026-08-01', '2026-08-08');
    expect(rowOf(people[0], id)).toMatchObject({
      resource,
      member: people[0].member,
      from: '2026-08-01',
      until: '2026-08-08',
      status: 'stands',
      clashes: [],
      over: [],
      why: { events: [id], clause: { version: people[0].replica.id, protocol: 'use' } },
    });
  });

  it('is refused without dates, of what is not held, by who may not book, and beside a protocol on use', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    const friend = await admit(ana, 'friend', 'supporter');
    const sought = await ana.act('resource.seek', {
      name: { text: 'Boat' },
      about: { text: '' },
      kind: 'boat',
      amount: 1,
      unit: 'EUR',
    });
    expect(await refused(book(ana, resource, '2026-08-02', '2026-08-02'))).toBe('refused-stay-empty');
    expect(await refused(book(ana, resource, '2026-08-02', '2026-08-01'))).toBe('refused-stay-empty');
    expect(await refused(book(ana, sought, '2026-08-01', '2026-08-04'))).toBe('refused-resource-not-held');
    expect(await refused(book(ana, 'ab'.repeat(32), '2026-08-01', '2026-08-04'))).toBe('refused-resource-unknown');
    expect(await refused(book(friend, resource, '2026-08-01', '2026-08-04'))).toBe('refused-not-entitled');
    const without = (await group(['ana', 'ben'])) as [Person, Person];
    expect(await refused(book(without[0], await hold(without), '2026-08-01', '2026-08-04'))).toBe(
      'refused-use-not-agreed',
    );
  });

  it('has at least the shortest stay and at most the longest', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    expect(await refused(book(ana, resource, '2026-08-01', '2026-08-02'))).toBe('refused-stay-too-short');
    expect(await refused(book(ana, resource, '2026-08-01', '2026-08-16'))).toBe('refused-stay-too-long');
    expect(await refused(book(ana, resource, '2026-08-01', '2026-08-03'))).toBeNull();
    expect(await refused(book(ana, resource, '2026-09-01', '2026-09-15'))).toBeNull();
  });

  it('is refused for dates that its author could know to be taken; the day of leaving is free', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    const first = await book(ana, resource, '2026-08-01', '2026-08-08');
    await ben.pull(ana);
    const error = await book(ben, resource, '2026-08-07', '2026-08-10').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'refused-already-booked', params: { protocol: 'use' } });
    const late = await forge(ben, { type: 'use.book', payload: { resource, from: '2026-08-07', until: '2026-08-10' } });
    ben.replica.receive({ events: [late], texts: [] });
    expect(ben.replica.state.withoutEffect.get(late.id)).toMatchObject({
      code: 'already-booked',
      events: [first],
      clause: { protocol: 'use' },
    });
    expect(await refused(book(ben, resource, '2026-08-08', '2026-08-10'))).toBeNull();
  });

  it('counts in the year of its own dates, for each thing or over all', async () => {
    for (const per of ['resource', 'all'] as const) {
      const { people, resource } = await house({ per });
      const [ana] = people;
      const other = await hold(people, 'Boat');
      await book(ana, resource, '2026-12-25', '2027-01-05');
      await book(ana, resource, '2026-03-01', '2026-03-14');
      // 7 nights and 13 in 2026: one is left.
      expect(await refused(book(ana, resource, '2026-05-01', '2026-05-03'))).toBe('refused-quota-exceeded');
      expect(await refused(book(ana, other, '2026-05-01', '2026-05-03'))).toBe(
        per === 'all' ? 'refused-quota-exceeded' : null,
      );
      expect(await refused(book(ana, resource, '2027-05-01', '2027-05-15'))).toBeNull();
    }
  });

  it('may take the last date of a quota; the refusal of more names just what has dates in that year', async () => {
    const { people, resource } = await house({ shortest: 1 });
    const [ana] = people;
    const counted = [
      await book(ana, resource, '2026-01-01', '2026-01-15'),
      await book(ana, resource, '2026-03-01', '2026-03-07'),
      await book(ana, resource, '2026-05-01', '2026-05-02'),
    ];
    await book(ana, resource, '2027-01-01', '2027-01-15');
    const late = await forge(ana, { type: 'use.book', payload: { resource, from: '2026-07-01', until: '2026-07-02' } });
    ana.replica.receive({ events: [late], texts: [] });
    const why = { code: 'quota-exceeded', events: counted.sort() };
    expect(ana.replica.state.withoutEffect.get(late.id)).toMatchObject(why);
  });

  it('of a kind of member without a quota is bounded by the longest stay alone', async () => {
    const { people, resource } = await house({ quotas: [{ type: 'supporter', most: 1 }] });
    for (const month of ['01', '02', '03']) await book(people[0], resource, `2026-${month}-01`, `2026-${month}-15`);
    expect(people[0].replica.state.bookings.size).toBe(3);
  });

  it('stays as it is when members agree on other terms', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    const id = await book(ana, resource, '2026-08-01', '2026-08-15');
    const params = {
      counts: 'nights',
      shortest: 1,
      longest: 7,
      per: 'resource',
      quotas: [{ type: 'resident', most: 7 }],
    };
    const effect = { kind: 'parameters' as const, base: ana.replica.id, protocol: 'use', params };
    const change = await ana.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
    await agree(people.slice(0, 3), change);
    expect(rowOf(people[2], id).status).toBe('stands');
    expect(await refused(book(people[0], resource, '2026-09-01', '2026-09-02'))).toBe('refused-quota-exceeded');
    expect(await refused(book(people[1], resource, '2026-09-01', '2026-09-09'))).toBe('refused-stay-too-long');
  });
});

describe('taking back', () => {
  it('frees the dates and the quota for who knows of it, once, by who booked', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    const id = await book(ana, resource, '2026-08-01', '2026-08-15');
    await ben.pull(ana);
    expect(await refused(ben.act('use.cancel', { booking: id }))).toBe('refused-booking-unknown');
    const cancelled = await ana.act('use.cancel', { booking: id });
    expect(rowOf(ana, id)).toMatchObject({ status: 'cancelled', why: { events: [id, cancelled] } });
    expect(await refused(ana.act('use.cancel', { booking: id }))).toBe('refused-booking-taken-back');
    expect(await refused(book(ana, resource, '2026-09-01', '2026-09-15'))).toBeNull();
    // Ben has not heard of it.
    expect(await refused(book(ben, resource, '2026-08-01', '2026-08-08'))).toBe('refused-already-booked');
    await ben.pull(ana);
    expect(await refused(book(ben, resource, '2026-08-01', '2026-08-08'))).toBeNull();
  });

  it('does not free dates for who had not seen it, wherever it sorts', async () => {
    for (const lower of [true, false]) {
      const { people, resource } = await house();
      const [ana, ben, cleo] = people;
      const id = await book(ana, resource, '2026-08-01', '2026-08-08');
      await ben.pull(ana);
      const cancel = await forge(ana, { type: 'use.cancel', payload: { booking: id } });
      const wanted = { type: 'use.book', payload: { resource, from: '2026-08-01', until: '2026-08-08' } };
      let booking = await forge(ben, wanted);
      while (booking.id < cancel.id !== lower) booking = await forge(ben, { ...wanted, time: booking.time + 1 });
      await cleo.pull(ben);
      cleo.replica.receive({ events: [cancel, booking], texts: [] });
      expect(cleo.replica.state.withoutEffect.get(booking.id)?.code).toBe('already-booked');
      expect(rowOf(cleo, id).status).toBe('cancelled');
    }
  });

  it('is refused once the agreed time has come to the first day', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    const today = new Date(START).toISOString().slice(0, 10);
    const begun = await book(ana, resource, today, '2025-06-08');
    const later = await book(ana, resource, '2026-08-01', '2026-08-08');
    await meet(people);
    await new SealingGroup(people).pass(10);
    expect(ana.replica.state.seals.size).toBeGreaterThan(0);
    expect(await refused(ana.act('use.cancel', { booking: begun }))).toBe('refused-booking-begun');
    expect(await refused(ana.act('use.cancel', { booking: later }))).toBeNull();
  });
});

describe('what waits', () => {
  it('can be given up though it has begun, or nobody ever had the dates', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    const ids = [
      await book(ana, resource, '2025-05-28', '2025-06-04'),
      await book(ben, resource, '2025-05-28', '2025-06-04'),
    ];
    await meet(people);
    await new SealingGroup(people).pass(10);
    expect(await refused(ben.act('use.cancel', { booking: ids[1]! }))).toBeNull();
    expect(rowOf(ben, ids[0]!).status).toBe('stands');
  });
});

describe('what is booked by who leaves or is removed', () => {
  it('ends, but for what had begun; the dates are free', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    const begun = await book(ana, resource, '2025-05-01', '2025-05-08');
    const later = await book(ana, resource, '2026-08-01', '2026-08-08');
    await meet(people);
    await new SealingGroup(people).pass(10);
    const leave = await ana.act('member.leave', {});
    await ben.pull(ana);
    expect(rowOf(ben, begun)).toMatchObject({ status: 'stands' });
    expect(rowOf(ben, later)).toMatchObject({ status: 'ended', why: { events: [later, leave] } });
    expect(await refused(book(ben, resource, '2026-08-01', '2026-08-08'))).toBeNull();
  });

  /** Ben and Cleo decide that Ana has to go, without her; gives the proposal. */
  const remove = async ([ana, ben, cleo]: Three): Promise<string> => {
    const effect = { kind: 'remove' as const, member: ana.member };
    const removal = await ben.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
    await cleo.pull(ben);
    for (const by of [ben, cleo]) await by.act('ballot.cast', { proposal: removal, choice: 'agree' });
    await ben.pull(cleo);
    return removal;
  };
  /** So that what follows sorts behind what the others do in the meantime. */
  const wait = async (by: Person): Promise<void> => {
    for (let count = 0; count < 8; count++) await by.act('member.describe', { name: { text: 'Still here' } });
  };

  it.each([true, false])(
    'ends with the decision to remove, also what was booked without knowing of it, behind: %s',
    async (behind) => {
      const { people, resource } = await house();
      const [ana, ben] = people;
      const known = await book(ana, resource, '2026-08-01', '2026-08-08');
      await meet(people);
      const removal = await remove(people);
      if (behind) await wait(ana);
      const unknown = await book(ana, resource, '2026-09-01', '2026-09-08');
      expect(await refused(book(ben, resource, '2026-08-01', '2026-08-08'))).toBeNull();
      await meet(people);
      for (const { replica } of people) {
        expect(replica.state.members.get(ana.member)!.status).toBe('removed');
        for (const id of [known, unknown])
          expect(replica.state.bookings.get(id)).toMatchObject({ status: 'ended', why: { events: [id, removal] } });
      }
    },
  );

  it('is free for who knows of that alone, wherever they sort, and for all once it is sealed', async () => {
    for (const behind of [true, false]) {
      const { people, resource } = await house();
      const [ana, ben, cleo] = people;
      await book(ana, resource, '2026-08-01', '2026-08-08');
      await meet(people);
      const dora = await certify(cleo, 'cleos phone');
      await meet([...people, dora]);
      await remove(people);
      if (behind) await wait(dora);
      const early = await forge(dora, {
        type: 'use.book',
        payload: { resource, from: '2026-08-01', until: '2026-08-08' },
      });
      dora.replica.receive({ events: [early], texts: [] });
      await ben.pull(dora);
      expect(ben.replica.state.withoutEffect.get(early.id)?.code).toBe('already-booked');
      await meet([ben, cleo]);
      await new SealingGroup([ben, cleo, ana]).pass(10);
      expect(ben.replica.state.seals.size).toBeGreaterThan(0);
      expect(await refused(book(dora, resource, '2026-08-01', '2026-08-08'))).toBe('refused-already-booked');
      // She has still not heard of it, but everybody knows what is sealed.
      const late = await forge(dora, {
        type: 'use.book',
        payload: { resource, from: '2026-08-01', until: '2026-08-08' },
      });
      ben.replica.receive({ events: [late], texts: [] });
      expect(rowOf(ben, late.id).status).toBe('stands');
    }
  });
});
