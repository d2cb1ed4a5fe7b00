import { describe, expect, it } from 'vitest';
import { protocolChanges, sameValue } from './changes';

const protocol = (id: string, text = 'words', params: unknown = {}, title = id) => ({
  id,
  kind: 'practice' as const,
  title,
  text,
  params,
});

describe('protocolChanges', () => {
  it('leaves out what is equal', () => {
    expect(protocolChanges([protocol('a')], [protocol('a')])).toEqual([]);
  });

  it('tells text, title and parameters apart', () => {
    const before = [protocol('a', 'one'), protocol('b'), protocol('c', 'x', { free: 1 })];
    const after = [protocol('a', 'two'), protocol('b', 'words', {}, 'B'), protocol('c', 'x', { free: 2 })];
    expect(protocolChanges(before, after).map(({ id, title, text, params }) => ({ id, title, text, params }))).toEqual([
      { id: 'a', title: false, text: true, params: false },
      { id: 'b', title: true, text: false, params: false },
      { id: 'c', title: false, text: false, params: true },
    ]);
  });

  it('lists what was added in its place and what was dropped at the end', () => {
    const changes = protocolChanges([protocol('gone'), protocol('kept')], [protocol('new'), protocol('kept')]);
    expect(changes.map((change) => [change.id, change.before === undefined, change.after === undefined])).toEqual([
      ['new', true, false],
      ['gone', false, true],
    ]);
  });

  it('compares texts as it is told', () => {
    const same = (a: string, b: string) => a.trim() === b.trim();
    expect(protocolChanges([protocol('a', 'one')], [protocol('a', ' one\n')], same)).toEqual([]);
  });
});

describe('sameValue', () => {
  it('ignores the order of keys and heeds the order of lists', () => {
    expect(sameValue({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameValue(null, {})).toBe(false);
    expect(sameValue([], {})).toBe(false);
  });
});
