import { describe, expect, it } from 'vitest';
import type { Change } from '../../shared/network/state';
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
    expect([store.loaded, times(), ids()]).toEqual([true, 1, ['3', '2']]);
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
});
