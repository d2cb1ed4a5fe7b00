import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { changedApart } from './apart';
import { PAGE_TEXT, pageText } from './pages';
import type { StoredUpdate } from './ports';
import { textToFragment } from './text/canonical';

const [ANNA, BEN, CARL] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];

/** A member's replica: what they write, and what comes from others, is kept with who wrote it. */
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

  get snapshot(): Uint8Array {
    return Y.encodeSnapshot(Y.snapshot(this.doc));
  }

  take(updates: readonly StoredUpdate[]): void {
    for (const update of updates) {
      if (this.stored.includes(update)) continue;
      Y.applyUpdate(this.doc, update.bytes, 'other');
      this.stored.push(update);
    }
  }

  line(index: number): Y.XmlText {
    return (pageText(this.doc).get(index) as Y.XmlElement).get(0) as Y.XmlText;
  }

  /** What each had changed, once the two have met. */
  meet(other: Replica) {
    const meeting = { here: this.snapshot, there: other.snapshot };
    const [mine, theirs] = [[...this.stored], [...other.stored]];
    this.take(theirs);
    other.take(mine);
    return [
      changedApart(this.doc, this.stored, meeting, [PAGE_TEXT], this.member),
      changedApart(other.doc, other.stored, { here: meeting.there, there: meeting.here }, [PAGE_TEXT], other.member),
    ] as const;
  }
}

function pair(markdown: string): readonly [Replica, Replica] {
  const [anna, ben] = [new Replica(ANNA), new Replica(BEN)];
  textToFragment(markdown, pageText(anna.doc));
  ben.take(anna.stored);
  return [anna, ben];
}

describe('a block that two changed apart', () => {
  it('is told with how it was, what each made of it, and what it is now', () => {
    const [anna, ben] = pair('First.\n\nAfter ten we keep it quiet.');
    anna.line(1).insert(0, 'Anna: ');
    ben.line(1).insert(ben.line(1).length, ' Ben too.');
    const [here, there] = anna.meet(ben);
    const texts = {
      before: 'After ten we keep it quiet.',
      merged: 'Anna: After ten we keep it quiet. Ben too.',
    };
    const [hers, his] = ['Anna: After ten we keep it quiet.', 'After ten we keep it quiet. Ben too.'];
    expect(here).toMatchObject([{ ...texts, mine: hers, theirs: his, who: [BEN] }]);
    expect(there).toMatchObject([{ ...texts, mine: his, theirs: hers, who: [ANNA] }]);
    expect(here[0]!.block).toEqual(there[0]!.block);
  });

  it('is one also where one of the two deleted it', () => {
    const [anna, ben] = pair('First.\n\nSecond.');
    pageText(anna.doc).delete(1, 1);
    ben.line(1).insert(0, 'Not ');
    const [here, there] = anna.meet(ben);
    expect(here).toMatchObject([{ before: 'Second.', mine: null, theirs: 'Not Second.', merged: null }]);
    expect(there).toMatchObject([{ before: 'Second.', mine: 'Not Second.', theirs: null, merged: null }]);
  });

  it('is none where they changed different ones, or one had seen the other’s change', () => {
    const [anna, ben] = pair('First.\n\nSecond.');
    anna.line(0).insert(0, 'Anna: ');
    ben.line(1).insert(0, 'Ben: ');
    expect(anna.meet(ben)).toEqual([[], []]);
    ben.line(0).insert(0, 'Ben after Anna: ');
    expect(anna.meet(ben)).toEqual([[], []]);
    anna.line(0).insert(0, 'Anna once more: ');
    expect(anna.meet(ben)).toEqual([[], []]);
  });

  it('is none where one put it back as it was', () => {
    const [anna, ben] = pair('First.');
    anna.line(0).insert(0, 'x');
    anna.line(0).delete(0, 1);
    ben.line(0).insert(0, 'Ben: ');
    expect(anna.meet(ben)).toEqual([[], []]);
  });

  it('is this member’s only if they changed it, and names who else did', () => {
    const [anna, ben] = pair('First.\n\nSecond.');
    const carl = new Replica(CARL);
    carl.take(ben.stored);
    carl.line(0).insert(0, 'Carl: ');
    ben.take(carl.stored);
    ben.line(0).insert(0, 'Ben: ');
    anna.line(0).insert(6, ' Anna.');
    const [here, there] = anna.meet(ben);
    expect(here.map(({ who }) => who)).toEqual([[BEN, CARL]]);
    expect(there.map(({ who }) => who)).toEqual([[ANNA]]);
  });

  it('is not told to who only carries what another wrote', () => {
    const [anna, ben] = pair('First.');
    const carl = new Replica(CARL);
    carl.take(anna.stored);
    carl.line(0).insert(0, 'Carl: ');
    anna.take(carl.stored);
    ben.line(0).insert(6, ' Ben.');
    const [here, there] = anna.meet(ben);
    expect(here).toEqual([]);
    expect(there.map(({ who }) => who)).toEqual([[CARL]]);
  });

  it('is found in lists and tables as well, as the whole block', () => {
    const [anna, ben] = pair('- one\n- two');
    const item = (replica: Replica, index: number) =>
      (((pageText(replica.doc).get(0) as Y.XmlElement).get(index) as Y.XmlElement).get(0) as Y.XmlElement).get(
        0,
      ) as Y.XmlText;
    item(anna, 0).insert(0, 'number ');
    item(ben, 1).insert(0, 'number ');
    const [here] = anna.meet(ben);
    expect(here).toMatchObject([
      { before: '- one\n- two', mine: '- number one\n- two', theirs: '- one\n- number two' },
    ]);
  });
});

it('is nothing, and throws nothing, for whatever is given as snapshots', () => {
  const [anna] = pair('First.');
  anna.line(0).insert(0, 'x');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (here, there) => {
      expect(changedApart(anna.doc, anna.stored, { here, there }, [PAGE_TEXT], ANNA)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const change = fc.record({ line: fc.nat(3), at: fc.nat(12), insert: fc.constantFrom('x', 'yy zz'), remove: fc.nat(3) });

it('is each block, and no other, of which the two made something else than it was before they parted', () => {
  const lines = ['Alpha one here', 'Bravo two here', 'Charlie three here', 'Delta four here'];
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 3 }),
      fc.array(change, { maxLength: 4 }),
      fc.array(change, { maxLength: 4 }),
      (together, hers, his) => {
        const [anna, ben] = pair(lines.join('\n\n'));
        const write = (replica: Replica, changes: typeof hers): void => {
          for (const { line, at, insert, remove } of changes)
            // At once, as an editor replaces what is selected.
            replica.doc.transact(() => {
              const text = replica.line(line);
              const from = Math.min(at, text.length);
              text.delete(from, Math.min(remove, text.length - from));
              text.insert(from, insert);
            });
        };
        // As canonical text has it.
        const texts = (replica: Replica) =>
          lines.map((_, index) => replica.line(index).toString().replace(/\s+/g, ' ').trim());
        write(anna, together);
        anna.meet(ben);
        write(ben, together);
        anna.meet(ben);
        const before = texts(anna);
        write(anna, hers);
        write(ben, his);
        const [one, two] = [texts(anna), texts(ben)];
        const expected = before.filter((text, index) => one[index] !== text && two[index] !== text);
        const [here, there] = anna.meet(ben);
        expect(here.map((found) => found.before)).toEqual(expected);
        expect(there.map((found) => found.before)).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
});
