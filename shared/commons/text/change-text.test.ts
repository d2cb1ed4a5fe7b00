import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { nodes } from '../../../test/kit/rich-text';
import { anchorOf, locate } from '../passages/anchor';
import { FlatText } from '../passages/flat-text';
import { pageText } from '../pages';
import { canonicalText, textToFragment } from './canonical';
import { blockIndex, blockText, changeOneBlock, changeText } from './change-text';
import { isFamiliar } from './familiar';
import { writeNodes } from './fragment-write';
import { parseMarkdown } from './parse';
import { markdownOf } from './write';

function pageOf(markdown: string): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  textToFragment(markdown, pageText(doc));
  return doc;
}

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc({ gc: false });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
const meet = (one: Y.Doc, two: Y.Doc): void => {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
};
const textOf = (doc: Y.Doc): string => canonicalText(pageText(doc));

/** How many characters a change inserted and deleted. */
function cost(doc: Y.Doc, markdown: string): number {
  const before = Y.snapshot(doc);
  changeText(pageText(doc), markdown);
  const after = Y.snapshot(doc);
  const deleted = ({ ds }: Y.Snapshot) => [...ds.clients.values()].flat().reduce((sum, { len }) => sum + len, 0);
  const made = ({ sv }: Y.Snapshot) => [...sv.values()].reduce((sum, clock) => sum + clock, 0);
  return made(after) - made(before) + deleted(after) - deleted(before);
}

