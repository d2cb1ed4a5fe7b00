import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, emptyState } from '../../shared/network/state';
import type { WindowCalls } from '../engine/calls';
import { NetworkStore } from './network-store';

const row = (key: string, id: string | undefined): Change =>
  ({ table: 'members', key, row: id === undefined ? undefined : { id } }) as unknown as Change;

function opened() {
  const store = new NetworkStore('n', {} as WindowCalls);
  let shown = 0;
  store.subscribe(() => (shown += 1));
  const receive = (reset: boolean, more: boolean, ...changes: Change[]): void =>
    store.receive({ kind: 'state', network: 'n', reset, more, changes });
  const ids = (): unknown[] => [...store.snapshot().state.members.values()].map(({ id }) => id);
  return { store, receive, ids, times: () => shown };
}

describe('the mirror of a network', () => {
  it('shows a change of many rows when the last of them is here, as one', () => {
    const { store, receive, ids, times } = opened();
    receive(true, true, row('a', '1'));
    receive(false, true, row('b', '2'));
    expect([store.loaded, times(), ids()]).toEqual([false, 0, []]);
    receive(false, false, row('a', '3'));
    expect([times(), ids()]).toEqual([1, ['3', '2']]);
  });

  it('is there once both its rows and where its sync stands are', () => {
    const { store, receive } = opened();
    receive(true, false, row('a', '1'));
    expect(store.loaded).toBe(false);
    store.receive({ kind: 'status', network: 'n', status: { ...store.snapshot().status, events: 1 } });
    expect(store.loaded).toBe(true);
  });

  it('leaves what was shown as it was, and tables that did not change the same', () => {
    const { store, receive, ids } = opened();
    receive(true, false, row('a', '1'));
    const before = store.snapshot().state;
    receive(false, false, row('a', undefined), row('b', '2'));
    expect([...before.members.keys()]).toEqual(['a']);
    expect(ids()).toEqual(['2']);
    expect(store.snapshot().state.proposals).toBe(before.proposals);
    receive(true, false);
    expect(ids()).toEqual([]);
  });

  it('ends the same however its changes are cut into messages, and shows none of them in part', () => {
    const change = fc
      .tuple(fc.constantFrom('members', 'devices'), fc.nat(30), fc.option(fc.nat(), { nil: undefined }))
      .map(([table, key, id]) => ({ ...row(`k${key}`, id?.toString()), table }) as Change);
    const rows = fc.array(change, { maxLength: 25 });
    const changes = fc.array(fc.record({ reset: fc.nat(9).map((one) => one === 0), rows }), { maxLength: 8 });
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.integer({ min: 1, max: 20 })), (all, sizes) => {
        const [whole, cut] = [opened(), opened()];
        for (const { reset, rows: every } of all) {
          const before = contents(cut.store);
          whole.receive(reset, false, ...every);
          for (let from = 0, first = true; first || from < every.length; first = false) {
            expect(contents(cut.store)).toEqual(before);
            const part = every.slice(from, from + sizes.next().value!);
            from += part.length;
            cut.receive(reset && first, from < every.length, ...part);
          }
          expect(contents(cut.store)).toEqual(contents(whole.store));
        }
        expect(contents(whole.store)).toEqual(folded(all));
        expect(cut.times()).toBe(all.length);
      }),
      { numRuns: 50 },
    );
  });
});

const contents = (store: NetworkStore): unknown =>
  Object.entries(store.snapshot().state).map(([table, rows]) => [table, [...rows]]);

/** The same by plain maps. */
function folded(all: readonly { readonly reset: boolean; readonly rows: readonly Change[] }[]): unknown {
  const tables = emptyState() as Record<string, Map<string, unknown>>;
  for (const { reset, rows } of all) {
    if (reset) for (const table of Object.values(tables)) table.clear();
    for (const { table, key, row: one } of rows) {
      if (one === undefined) tables[table]!.delete(key);
      else tables[table]!.set(key, one);
    }
  }
  return Object.entries(tables).map(([table, rows]) => [table, [...rows]]);
}
