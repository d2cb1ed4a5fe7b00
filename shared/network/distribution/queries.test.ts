import { describe, expect, it } from 'vitest';
import { memberRow, proposalRow, rowsOf } from '../../../test/kit/rows';
import type { Allowance } from '../ledger/model';
import { partId } from '../ledger/payments';
import { partsFor, partsIn } from './queries';

const part = (decision: string, member: string, amount: number, spent: number): Allowance => ({
  id: partId(decision, member),
  unit: 'EUR',
  amount,
  spent,
  entries: [],
  member,
  why: { events: [decision] },
});
/** What a decision lets members spend, which is nobody's part. */
const spending: Allowance = {
  ...{ id: 'd1', unit: 'EUR', amount: 9, spent: 0, entries: [] },
  why: { events: ['d1'] },
};
const decided = (id: string, sealed: number) => proposalRow(id, { status: 'adopted', sealed });

/** Both ways round, since the order of a table's rows is not that of the record. */
const bothWays = (...rows: readonly Allowance[]) => [rowsOf(...rows), rowsOf(...[...rows].reverse())];

describe('the parts of a distribution', () => {
  it('are those that one decision gave, in the order in which their members joined, with what is open', () => {
    const members = rowsOf(memberRow('zoe', 1), memberRow('ann', 2), memberRow('mia', 3));
    const rows = [
      part('d1', 'mia', 5, 0),
      part('d1', 'ann', 5, 2),
      part('d1', 'zoe', 5, 5),
      part('d2', 'ann', 7, 0),
      spending,
    ];
    for (const allowances of bothWays(...rows))
      expect(partsIn({ allowances, members }, 'd1').map(({ part: { member }, open }) => [member, open])).toEqual([
        ['zoe', 0],
        ['ann', 3],
        ['mia', 5],
      ]);
  });

  it('are open by nothing where more was paid than they are', () => {
    const members = rowsOf(memberRow('ann', 1));
    const [only] = partsIn({ allowances: rowsOf(part('d1', 'ann', 5, 8)), members }, 'd1');
    expect(only).toMatchObject({ decision: 'd1', open: 0 });
  });

  it('of a member are what is open first, then the newest; of one seal by their ids', () => {
    const proposals = rowsOf(decided('a', 3), decided('b', 3), decided('c', 4), decided('d', 5), decided('e', 2));
    const rows = [
      part('a', 'ann', 5, 0),
      part('b', 'ann', 5, 4),
      part('c', 'ann', 5, 5),
      part('d', 'ann', 5, 5),
      part('e', 'ann', 1, 0),
      part('e', 'ben', 1, 0),
      spending,
    ];
    for (const allowances of bothWays(...rows)) {
      const own = partsFor({ allowances, proposals }, 'ann');
      expect(own.map(({ decision, open }) => [decision, open])).toEqual([
        ['a', 5],
        ['b', 1],
        ['e', 1],
        ['d', 0],
        ['c', 0],
      ]);
    }
  });
});
