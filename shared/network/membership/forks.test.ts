import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, group } from '../../../test/kit/group';
import { type Entry, UNSEALED } from '../../record/entry';
import type { SignedEvent } from '../../record/event';
import { Replica } from '../../replica/replica';
import { Tables } from '../tables';
import { deviceRefusal, freezeForked, noteFork } from './forks';
import type { Device } from './model';

const note = (payload: unknown) => ({ type: 'note', payload });

/** Two lying devices: one forks twice, one once; and everybody honest. */
async function liars(): Promise<{ ana: Person; ben: Person; cleo: Person; events: SignedEvent[] }> {
  const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
  const bens = await Promise.all([forge(ben, note('one')), forge(ben, note('other'))]);
  const cleos = await Promise.all([forge(cleo, note('one')), forge(cleo, note('other'))]);
  const next = (by: Person, event: SignedEvent, payload: unknown) =>
    forge(by, { ...note(payload), sequence: event.sequence + 1, previous: event.id, parents: [] });
  const later = [await next(ben, bens[0], 1), await next(ben, bens[1], 2), await next(cleo, cleos[0], 3)];
  return { ana, ben, cleo, events: [...bens, ...cleos, ...later] };
}

/** The rows of devices as a fold over these entries leaves them. */
function fold(order: readonly Entry[], record: Replica['record'], devices: ReadonlyMap<string, Device>): Tables {
  const tables = new Tables();
  for (const { fork: _fork, ...row } of devices.values()) tables.set('devices', row.id, { ...row, status: 'active' });
  for (const entry of order) noteFork(tables, record.siblings(entry), entry);
  return tables;
}

describe('the row of a device that forked', () => {
  it('holds the first proof in the order of the fold, whatever the order of delivery', async () => {
    const { ana, ben, cleo, events } = await liars();
    const all = [...(await ana.batch()).events, ...events];
    const rowsOf = (order: readonly SignedEvent[]) => {
      const replica = new Replica(ana.replica.id);
      for (const event of order) replica.receive({ events: [event], texts: [] });
      // What was refused as one branch too many while others were missing would be asked for; here it just comes again.
      replica.receive({ events: order, texts: [] });
      expect(replica.record.size).toBe(all.length);
      return [...fold(replica.order, replica.record, ana.replica.state.devices).state.devices];
    };
    const expected = new Map(rowsOf(all));
    expect(expected.get(ben.signer.device)!.fork).toEqual([events[0]!.id, events[1]!.id].sort());
    expect(expected.get(cleo.signer.device)!.fork).toEqual([events[2]!.id, events[3]!.id].sort());
    expect(expected.get(ana.signer.device)!.fork).toBeUndefined();
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(new Map(rowsOf(order))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('is not touched by a sibling that no cut or later order has reached yet', async () => {
    const { ana, ben, events } = await liars();
    const { replica } = ana;
    replica.receive({ events: events.slice(0, 2), texts: [] });
    const [first, second] = replica.order.filter(({ device }) => device === ben.signer.device) as [Entry, Entry];
    const upTo = (last: Entry) => replica.order.slice(0, replica.order.indexOf(last) + 1);
    const at = (last: Entry) => fold(upTo(last), replica.record, replica.state.devices).get('devices', first.device)!;
    expect(at(first).fork).toBeUndefined();
    expect(at(second).fork).toEqual([first.id, second.id].sort());
  });

  it('names the first two of the fold, seal by seal, where the device’s certificate had effect only after both', () => {
    const sibling = (id: string, seal: number, depth: number) => ({ id, seal, depth, device: 'phone' }) as Entry;
    const shallow = sibling('a', 2, 3);
    const first = sibling('c', 1, 7);
    const second = sibling('b', 1, 7);
    const last = sibling('d', UNSEALED, 1);
    const tables = new Tables();
    tables.set('devices', 'phone', { id: 'phone', member: 'ben', label: '', status: 'active', why: { events: [] } });
    const mark = tables.mark;
    for (const siblings of [
      [shallow, second, first, last],
      [last, first, second, shallow],
    ]) {
      noteFork(tables, siblings, last);
      expect(tables.get('devices', 'phone')!.fork).toEqual(['b', 'd']);
      tables.rollback(mark);
    }
  });

  it('is frozen at the end of the cut that holds the proof, and from there the device has no effect', async () => {
    const { ana, ben, events } = await liars();
    ana.replica.receive({ events: events.slice(0, 2), texts: [] });
    const tables = fold(ana.replica.order, ana.replica.record, ana.replica.state.devices);
    const row = () => tables.get('devices', ben.signer.device)!;
    expect(row().status).toBe('active');
    expect(deviceRefusal(row())).toBeUndefined();
    const mark = tables.mark;
    freezeForked(tables);
    expect(row().status).toBe('frozen');
    expect(deviceRefusal(row())).toEqual({ code: 'device-frozen', events: row().fork });
    expect(tables.get('devices', ana.signer.device)!.status).toBe('active');
    tables.rollback(mark);
    expect(row().status).toBe('active');
    tables.set('devices', row().id, { ...row(), status: 'revoked' });
    freezeForked(tables);
    expect(row().status).toBe('revoked');
    expect(deviceRefusal(row())).toEqual({ code: 'device-not-active' });
    expect(deviceRefusal(undefined)).toEqual({ code: 'device-not-active' });
  });
});
