import { describe, expect, it } from 'vitest';
import { PUBLICATION, type Person, group, protocols } from '../../../test/kit/group';
import { TEXT, proposalRow, rowsOf } from '../../../test/kit/rows';
import { SealingGroup } from '../../../test/kit/sealing';
import { emptyState } from '../state';
import type { Publication } from './model';
import { publicOf, publicPages, publicationsOf, publishingOf } from './queries';

const words = (text: string) => ({ title: { text: 'T' }, text: { text } });

describe('what is known of a page', () => {
  it('is in one order, whatever that of the table', () => {
    const row = (id: string, time: number): Publication => ({
      ...{ id, page: 'a', title: TEXT, text: TEXT, by: 'ann', status: 'public', withdrawals: [], time },
      why: { events: [id] },
    });
    const rows = [row('c', 1), row('b', 2), row('a', 2), row('d', 2)];
    for (const order of [rows, [...rows].reverse()]) {
      const state = { publications: rowsOf(...order) };
      expect(publicPages(state).map(({ id }) => id)).toEqual(['a', 'b', 'd', 'c']);
      // Without a proposal a page was published by one alone.
      const proposals = rowsOf(...['b', 'c', 'd'].map((id) => proposalRow(id, { status: 'adopted' })));
      expect(publishingOf({ ...emptyState(), ...state, proposals }, 'a').adopted).toEqual(['b', 'd', 'c']);
    }
  });

  it('is what is public of it, all that was, and the proposals about it', async () => {
    const sealing = new SealingGroup(await group(['ana'], [...protocols({ none: 'majority' }), PUBLICATION]));
    const [ana] = sealing.people as [Person];
    const open = (page: string, text: string): Promise<string> => {
      const effect = { kind: 'publish' as const, page, ...words(text) };
      return ana.act('proposal.open', { ...words('W'), effect, deadline: 0 });
    };
    const first = await ana.act('page.publish', { page: 'a', ...words('One.') });
    const decided = await open('a', 'Two.');
    await ana.act('ballot.cast', { proposal: decided, choice: 'agree' });
    const other = await ana.act('page.publish', { page: 'b', ...words('Other.') });
    const [waiting] = [await open('a', 'Three.'), await open('b', 'Four.')];
    const { state } = ana.replica;
    expect(publicPages(state)).toEqual([]);
    await sealing.pass(3);
    expect(publicPages(state).map(({ id }) => id)).toEqual([other, decided]);
    expect(publicOf(state, 'a')?.id).toBe(decided);
    expect(publicOf(state, 'none')).toBeUndefined();
    expect(publicationsOf(state, 'a').map(({ id, status }) => [id, status])).toEqual([
      [decided, 'public'],
      [first, 'replaced'],
    ]);
    expect(publishingOf(state, 'a')).toEqual({ open: [waiting], adopted: [decided] });
    await ana.act('page.withdraw', { page: 'a' });
    expect(publicPages(ana.replica.state).map(({ id }) => id)).toEqual([other]);
  });
});
