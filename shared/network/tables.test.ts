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

  it('tell which rows were touched since they were last asked, as they are now', () => {
    const tables = new Tables();
    tables.set('devices', 'a', device('a', 'one'));
    expect(tables.takeChanges()).toEqual([{ table: 'devices', key: 'a', row: device('a', 'one') }]);
    expect(tables.takeChanges()).toEqual([]);
    const mark = tables.mark;
    tables.set('devices', 'b', device('b', 'new'));
    tables.rollback(mark);
    expect(tables.takeChanges()).toEqual([{ table: 'devices', key: 'b', row: undefined }]);
  });
});
