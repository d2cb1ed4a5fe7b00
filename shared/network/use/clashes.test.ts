import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Person, certify, group, meet } from '../../../test/kit/group';
import { hold, withUse } from '../../../test/kit/held';
import { SealingGroup } from '../../../test/kit/sealing';
import { Replica } from '../../replica/replica';
import { stateDigest } from '../digest/digest';
import { addDays } from './days';

type Three = [Person, Person, Person];
const book = (by: Person, resource: string, from: string, until: string) =>
  by.act('use.book', { resource, from, until });
const rowOf = (by: Person, id: string) => by.replica.state.bookings.get(id);
const everywhere = (people: readonly Person[], id: string) => people.map((by) => rowOf(by, id)?.status);

async function house(params = {}): Promise<{ people: Three; resource: string }> {
  const people = (await group(['ana', 'ben', 'cleo'], withUse(params))) as Three;
  return { people, resource: await hold(people) };
}

describe('two who booked the same dates without knowing of each other', () => {
  it('both wait, each naming the other, until one gives way', async () => {
    const { people, resource } = await house();
    const [ana, ben] = people;
    const one = await book(ana, resource, '2026-08-01', '2026-08-08');
    const other = await book(ben, resource, '2026-08-07', '2026-08-14');
    await meet(people);
    for (const by of people) {
      expect(rowOf(by, one)).toMatchObject({ status: 'waiting', clashes: [other] });
      expect(rowOf(by, other)).toMatchObject({ status: 'waiting', clashes: [one] });
    }
    await ben.act('use.cancel', { booking: other });
    await meet(people);
    expect(everywhere(people, one)).toEqual(['stands', 'stands', 'stands']);
    expect(rowOf(ana, one)!.clashes).toEqual([]);
  });

  it('wait both where one cut has them, also after the seal; there a third one is refused', async () => {
    const { people, resource } = await house();
    const [ana, ben, cleo] = people;
    const sealing = new SealingGroup(people);
    const one = await book(ana, resource, '2026-08-01', '2026-08-08');
    const other = await book(ben, resource, '2026-08-01', '2026-08-08');
    await meet(people);
    await sealing.pass(10);
    expect([...everywhere(people, one), ...everywhere(people, other)]).toEqual(Array(6).fill('waiting'));
    await expect(book(cleo, resource, '2026-08-01', '2026-08-08')).rejects.toMatchObject({
      code: 'refused-already-booked',
    });
    await ana.act('use.cancel', { booking: one });
    await meet(people);
    await sealing.pass(10);
    expect(everywhere(people, other)).toEqual(['stands', 'stands', 'stands']);
  });

  it('settle it by the first seal where only one of them is in its cut', async () => {
    const { people, resource } = await house();
    const [ana, ben, cleo] = people;
    const dora = await certify(cleo, 'cleos phone');
    await meet([...people, dora]);
    const sealing = new SealingGroup(people);
    await sealing.pass(10);
    // Cleo’s phone is away and books; the others seal what Ben booked.
    const late = await book(dora, resource, '2026-08-01', '2026-08-08');
    const first = await book(ben, resource, '2026-08-07', '2026-08-14');
    await meet(people);
    await sealing.pass(10);
    await meet([...people, dora]);
    for (const { replica } of [ana, ben, cleo, dora]) {
      expect(replica.state.bookings.get(first)).toMatchObject({ status: 'stands', clashes: [] });
      expect(replica.state.withoutEffect.get(late)).toMatchObject({ code: 'already-booked', events: [first] });
    }
  });

  it('leave a third one that only one of them keeps waiting, once that one gives way', async () => {
    const { people, resource } = await house();
    const [ana, ben, cleo] = people;
    const ids = [
      await book(ana, resource, '2026-08-01', '2026-08-05'),
      await book(ben, resource, '2026-08-03', '2026-08-09'),
      await book(cleo, resource, '2026-08-07', '2026-08-12'),
    ];
    await meet(people);
    expect(ids.map((id) => rowOf(ana, id)!.clashes.length)).toEqual([1, 2, 1]);
    await ben.act('use.cancel', { booking: ids[1]! });
    await meet(people);
    expect(ids.map((id) => rowOf(cleo, id)!.status)).toEqual(['stands', 'cancelled', 'stands']);
  });
});