describe('changing a text to another', () => {
  it('ends with the other, whatever the two are, as a text that the editor can hold', () => {
    fc.assert(
      fc.property(nodes, nodes, (from, to) => {
        const doc = new Y.Doc({ gc: false });
        writeNodes(pageText(doc), parseMarkdown(markdownOf(from)));
        const markdown = markdownOf(to);
        changeText(pageText(doc), markdown);
        expect(textOf(doc)).toBe(markdown);
        expect(isFamiliar(pageText(doc))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('ends with the other also where what stands there is none that an editor would write', () => {
    fc.assert(
      fc.property(nodes, nodes, (from, to) => {
        const doc = new Y.Doc({ gc: false });
        writeNodes(pageText(doc), from);
        pageText(doc).insert(0, [new Y.XmlText('bare'), new Y.XmlElement('whiteboard')]);
        changeText(pageText(doc), markdownOf(to));
        expect(textOf(doc)).toBe(markdownOf(to));
      }),
      { numRuns: 120 },
    );
  });

  it('writes nothing where there is no difference', () => {
    fc.assert(
      fc.property(nodes, (all) => {
        const doc = pageOf(markdownOf(all));
        expect(cost(doc, markdownOf(all))).toBe(0);
      }),
      { numRuns: 120 },
    );
  });

  it('changes words, marks, items, rows and attributes, and no more', () => {
    const cases = [
      ['We meet once a month in the kitchen.', 'We meet twice a month in the kitchen.', 10],
      ['We meet **once** a month in the kitchen.', 'We meet once a month in the kitchen.', 4],
      ['- one\n- two\n- three', '- one\n- three', 10],
      ['- [ ] sweep\n- [ ] wash', '- [x] sweep\n- [ ] wash', 2],
      ['| a | b |\n| --- | --- |\n| long one | 2 |', '| a | b |\n| --- | --- |\n| long one | 3 |', 2],
      ['# Title here', '## Title here', 2],
      ['First line\\\nand second', 'First line\\\nand another', 14],
      ['> One said\n>\n> two said', '> One said\n>\n> three said', 9],
    ] as const;
    for (const [from, to, most] of cases) {
      const doc = pageOf(from);
      expect([to, cost(doc, to) <= most]).toEqual([to, true]);
      expect(textOf(doc)).toBe(to);
    }
  });

  it('leaves the empty line alone in which somebody is about to write', () => {
    const doc = pageOf('One.\n\nTwo.');
    const line = new Y.XmlElement('paragraph');
    pageText(doc).insert(2, [line]);
    changeText(pageText(doc), 'One.\n\nTwo and a half.');
    expect(pageText(doc).get(2)).toBe(line);
  });
});

/** Blocks that can be told apart, each with a word of its own and some that all have. */
const block = (n: number): string => `Block number${n} says word${n * 7} and thing${n * 13} here.`;
const steps = fc.array(fc.constantFrom('keep', 'drop', 'edit', 'insert'), { minLength: 1, maxLength: 12 });

/** A text, and another that has some of its blocks as they are: which, by their places in both. */
function pairOf(plan: readonly string[]) {
  const [from, to]: [string[], string[]] = [[], []];
  const kept: string[] = [];
  plan.forEach((step, n) => {
    if (step !== 'insert') from.push(block(n));
    if (step === 'keep') kept.push(block(n));
    if (step === 'keep') to.push(block(n));
    if (step === 'edit') to.push(block(n).replace('says', 'never says'));
    if (step === 'insert') to.push(`Fresh line${n} between others${n}.`);
  });
  return { from: from.join('\n\n'), to: to.join('\n\n'), kept };
}

it('keeps what is tied to a place in a block that is in both, and what another writes there meanwhile', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const { from, to, kept } = pairOf(plan);
      const doc = pageOf(from);
      const other = copyOf(doc);
      const flat = new FlatText(pageText(doc));
      const anchors = flat.pieces
        .filter(({ text }) => kept.includes(text))
        .map(({ at, size, text }) => ({ anchor: anchorOf(flat, { from: at + 6, to: at + size - 6 })!, text }));
      expect(anchors).toHaveLength(kept.length);
      for (const piece of new FlatText(pageText(other)).pieces)
        if (kept.includes(piece.text)) (piece.type as Y.XmlText).insert(piece.size - 1, ' too');
      changeText(pageText(doc), to);
      expect(textOf(doc)).toBe(to);
      // By their characters alone: without words to be found by.
      const only = ({ start, end }: (typeof anchors)[number]['anchor']) => ({
        ...{ start, end },
        ...{ quote: '', before: '', after: '' },
      });
      const now = new FlatText(pageText(doc));
      for (const { anchor, text } of anchors)
        expect(now.words(locate(doc, now, only(anchor))!)).toBe(text.slice(6, text.length - 6));
      meet(doc, other);
      const merged = to.split('\n\n').map((line) => (kept.includes(line) ? line.replace(/\.$/, ' too.') : line));
      for (const one of [doc, other]) expect(textOf(one)).toBe(merged.join('\n\n'));
    }),
    { numRuns: 120 },
  );
});

it('keeps what another writes meanwhile in another part of a block that it changes', () => {
  const doc = pageOf('We meet once a month, and Anna brings the cake.');
  const other = copyOf(doc);
  const words = (pageText(other).get(0) as Y.XmlElement).get(0) as Y.XmlText;
  words.insert(words.length - 1, ' and the tea');
  changeText(pageText(doc), 'We meet twice a month, and Anna brings the cake.');
  meet(doc, other);
  for (const one of [doc, other])
    expect(textOf(one)).toBe('We meet twice a month, and Anna brings the cake and the tea.');
});

it('of two who take back the same at the same time the second takes nothing more', () => {
  const doc = pageOf('One.\n\nTwo.\n\nThree.');
  const other = copyOf(doc);
  for (const one of [doc, other]) changeText(pageText(one), 'One.\n\nThree.');
  meet(doc, other);
  for (const one of [doc, other]) expect(textOf(one)).toBe('One.\n\nThree.');
});

describe('changing one block', () => {
  const numberOf = (doc: Y.Doc, index: number) => {
    const { _item: item } = pageText(doc).get(index) as unknown as { readonly _item: Y.Item };
    return [item.id.client, item.id.clock] as const;
  };

  it('changes it and no other', () => {
    const doc = pageOf('One.\n\nTwo is here.\n\nThree.');
    const block = numberOf(doc, 1);
    changeOneBlock(pageText(doc), block, null, 'Two was here.');
    expect(textOf(doc)).toBe('One.\n\nTwo was here.\n\nThree.');
    expect([blockIndex(pageText(doc), block), blockText(pageText(doc), block)]).toEqual([1, 'Two was here.']);
    changeOneBlock(pageText(doc), block, null, 'Two was here.\n\nAnd more.');
    expect(textOf(doc)).toBe('One.\n\nTwo was here.\n\nAnd more.\n\nThree.');
    changeOneBlock(pageText(doc), block, null, null);
    expect(textOf(doc)).toBe('One.\n\nAnd more.\n\nThree.');
    expect([blockIndex(pageText(doc), block), blockText(pageText(doc), block)]).toEqual([-1, null]);
  });

  it('puts it back behind the one before, or first', () => {
    const doc = pageOf('One.\n\nTwo.\n\nThree.');
    const [one, two] = [numberOf(doc, 0), numberOf(doc, 1)];
    pageText(doc).delete(1, 1);
    changeOneBlock(pageText(doc), two, one, 'Two again.');
    expect(textOf(doc)).toBe('One.\n\nTwo again.\n\nThree.');
    changeOneBlock(pageText(doc), two, null, 'Zero.');
    changeOneBlock(pageText(doc), two, two, 'Before all.');
    expect(textOf(doc)).toBe('Before all.\n\nZero.\n\nOne.\n\nTwo again.\n\nThree.');
  });
});
