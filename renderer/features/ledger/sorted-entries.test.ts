import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../shared/network/ledger/model';
import { newestFirst } from '../../../shared/network/ledger/queries';
import { finish } from '../../../shared/steps';
import { MirrorTable, TableDraft } from '../../app/mirror/table';
import { sortedEntries } from './sorted-entries';

const entry = (id: number, time: number): Entry =>
  ({ id: `e${id}`, time, date: `2026-01-0${1 + (time % 3)}` }) as unknown as Entry;

describe('all entries', () => {
  it('are sorted as at once, and again when some have come, changed or gone', () => {
    const change = fc.array(fc.tuple(fc.nat(4_000), fc.option(fc.nat(5_000), { nil: undefined })), { maxLength: 50 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), fc.array(change, { maxLength: 4 }), (many, changes) => {
        const first = Array.from({ length: many }, (_, id): [number, number] => [id, (id * 7) % 1_000]);
        let table = new MirrorTable<Entry>();
        for (const rows of [first, ...changes]) {
          const draft = new TableDraft(table);
          for (const [id, time] of rows) {
            if (time === undefined) draft.delete(`e${id}`);
            else draft.set(`e${id}`, entry(id, time));
          }
          table = draft.done();
          expect(finish(sortedEntries(table))).toEqual([...table.values()].sort(newestFirst));
        }
      }),
      { numRuns: 25 },
    );
  });
});
