import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { nodes } from '../../../test/kit/rich-text';
import { pageText } from '../pages';
import { canonicalText, textToFragment } from '../text/canonical';
import { writeNodes } from '../text/fragment-write';
import { type Anchor, anchorOf, locate } from './anchor';
import { FlatText, blockRange } from './flat-text';

function pageOf(markdown: string): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  textToFragment(markdown, pageText(doc));
  return doc;
}

const flat = (doc: Y.Doc) => new FlatText(pageText(doc));

/** Chooses these words of one line, where the text has them first. */
function choose(doc: Y.Doc, words: string): Anchor {
  const text = flat(doc);
  const piece = text.pieces.find((one) => one.text.includes(words))!;
  const from = piece.at + piece.text.indexOf(words);
  return anchorOf(text, { from, to: from + words.length })!;
}

function shown(doc: Y.Doc, anchor: Anchor): string | null {
  const text = flat(doc);
  const range = locate(doc, text, anchor);
  return range === null ? null : text.words(range);
}

const blockOf = (doc: Y.Doc, index: number): Y.XmlElement => pageText(doc).get(index) as Y.XmlElement;
const lineOf = (doc: Y.Doc, index: number): Y.XmlText => blockOf(doc, index).get(0) as Y.XmlText;

/** As an editor splits a block: what is behind the caret goes, and is written anew in a block below. */
function split(doc: Y.Doc, index: number, at: number): void {
  doc.transact(() => {
    const line = lineOf(doc, index);
    const rest = line.toString().slice(at);
    line.delete(at, rest.length);
    const below = new Y.XmlElement('paragraph');
    below.insert(0, [new Y.XmlText(rest)]);
    pageText(doc).insert(index + 1, [below]);
  });
}

describe('a passage', () => {
  it('keeps its words, whatever is written before, behind and beside it', () => {
    const doc = pageOf('After ten we keep it quiet.\n\nSecond.');
    const anchor = choose(doc, 'keep it quiet');
    lineOf(doc, 0).insert(0, 'Every day: ');
    lineOf(doc, 0).insert(lineOf(doc, 0).length - 1, ' indeed');
    pageText(doc).insert(0, [new Y.XmlElement('paragraph')]);
    expect(shown(doc, anchor)).toBe('keep it quiet');
  });

  it('grows by what is written in it and shrinks by what is deleted of it', () => {
    const doc = pageOf('After ten we keep it quiet.');
    const anchor = choose(doc, 'keep it quiet');
    lineOf(doc, 0).insert(lineOf(doc, 0).toString().indexOf('it quiet'), 'all of ');
    expect(shown(doc, anchor)).toBe('keep all of it quiet');
    lineOf(doc, 0).delete(lineOf(doc, 0).toString().indexOf('keep'), 'keep '.length);
    expect(shown(doc, anchor)).toBe('all of it quiet');
  });

  it('is gone with its words, also where others are written in their place', () => {
    const doc = pageOf('After ten we keep it quiet.');
    const anchor = choose(doc, 'keep it quiet');
    const line = lineOf(doc, 0);
    const at = line.toString().indexOf('keep');
    doc.transact(() => {
      line.delete(at, 'keep it quiet'.length);
      line.insert(at, 'sing');
    });
    expect(shown(doc, anchor)).toBeNull();
  });

  it.each([
    ['before it', 'After ten '],
    ['in it', 'After ten we keep'],
    ['behind it', 'After ten we keep it quiet here'],
  ])('stays where its block is split %s', (_, head) => {
    const doc = pageOf('After ten we keep it quiet here, always.');
    const anchor = choose(doc, 'we keep it quiet');
    split(doc, 0, head.length);
    expect(shown(doc, anchor)!.replace(/\s+/g, '')).toBe('wekeepitquiet');
  });

  it('stays where its block is joined to the one above, or wrapped anew', () => {
    const doc = pageOf('First.\n\nAfter ten we keep it quiet.');
    const anchor = choose(doc, 'keep it quiet');
    doc.transact(() => {
      const words = lineOf(doc, 1).toString();
      pageText(doc).delete(1, 1);
      lineOf(doc, 0).insert(lineOf(doc, 0).length, ` ${words}`);
    });
    expect(shown(doc, anchor)).toBe('keep it quiet');
    textToFragment('- One\n- After ten we keep it quiet.', pageText(doc));
    expect(shown(doc, anchor)).toBe('keep it quiet');
  });

  it('of words that stand in several places is not found in another one once its own is gone', () => {
    const doc = pageOf('The roof leaks a lot.\n\nNobody knows why the roof is red.');
    const anchor = choose(doc, 'roof');
    lineOf(doc, 0).delete(0, lineOf(doc, 0).length);
    expect(shown(doc, anchor)).toBeNull();
  });

  it('over several blocks is what is left of it', () => {
    const doc = pageOf('One two.\n\nThree four.\n\nFive six.');
    const text = flat(doc);
    const [first, last] = [text.pieces[0]!, text.pieces[2]!];
    const anchor = anchorOf(text, { from: first.at + 4, to: last.at + 4 })!;
    expect(anchor.quote).toBe('two.\nThree four.\nFive');
    pageText(doc).delete(0, 1);
    expect(shown(doc, anchor)).toBe('Three four.\nFive');
    const other = pageOf('One two.\n\nThree four.');
    const over = anchorOf(flat(other), { from: 5, to: 16 })!;
    pageText(other).delete(1, 1);
    expect([over.quote, shown(other, over)]).toEqual(['two.\nThree', 'two.']);
  });

  it('can be a picture or a mention', () => {
    const id = 'ab'.repeat(32);
    const doc = pageOf(`![The roof](peerhold:file/${id})\n\nAsk [@Anna](peerhold:member/${id}) now.`);
    const text = flat(doc);
    const picture = anchorOf(text, { from: 0, to: 1 })!;
    expect(picture.quote).toBe('The roof');
    const mention = text.pieces.find((piece) => piece.text === '@Anna')!;
    const anchor = anchorOf(text, { from: mention.at, to: mention.at + 1 })!;
    lineOf(doc, 1).insert(0, 'Do ');
    expect([shown(doc, picture), shown(doc, anchor)]).toEqual(['The roof', '@Anna']);
    pageText(doc).delete(0, 1);
    expect([shown(doc, picture), shown(doc, anchor)]).toEqual([null, '@Anna']);
  });

  it('needs a character', () => {
    const doc = pageOf('One  two.\n\nThree.');
    expect(anchorOf(flat(doc), { from: 2, to: 2 })).toBeNull();
    expect(anchorOf(flat(doc), { from: 4, to: 5 })).toBeNull();
  });

  it('of another document, or that nobody wrote, is nowhere', () => {
    const doc = pageOf('After ten we keep it quiet.');
    const anchor = { quote: 'sing', before: '', after: '' };
    for (const id of [
      [0, 0],
      [doc.clientID, 999_999],
      [2 ** 53 - 1, 2 ** 53 - 1],
    ] as const)
      expect(shown(doc, { ...anchor, start: id, end: id })).toBeNull();
    expect([...doc.share.keys()]).toEqual(['text']);
  });
});

