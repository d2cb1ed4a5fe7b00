import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { nodes, signs } from '../../../test/kit/rich-text';
import { canonicalText, textToFragment } from './canonical';
import { isFamiliar } from './familiar';
import { readNodes } from './fragment';
import { writeNodes } from './fragment-write';
import { parseMarkdown } from './parse';
import { markdownOf } from './write';

const fragmentOf = (markdown: string) => {
  const fragment = new Y.Doc().getXmlFragment('text');
  textToFragment(markdown, fragment);
  return fragment;
};
const roundTrip = (markdown: string) => canonicalText(fragmentOf(markdown));

describe('canonical text', () => {
  it('is read back to the same canonical text, whatever the text', () => {
    fc.assert(
      fc.property(nodes, (all) => {
        const markdown = markdownOf(all);
        expect(markdownOf(parseMarkdown(markdown))).toBe(markdown);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read back to the same nodes, once they are well formed', () => {
    fc.assert(
      fc.property(nodes, (all) => {
        const wellFormed = parseMarkdown(markdownOf(all));
        expect(parseMarkdown(markdownOf(wellFormed))).toEqual(wellFormed);
        const fragment = new Y.Doc().getXmlFragment('text');
        writeNodes(fragment, wellFormed);
        expect(isFamiliar(fragment)).toBe(true);
        expect(markdownOf(readNodes(fragment))).toBe(markdownOf(wellFormed));
      }),
      { numRuns: 1_000 },
    );
  });

  it('goes through a document unchanged', () => {
    fc.assert(
      fc.property(nodes, (all) => {
        const markdown = markdownOf(all);
        expect(roundTrip(markdown)).toBe(markdown);
      }),
      { numRuns: 300 },
    );
  });

  it('any characters are read without an error, and what was read is stable', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 200 }), signs), (markdown) => {
        const canonical = markdownOf(parseMarkdown(markdown));
        expect(markdownOf(parseMarkdown(canonical))).toBe(canonical);
      }),
      { numRuns: 2_000 },
    );
  });

  it('writes plain Markdown', () => {
    const markdown = [
      '# House rules',
      '',
      'We keep it **quiet** after *ten*, see [the page](https://example.org/x), or run `make`.',
      '',
      '- One',
      '- Two',
      '',
      '  More of two.',
      '  1. Inner',
      '',
      '> Said once\\',
      '> and again.',
    ].join('\n');
    expect(roundTrip(markdown)).toBe(markdown.replace('  More of two.\n  1.', '  More of two.\n\n  1.'));
  });

  it('reads what people write by hand', () => {
    expect(parseMarkdown('2 * 3 * 4 and snake_case_name')).toEqual([
      { type: 'paragraph', spans: [{ text: '2 * 3 * 4 and snake_case_name', marks: {} }] },
    ]);
    expect(roundTrip('Line one\nline two')).toBe('Line one line two');
    expect(roundTrip('* a\n\n* b')).toBe('- a\n- b');
  });

  it('a link goes to https and mailto only', () => {
    for (const address of ['javascript:alert(1)', 'http://example.org', 'file:///etc/passwd', 'data:text/html,x'])
      expect(JSON.stringify(parseMarkdown(`[x](${address})`))).not.toContain('"link"');
    const fragment = new Y.Doc().getXmlFragment('text');
    const paragraph = new Y.XmlElement('paragraph');
    const content = new Y.XmlText();
    content.applyDelta([{ insert: 'x', attributes: { link: { href: 'javascript:alert(1)' } } }]);
    paragraph.insert(0, [content]);
    fragment.insert(0, [paragraph]);
    expect(canonicalText(fragment)).toBe('x');
  });

  it('is the same for the same text however it was typed', () => {
    const once = new Y.Doc().getXmlFragment('text');
    textToFragment('Hello **world**', once);
    const doc = new Y.Doc();
    const typed = doc.getXmlFragment('text');
    const paragraph = new Y.XmlElement('paragraph');
    typed.insert(0, [paragraph]);
    const content = new Y.XmlText();
    paragraph.insert(0, [content]);
    content.insert(0, 'world', { bold: {} });
    content.insert(0, 'Hel', {});
    content.insert(3, 'lo ', {});
    expect(canonicalText(typed)).toBe(canonicalText(once));
  });

  it('text of unknown and misplaced blocks is kept', () => {
    const fragment = new Y.Doc().getXmlFragment('text');
    const future = new Y.XmlElement('table');
    const cell = new Y.XmlElement('paragraph');
    cell.insert(0, [new Y.XmlText('in a cell')]);
    future.insert(0, [cell]);
    fragment.insert(0, [future, new Y.XmlText('loose')]);
    expect(canonicalText(fragment)).toBe('in a cell\n\nloose');
  });

  it('blocks inside one another further than the text can say are words, and the text is the same when it is read', () => {
    /** Blocks in one another, and in the innermost one a heading and a line. */
    const deep = (levels: number, names: readonly string[]): Y.XmlFragment => {
      const fragment = new Y.Doc().getXmlFragment('text');
      let at: Y.XmlFragment = fragment;
      for (let level = 0; level < levels; level++) {
        const inner = new Y.XmlElement(names[level % names.length]);
        at.insert(0, [inner]);
        at = inner;
      }
      const [heading, line] = [new Y.XmlElement('heading'), new Y.XmlElement('paragraph')];
      heading.insert(0, [new Y.XmlText('Roof')]);
      line.insert(0, [new Y.XmlText('It leaks')]);
      at.insert(0, [heading, line]);
      return fragment;
    };
    const kinds = [
      ['blockquote'],
      ['bulletList', 'listItem'],
      ['unknown'],
      ['table'],
      ['blockquote', 'table', 'unknown'],
    ];
    for (const names of kinds)
      for (const levels of [6, 8, 10, 16, 18, 24, 400]) {
        const text = canonicalText(deep(levels, names));
        expect([levels, names, roundTrip(text)]).toEqual([levels, names, text]);
        expect(text).toMatch(/Roof[^]*It leaks/);
      }
    expect(canonicalText(deep(8, ['blockquote']))).toContain('# Roof');
    expect(canonicalText(deep(9, ['blockquote']))).toMatch(/> Roof It leaks$/);
  });

  it('code with more backticks in a row than can stand around it is text', () => {
    const ofCode = (text: string): string =>
      markdownOf([{ type: 'paragraph', spans: [{ text, marks: { code: true } }] }]);
    for (const count of [1, 62, 63, 64, 65, 200])
      for (const text of ['`'.repeat(count), `a ~~b~~ ${'`'.repeat(count)}`]) {
        const written = ofCode(text);
        expect([count, roundTrip(written)]).toEqual([count, written]);
        const [node] = parseMarkdown(written);
        expect(node).toEqual({ type: 'paragraph', spans: [{ text, marks: count < 64 ? { code: true } : {} }] });
      }
  });

  it('what the editor does not know is told from what it knows', () => {
    const fragment = fragmentOf('# A **bold** [link](https://example.org)\n\n- `code`\n\n> *quote*');
    expect(isFamiliar(fragment)).toBe(true);
    fragment.insert(0, [new Y.XmlElement('whiteboard')]);
    expect(isFamiliar(fragment)).toBe(false);
  });

  it('list items begin with a paragraph and quotes have one, as the editor wants them', () => {
    const fragment = fragmentOf('- # Heading in an item\n- \n\n>');
    expect(fragment.toString()).toBe(
      '<bulletlist><listitem><paragraph></paragraph><heading level="1">Heading in an item</heading></listitem>' +
        '<listitem><paragraph></paragraph></listitem></bulletlist><blockquote><paragraph></paragraph></blockquote>',
    );
  });

  it('long hostile lines are read in bounded time', () => {
    for (const hostile of [
      '['.repeat(20_000),
      '`'.repeat(20_000),
      '*a'.repeat(10_000),
      '> '.repeat(5_000),
      '- '.repeat(5_000),
    ])
      expect(parseMarkdown(hostile).length).toBeGreaterThan(0);
  });
});
