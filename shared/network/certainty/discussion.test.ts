import { describe, expect, it } from 'vitest';
import { type Judged, discussionOf } from './discussion';
import type { CertaintyLevel } from './model';

const judged = (kind: Judged['kind'], level: CertaintyLevel, count = 1): Judged => ({
  kind,
  id: `${kind} ${level} ${count}`,
  title: '',
  certainty: { level, reasons: [{ level, code: 'quiet', count, why: { events: [] } }] },
});
const ids = (rows: readonly Judged[]): readonly string[] => rows.map(({ id }) => id);

describe('what needs more discussion', () => {
  it('is all that is not adopted, protocols and pages, but pages that were never decided on', () => {
    const all = (['protocol', 'page'] as const).flatMap((kind) =>
      (['adopted', 'untested', 'stale', 'contested', 'review'] as const).map((level) => judged(kind, level)),
    );
    const { open, settled, undecided } = discussionOf(all);
    expect(ids(open)).toEqual([
      'protocol review 1',
      'page review 1',
      'protocol contested 1',
      'page contested 1',
      'protocol untested 1',
      'protocol stale 1',
      'page stale 1',
    ]);
    expect(ids(settled)).toEqual(['protocol adopted 1', 'page adopted 1']);
    expect(undecided).toBe(1);
  });

  it('has within a level what there is most reason for first, and else the order that was given', () => {
    const rows = [judged('page', 'stale', 400), judged('page', 'stale', 900), judged('protocol', 'stale', 370)];
    expect(ids(discussionOf(rows).open)).toEqual(['protocol stale 370', 'page stale 900', 'page stale 400']);
    const same = [
      { ...judged('page', 'stale'), id: 'b' },
      { ...judged('page', 'stale'), id: 'a' },
    ];
    expect(ids(discussionOf(same).open)).toEqual(['b', 'a']);
  });
});
