import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NETWORK_KEY, emptyState } from '../state';
import { Tables } from '../tables';
import { stateDigest } from './digest';

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('set' as const), key: fc.integer({ min: 0, max: 40 }), name: fc.nat(3) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rollback' as const), by: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ask' as const) }) },
);

describe('the digest of the state', () => {
  it('made step by step is that of the whole, whatever was set and undone between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const tables = new Tables();
        for (const one of steps) {
          if (one.do === 'set') tables.set('balances', `b${one.key}`, { name: one.name } as never);
          if (one.do === 'rollback') tables.rollback(Math.max(0, tables.mark - one.by));
          if (one.do === 'forget') tables.forgetUndo();
          if (one.do === 'ask') expect(tables.digest).toBe(stateDigest(tables.state));
        }
        expect(tables.digest).toBe(stateDigest(tables.state));
      }),
    );
  });

  it('hangs on the table, the key and the row, and not on the order in which they were set', () => {
    const of = (...rows: [table: 'balances' | 'network', key: string, row: unknown][]): string => {
      const state = emptyState();
      for (const [table, key, row] of rows) (state[table] as Map<string, unknown>).set(key, row);
      return stateDigest(state);
    };
    const digests = [
      of(),
      of(['balances', 'a', { x: 1 }]),
      of(['balances', 'a', { x: 2 }]),
      of(['balances', 'b', { x: 1 }]),
      of(['network', 'a', { x: 1 }]),
      of(['balances', 'a', { x: 1 }], ['network', NETWORK_KEY, { x: 1 }]),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    expect(of(['balances', 'b', { y: 2 }], ['balances', 'a', { x: 1 }])).toBe(
      of(['balances', 'a', { x: 1 }], ['balances', 'b', { y: 2 }]),
    );
  });
});
