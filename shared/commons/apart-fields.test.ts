import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { fieldsApart } from './apart-fields';
import { addProtocol, draftField, draftProtocols, removeProtocol, setDraftField, setParams, setTitle } from './draft';
import type { StoredUpdate } from './ports';

const [ANNA, BEN] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];

/** A member's draft: what they write, and what comes from others, is kept with who wrote it. */
class Replica {
  readonly doc = new Y.Doc({ gc: false });
  readonly stored: StoredUpdate[] = [];
  readonly member: string;

  constructor(member: string) {
    this.member = member;
    this.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== 'other') this.stored.push({ bytes, member, time: 1 });
    });
  }

  take(updates: readonly StoredUpdate[]): void {
    for (const update of updates) {
      if (this.stored.includes(update)) continue;
      Y.applyUpdate(this.doc, update.bytes, 'other');
      this.stored.push(update);
    }
  }

  /** What is told to each, once the two have met. */
  meet(other: Replica) {
    const [here, there] = [this, other].map(({ doc }) => Y.encodeSnapshot(Y.snapshot(doc))) as [Uint8Array, Uint8Array];
    const [mine, theirs] = [[...this.stored], [...other.stored]];
    this.take(theirs);
    other.take(mine);
    const told = ({ doc, stored, member }: Replica, meeting: { here: Uint8Array; there: Uint8Array }) =>
      fieldsApart(
        doc,
        stored,
        meeting,
        draftProtocols(doc).map(({ id }) => id),
        member,
      );
    return [told(this, { here, there }), told(other, { here: there, there: here })] as const;
  }
}

function pair(): readonly [Replica, Replica] {
  const [anna, ben] = [new Replica(ANNA), new Replica(BEN)];
  addProtocol(anna.doc, { id: 'care', kind: 'practice', title: 'Care', params: {} });
  addProtocol(anna.doc, { id: 'spending', kind: 'spending', title: 'Spending', params: { unit: 'EUR', free: 1 } });
  ben.take(anna.stored);
  return [anna, ben];
}

const spend = ({ doc }: Replica, free: number): void => setParams(doc, 'spending', { unit: 'EUR', free });
const json = (free: number): string => JSON.stringify({ unit: 'EUR', free });

describe('a title or parameters that two changed apart', () => {
  it('are told to both, each with what they had before and what each made of it', () => {
    const [anna, ben] = pair();
    setTitle(anna.doc, 'care', 'Care and repairs');
    spend(anna, 2);
    spend(anna, 3);
    setTitle(ben.doc, 'care', 'Looking after it');
    spend(ben, 9);
    const [hers, his] = anna.meet(ben);
    const title = { protocol: 'care', field: 'title', before: 'Care' };
    const params = { protocol: 'spending', field: 'params', before: json(1) };
    expect(hers).toEqual([
      { ...title, mine: 'Care and repairs', theirs: 'Looking after it', who: [BEN] },
      { ...params, mine: json(3), theirs: json(9), who: [BEN] },
    ]);
    expect(his).toEqual([
      { ...title, mine: 'Looking after it', theirs: 'Care and repairs', who: [ANNA] },
      { ...params, mine: json(9), theirs: json(3), who: [ANNA] },
    ]);
    expect(draftField(anna.doc, 'care', 'title')).toBe(draftField(ben.doc, 'care', 'title'));
  });

  it('are not where only one changed it, where the other had seen the change, where both made the same, or one put it back', () => {
    const [anna, ben] = pair();
    setTitle(anna.doc, 'care', 'Care and repairs');
    spend(ben, 9);
    expect(anna.meet(ben)).toEqual([[], []]);
    setTitle(ben.doc, 'care', 'Looking after it');
    expect(anna.meet(ben)).toEqual([[], []]);
    for (const { doc } of [anna, ben]) setTitle(doc, 'care', 'Keeping it');
    spend(anna, 4);
    spend(anna, 9);
    spend(ben, 7);
    expect(anna.meet(ben)).toEqual([[], []]);
  });

  it('are not of a protocol that one of them dropped, and settle as any change of the draft', () => {
    const [anna, ben] = pair();
    removeProtocol(anna.doc, 'care');
    setTitle(ben.doc, 'care', 'Looking after it');
    spend(anna, 2);
    spend(ben, 9);
    const [hers] = anna.meet(ben);
    expect(hers.map(({ protocol }) => protocol)).toEqual(['spending']);
    setDraftField(anna.doc, 'spending', 'params', hers[0]!.theirs);
    expect(anna.meet(ben)).toEqual([[], []]);
    expect(draftProtocols(ben.doc).map(({ params }) => params)).toEqual([{ unit: 'EUR', free: 9 }]);
  });
});
