import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { keepChange, keptChanges } from './draft-changes';
import { keepParagraph, keptParagraphs, paragraphsOf, putParagraphBack } from './draft-paragraphs';
import { canonicalText, textToFragment } from './text/canonical';
import { changeText } from './text/change-text';
import { parseMarkdown } from './text/parse';
import { markdownOf } from './text/write';

const IN_FORCE = '## Rules\n\nQuiet after ten.\n\nClean up.\n\n- one\n- two';

function draft(now: string, inForce = IN_FORCE): Y.XmlFragment {
  const fragment = new Y.Doc().getXmlFragment('protocol:care');
  textToFragment(inForce, fragment);
  changeText(fragment, now);
  return fragment;
}

const changes = (fragment: Y.XmlFragment, inForce = IN_FORCE) =>
  paragraphsOf(fragment, inForce).filter(({ mark }) => mark !== null);
const marks = (fragment: Y.XmlFragment): readonly string[] => changes(fragment).map(({ mark }) => mark!);

describe('the paragraphs of a draft', () => {
  it('stand beside those in force, with what differs named', () => {
    const now = '## Rules\n\nQuiet after eleven.\n\n- one\n- two\n\nNo dogs.';
    const rows = paragraphsOf(draft(now), IN_FORCE);
    expect(rows.map(({ before, now: words, mark }) => [before, words, mark !== null])).toEqual([
      ['## Rules', '## Rules', false],
      ['Quiet after ten.', 'Quiet after eleven.', true],
      ['Clean up.', null, true],
      ['- one\n- two', '- one\n- two', false],
      [null, 'No dogs.', true],
    ]);
  });

  it('name a change the same in another copy, and two alike each by itself', () => {
    const now = `${IN_FORCE}\n\nNo dogs.\n\nNo dogs.`;
    const [one, two] = marks(draft(now));
    expect(marks(draft(now))).toEqual([one, two]);
    expect(one).not.toBe(two);
  });

  it('are put back one by one, where they stood, and nothing else is', () => {
    const fragment = draft('Quiet after eleven.\n\n- one\n- two\n\nNo dogs.');
    const put = (before: string | null) =>
      putParagraphBack(fragment, IN_FORCE, changes(fragment).find((one) => one.before === before)!.mark!);
    put('Clean up.');
    expect(canonicalText(fragment)).toBe('Quiet after eleven.\n\nClean up.\n\n- one\n- two\n\nNo dogs.');
    put('## Rules');
    expect(canonicalText(fragment)).toBe('## Rules\n\nQuiet after eleven.\n\nClean up.\n\n- one\n- two\n\nNo dogs.');
    put(null);
    put('Quiet after ten.');
    expect(canonicalText(fragment)).toBe(IN_FORCE);
  });

  it('are left alone where somebody has changed them meanwhile', () => {
    const fragment = draft('## Rules\n\nQuiet after eleven.\n\nClean up.\n\n- one\n- two');
    const [mark] = marks(fragment);
    changeText(fragment, IN_FORCE.replace('ten', 'noon'));
    expect(putParagraphBack(fragment, IN_FORCE, mark!)).toBe(false);
    expect(canonicalText(fragment)).toContain('Quiet after noon.');
  });

  const words = ['Quiet.', 'Quiet after ten.', 'Clean up.', '# Rules', '- a\n- b', '> Said.', '```\nx\n```'];
  const joined = (all: readonly string[]) => markdownOf(parseMarkdown(all.join('\n\n')));
  /** Puts changes back, whichever each time, until there are none; how many there were before each step. */
  const putAllBack = (inForce: string, now: string, chosen: Iterator<number>): readonly number[] => {
    const fragment = draft(now, inForce);
    const counts: number[] = [];
    for (let left = changes(fragment, inForce); left.length > 0; left = changes(fragment, inForce)) {
      counts.push(left.length);
      if (counts.length > 50) throw new Error('there is no end to it');
      putParagraphBack(fragment, inForce, left[(chosen.next().value as number) % left.length]!.mark!);
    }
    expect(canonicalText(fragment)).toBe(inForce);
    return counts;
  };

  it('come to say what is in force whichever is put back first, each with one step', () => {
    const text = fc.uniqueArray(fc.constantFrom(...words), { maxLength: 6 }).map(joined);
    fc.assert(
      fc.property(text, text, fc.infiniteStream(fc.nat(20)), (inForce, now, chosen) => {
        const counts = putAllBack(inForce, now, chosen);
        expect(counts).toEqual(counts.map((_, index) => counts.length - index));
      }),
      { numRuns: 300 },
    );
  });

  it('come to it also where the same paragraph stands there more than once', () => {
    const text = fc.array(fc.constantFrom(...words.slice(0, 4)), { maxLength: 6 }).map(joined);
    fc.assert(
      fc.property(text, text, fc.infiniteStream(fc.nat(20)), (inForce, now, chosen) => {
        putAllBack(inForce, now, chosen);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a paragraph that members accept', () => {
  const by = (doc: Y.Doc) => keptParagraphs(doc).map(({ protocol, member, mark }) => `${protocol} ${member} ${mark}`);

  it('is accepted by each until they take it back, apart from the protocol as a whole', () => {
    const doc = new Y.Doc();
    const keep = (member: string, mark: string, kept = true) =>
      keepParagraph(doc, { protocol: 'care', member, mark }, kept, ['m1', 'm2']);
    keep('bob', 'm1');
    keep('ann', 'm1');
    keep('ann', 'm2');
    expect(by(doc)).toEqual(['care ann m1', 'care ann m2', 'care bob m1']);
    keepChange(doc, { protocol: 'care', member: 'ann' }, true);
    expect(keptChanges(doc)).toEqual([{ protocol: 'care', member: 'ann' }]);
    keep('ann', 'm1', false);
    expect(by(doc)).toEqual(['care ann m2', 'care bob m1']);
  });

  it('is forgotten with the next word of its member once the draft says something else', () => {
    const doc = new Y.Doc();
    keepParagraph(doc, { protocol: 'care', member: 'ann', mark: 'old' }, true, ['old']);
    keepParagraph(doc, { protocol: 'care', member: 'bob', mark: 'old' }, true, ['old']);
    keepParagraph(doc, { protocol: 'turns', member: 'ann', mark: 'old' }, true, ['old']);
    keepParagraph(doc, { protocol: 'care', member: 'ann', mark: 'new' }, true, ['new']);
    expect(by(doc).sort()).toEqual(['care ann new', 'care bob old', 'turns ann old']);
  });

  it('is read whatever another writer put there', () => {
    const doc = new Y.Doc();
    for (const key of ['care ann', 'care ann m more', 'care', '', 'care  m']) doc.getMap('kept').set(key, 'kept');
    doc.getMap('kept').set('care ann m', 7);
    expect(by(doc)).toEqual([]);
  });
});