/** Something that a writer does to the line: deletes some of it, and writes there. */
const edits = fc.array(fc.record({ at: fc.nat(60), remove: fc.nat(12), insert: fc.constantFrom('', 'x', 'xx xx') }), {
  maxLength: 8,
});

it('is from the first to the last of its characters that are left, the same for both, whatever two write apart', () => {
  // Each character once, so that what is left of the passage can be told without the code that is tested.
  const line = Array.from({ length: 40 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');
  fc.assert(
    fc.property(fc.nat(35), fc.integer({ min: 1, max: 20 }), edits, edits, (start, length, one, two) => {
      const docs = [pageOf(line), new Y.Doc({ gc: false })] as const;
      Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
      const chosen = line.slice(start, start + length);
      const anchor = choose(docs[0], chosen);
      docs.forEach((doc, index) => {
        for (const { at, remove, insert } of [one, two][index]!) {
          const text = lineOf(doc, 0);
          const from = Math.min(at, text.length);
          text.delete(from, Math.min(remove, text.length - from));
          text.insert(from, insert);
        }
      });
      Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]));
      Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
      const now = lineOf(docs[0], 0).toString();
      const left = [...now].flatMap((character, index) => (chosen.includes(character) ? [index] : []));
      const expected = left.length === 0 ? null : now.slice(left[0], left.at(-1)! + 1);
      for (const doc of docs) {
        const found = shown(doc, anchor);
        // What was written in it at the edges of what is left is a part of it.
        const own = (found ?? '').replace(/^[x ]+|[x ]+$/g, '');
        expect(own === '' ? null : own).toBe(expected);
        expect(found).toBe(shown(docs[0], anchor));
      }
    }),
    { numRuns: 250 },
  );
});

it('stays with its words through any text that it stands in, and choosing it writes nothing into the text', () => {
  fc.assert(
    fc.property(nodes, nodes, (above, below) => {
      const doc = new Y.Doc({ gc: false });
      writeNodes(pageText(doc), above);
      const at = pageText(doc).length;
      textToFragmentAtEnd(doc, 'We choose exactly these words here.');
      writeNodes(pageText(doc), below);
      const before = [canonicalText(pageText(doc)), Y.encodeStateVector(doc)];
      const anchor = choose(doc, 'exactly these words');
      expect([canonicalText(pageText(doc)), Y.encodeStateVector(doc)]).toEqual(before);
      expect(shown(doc, anchor)).toBe('exactly these words');
      if (at > 0) pageText(doc).delete(0, at);
      expect(shown(doc, anchor)).toBe('exactly these words');
    }),
    { numRuns: 200 },
  );
});

function textToFragmentAtEnd(doc: Y.Doc, words: string): void {
  writeNodes(pageText(doc), [{ type: 'paragraph', spans: [{ text: words, marks: {} }] }]);
}

it('counts blocks as their characters and both ends', () => {
  const id = 'ab'.repeat(32);
  const doc = pageOf(`One.\n\n- a\n- b\n\n![x](peerhold:file/${id})\n\nLast.`);
  const ranges = [0, 1, 2, 3].map((index) => blockRange(pageText(doc), index));
  expect(ranges).toEqual([
    { from: 0, to: 6 },
    { from: 6, to: 18 },
    { from: 18, to: 19 },
    { from: 19, to: 26 },
  ]);
  expect(ranges.map((range) => flat(doc).words(range))).toEqual(['One.', 'a\nb', 'x', 'Last.']);
});