describe('one who goes beyond the quota by two devices that did not know of each other', () => {
  it('has to choose: those that the others bring beyond it wait, what came before does not', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    const phone = await certify(ana, 'anas phone');
    const before = await book(ana, resource, '2026-01-01', '2026-01-11');
    await phone.pull(ana);
    const one = await book(ana, resource, '2026-08-01', '2026-08-09');
    const other = await book(phone, resource, '2026-09-01', '2026-09-09');
    const all = [...people, phone];
    await meet(all);
    for (const by of all) {
      expect(rowOf(by, before)).toMatchObject({ status: 'stands', over: [] });
      expect(rowOf(by, one)).toMatchObject({ status: 'waiting', over: [other], clashes: [] });
      expect(rowOf(by, other)).toMatchObject({ status: 'waiting', over: [one], clashes: [] });
    }
    await phone.act('use.cancel', { booking: one });
    await meet(all);
    expect(everywhere(all, other)).toEqual(Array(4).fill('stands'));
  });

  it('does not go beyond it by its last date, and one date is enough to', async () => {
    const { people, resource } = await house({ shortest: 1 });
    const [ana] = people;
    const phone = await certify(ana, 'anas phone');
    const long = await book(ana, resource, '2026-08-01', '2026-08-15');
    const rest = await book(phone, resource, '2026-09-01', '2026-09-08');
    const next = await book(phone, resource, '2027-09-01', '2027-09-08');
    const all = [...people, phone];
    await meet(all);
    for (const id of [long, rest, next]) expect(rowOf(ana, id)).toMatchObject({ status: 'stands', over: [] });
    // 14, 6 and 1 fit; who booked one more knew of just two of them.
    await phone.act('use.cancel', { booking: rest });
    await meet(all);
    const [six, one] = [
      await book(ana, resource, '2026-10-01', '2026-10-07'),
      await book(phone, resource, '2026-11-01', '2026-11-02'),
    ];
    const far = await book(phone, resource, '2027-10-01', '2027-10-08');
    const two = await book(phone, resource, '2026-12-01', '2026-12-02');
    await meet(all);
    expect(rowOf(ana, six)).toMatchObject({ status: 'waiting', over: [one, two].sort() });
    expect(rowOf(ana, two)).toMatchObject({ status: 'waiting', over: [six] });
    for (const id of [long, one, next, far]) expect(rowOf(ana, id)).toMatchObject({ status: 'stands', over: [] });
  });

  it('waits for both reasons where the dates are the same, and for none once one is taken back', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    const phone = await certify(ana, 'anas phone');
    const one = await book(ana, resource, '2026-08-01', '2026-08-15');
    const other = await book(phone, resource, '2026-08-01', '2026-08-15');
    await meet([ana, phone]);
    expect(rowOf(ana, one)).toMatchObject({ status: 'waiting', clashes: [other], over: [other] });
    await ana.act('use.cancel', { booking: other });
    expect(rowOf(ana, one)).toMatchObject({ status: 'stands', clashes: [], over: [] });
  });

  it('is no matter in another year, or of another thing where quotas are for each', async () => {
    const { people, resource } = await house();
    const [ana] = people;
    const boat = await hold(people, 'Boat');
    const phone = await certify(ana, 'anas phone');
    const ids = [
      await book(ana, resource, '2026-08-01', '2026-08-15'),
      await book(phone, resource, '2027-08-01', '2027-08-15'),
      await book(phone, boat, '2026-09-01', '2026-09-15'),
    ];
    await meet([...people, phone]);
    expect(ids.map((id) => rowOf(ana, id)!.status)).toEqual(['stands', 'stands', 'stands']);
  });
});

const moves = fc.array(
  fc.record({
    who: fc.nat({ max: 3 }),
    what: fc.constantFrom('book', 'book', 'book', 'cancel', 'pull', 'leave'),
    from: fc.nat({ max: 20 }),
    length: fc.integer({ min: 2, max: 9 }),
    pick: fc.nat(),
  }),
  { minLength: 4, maxLength: 24 },
);

describe('bookings', () => {
  it('come out alike in any order of arrival; what holds for the same dates waits, all of it', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (list) => {
        const { people, resource } = await house({ quotas: [{ type: 'resident', most: 12 }] });
        const all = [...people, await certify(people[0], 'anas phone')];
        await meet(all);
        for (const { who, what, from, length, pick } of list) {
          const by = all[who]!;
          const start = addDays('2026-12-20', from);
          const own = [...by.replica.state.bookings.keys()].sort();
          if (what === 'pull') await by.pull(all[pick % 4]!);
          const act =
            what === 'book'
              ? book(by, resource, start, addDays(start, length))
              : what === 'cancel' && own.length > 0
                ? by.act('use.cancel', { booking: own[pick % own.length]! })
                : what === 'leave' && pick % 7 === 0
                  ? by.act('member.leave', {})
                  : Promise.resolve();
          await act.catch((error: unknown) => expect(String(error)).toContain('refused'));
        }
        await meet(all);
        await meet(all);
        const fresh = new Replica(people[0].replica.id);
        fresh.receive(await people[1].batch());
        for (const { replica } of all) expect(stateDigest(replica.state)).toBe(stateDigest(fresh.state));
        const rows = [...fresh.state.bookings.values()];
        const holding = rows.filter(({ status }) => status === 'stands' || status === 'waiting');
        for (const row of holding) {
          const same = holding.filter((other) => other !== row && row.from < other.until && other.from < row.until);
          expect(row.clashes).toEqual(same.map(({ id }) => id).sort());
          expect(row.status).toBe(row.clashes.length + row.over.length > 0 ? 'waiting' : 'stands');
          for (const id of row.over) expect(fresh.state.bookings.get(id)!.member).toBe(row.member);
        }
        // What stands is within the quota, year by year.
        for (const year of ['2026', '2027'])
          for (const { member } of holding) {
            const nights = holding
              .filter((row) => row.member === member && row.status === 'stands')
              .flatMap((row) =>
                Array.from({ length: 9 }, (_, at) => addDays(row.from, at)).filter((at) => at < row.until),
              );
            expect(nights.filter((night) => night.startsWith(year)).length).toBeLessThanOrEqual(12);
          }
      }),
      { numRuns: 25 },
    );
  });
});
