import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Device } from './membership/model';
import { Tables } from './tables';

const device = (id: string, label: string) => ({ id, label }) as Device;

describe('the tables', () => {
  it('undo back to a mark, row by row, and not beyond what was made final', () => {
    const tables = new Tables();
    const labels = () => [...tables.state.devices.values()].map(({ id, label }) => `${id} ${label}`);
    tables.set('devices', 'a', device('a', 'one'));
    const mark = tables.mark;
    tables.set('devices', 'a', device('a', 'two'));
    tables.set('devices', 'b', device('b', 'new'));
    tables.set('devices', 'a', device('a', 'three'));
    const { digest } = tables;
    tables.rollback(mark);
    expect(labels()).toEqual(['a one']);
    expect(tables.digest).not.toBe(digest);
    for (const [id, label] of [
      ['b', 'new'],
      ['a', 'three'],
    ] as const)
      tables.set('devices', id, device(id, label));
    expect(tables.digest).toBe(digest);
    tables.forgetUndo();
    expect(tables.mark).toBe(0);
    tables.set('devices', 'b', device('b', 'newer'));
    tables.rollback(0);
    expect(labels()).toEqual(['a three', 'b new']);
  });

  it('tell which rows changed since they were last asked, as they are now', () => {
    const tables = new Tables();
    tables.set('devices', 'a', device('a', 'one'));
    expect(tables.takeChanges()).toEqual([{ table: 'devices', key: 'a', row: device('a', 'one') }]);
    expect(tables.takeChanges()).toEqual([]);
    const mark = tables.mark;
    tables.set('devices', 'b', device('b', 'new'));
    tables.takeChanges();
    tables.set('devices', 'c', device('c', 'never told'));
    tables.rollback(mark);
    expect(tables.takeChanges()).toEqual([{ table: 'devices', key: 'b', row: undefined }]);
  });

  it('tell whoever mirrors them all that changed, whatever was set, undone and made final in between', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('set' as const), key, label: fc.string({ maxLength: 2 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), share: fc.nat(3) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('final' as const) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const tables = new Tables();
        const mirror = new Map<string, unknown>();
        const take = () => {
          for (const { key: changed, row } of tables.takeChanges())
            if (row === undefined) mirror.delete(changed);
            else mirror.set(changed, row);
        };
        for (const one of steps) {
          if (one.do === 'set') tables.set('devices', one.key, device(one.key, one.label));
          else if (one.do === 'undo') tables.rollback(Math.floor((tables.mark * one.share) / 3));
          else if (one.do === 'take') take();
          else tables.forgetUndo();
        }
        take();
        expect(mirror).toEqual(tables.state.devices);
      }),
    );
  });
});
