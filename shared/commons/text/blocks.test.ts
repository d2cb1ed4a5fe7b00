import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { canonicalText, textToFragment } from './canonical';
import { isFamiliar, isFamiliarChange, isMendable } from './familiar';
import { readNodes } from './fragment';
import { parseMarkdown } from './parse';
import { markdownOf } from './write';

const FILE = 'ab'.repeat(32);
const fragmentOf = (markdown: string) => {
  const fragment = new Y.Doc().getXmlFragment('text');
  textToFragment(markdown, fragment);
  return fragment;
};
const roundTrip = (markdown: string) => canonicalText(fragmentOf(markdown));

describe('canonical blocks', () => {
  it.each([
    ['check lists, one in another', '- [ ] Roof\n- [x] Gutter\n\n  - [ ] East\n- [ ]'],
    ['check lists beside lists', '- a\n\n<!-- -->\n\n- [ ] b\n\n1. c'],
    ['callouts', '> [!WARNING]\n> The well is **not** safe.\n>\n> - Boil it.\n\n> [!QUESTION]'],
    ['code as it was typed', '```js\nif (a) {\n\treturn `*b*`;\n\n\n}\n```'],
    ['code that holds fences', '````\n```\nx\n```\n````'],
    ['code in a list', '- Run:\n\n  ```\n  make\n\n    all\n  ```\n- Wait'],
    ['tables', '| Room | Cost \\| year |\n| --- | --- |\n| `a\\|b` | **12** |\n|  | ~~13~~ |'],
    ['rules', 'a\n\n---\n\nb'],
    ['pictures and files', `![The yard \\[east\\]](peerhold:file/${FILE})\n\n[plan.pdf](peerhold:file/${FILE})`],
    ['mentions', `Ask [@Anna \\*](peerhold:member/${FILE}) about [@House rules](peerhold:protocol/house-rules).`],
    ['struck text', 'Not ~~this~~ **~~or that~~** any more'],
  ])('%s', (_, markdown) => {
    expect(roundTrip(markdown)).toBe(markdown);
    expect(isFamiliar(fragmentOf(markdown))).toBe(true);
  });

  it('are elements that Tiptap’s extensions know, as the editor would write them', () => {
    expect(fragmentOf('- [x] a\n\n| b |\n| --- |\n| c |\n\n> [!TIP]\n> d\n\n---\n\n```js\ne\n```').toString()).toBe(
      '<tasklist><taskitem checked="true"><paragraph>a</paragraph></taskitem></tasklist>' +
        '<table><tablerow><tableheader colspan="1" rowspan="1"><paragraph>b</paragraph></tableheader></tablerow>' +
        '<tablerow><tablecell colspan="1" rowspan="1"><paragraph>c</paragraph></tablecell></tablerow></table>' +
        '<callout kind="tip"><paragraph>d</paragraph></callout><horizontalrule></horizontalrule>' +
        '<codeblock language="js">e</codeblock>',
    );
  });

  it('reads what people write by hand', () => {
    expect(roundTrip('a | b\n:--|--:\n1 | 2 | 3\n4')).toBe('| a | b |\n| --- | --- |\n| 1 | 2 3 |\n| 4 |  |');
    expect(roundTrip('* [X] done\n+ [ ] open')).toBe('- [x] done\n- [ ] open');
    expect(roundTrip('> [!caution]\n> Hot')).toBe('> [!WARNING]\n> Hot');
    expect(roundTrip('> [!IMPORTANT]\n> Read')).toBe('> [!NOTE]\n> Read');
    expect(roundTrip('``` python title="x"\nx\n```')).toBe('```python\nx\n```');
    expect(roundTrip('***\n___')).toBe('---\n\n---');
  });

  it('keeps the bytes of texts that are older than these blocks', () => {
    const older = [
      '- - -',
      '| a |\\\n| --- |',
      '!\\[x\\](y) and ~ and ~~ and ~~~a~~~',
      'a | b',
      '```a``b``` is code',
      '\\[ \\] open',
      '> \\[!NOTE\\]',
      '![a picture?](https://example.org/x.png)',
    ];
    for (const text of older) {
      expect(roundTrip(text)).toBe(text);
      expect(parseMarkdown(text).every(({ type }) => ['paragraph', 'bulletList', 'blockquote'].includes(type))).toBe(
        true,
      );
    }
  });

  it('escapes tildes only where they would strike', () => {
    const paragraph = (text: string) => markdownOf([{ type: 'paragraph', spans: [{ text, marks: {} }] }]);
    expect(paragraph('5~~6 and ~7')).toBe('5~~6 and ~7');
    expect(paragraph('~~not struck~~')).toBe('\\~\\~not struck\\~\\~');
    expect(parseMarkdown(paragraph('~~not struck~~'))).toEqual([
      { type: 'paragraph', spans: [{ text: '~~not struck~~', marks: {} }] },
    ]);
  });

  it('a link with the address of a file or a mention goes nowhere else', () => {
    for (const text of [
      `[x](peerhold:file/short)`,
      `[@x](peerhold:wallet/${FILE})`,
      `[x](peerhold:member/${FILE})`,
      `words ![x](peerhold:file/${FILE})`,
    ])
      expect(JSON.stringify(parseMarkdown(text))).not.toMatch(/"(link|mention|file)"/);
  });
});

describe('what another writer put into a document', () => {
  const element = (
    name: string,
    attributes: Record<string, unknown> = {},
    children: (Y.XmlElement | Y.XmlText)[] = [],
  ) => {
    const made = new Y.XmlElement<Record<string, never>>(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as never);
    made.insert(0, children);
    return made as unknown as Y.XmlElement;
  };
  const paragraph = (text: string) => element('paragraph', {}, [new Y.XmlText(text)]);
  const textOf = (...children: (Y.XmlElement | Y.XmlText)[]) => {
    const fragment = new Y.Doc().getXmlFragment('text');
    fragment.insert(0, children);
    return fragment;
  };

  it('is read as a table with rows of one length, without losing words', () => {
    const wide = Array.from({ length: 50 }, (_, index) => element('tableCell', {}, [paragraph(`c${index}`)]));
    const fragment = textOf(
      element('table', {}, [
        element('tableRow', {}, [
          element('tableHeader', {}, [paragraph('a'), element('blockquote', {}, [paragraph('b')])]),
        ]),
        element('tableRow', {}, wide),
        paragraph('loose'),
      ]),
    );
    const [table] = readNodes(fragment);
    expect(table?.type === 'table' && table.rows.map((row) => row.length)).toEqual([40, 40, 40]);
    const text = canonicalText(fragment);
    expect(text).toContain('| a b |');
    expect(text).toContain('c39 c40 c41');
    expect(text).toContain('| loose |');
    expect(roundTrip(text)).toBe(text);
  });

  it('is read without attributes that mean nothing', () => {
    const fragment = textOf(
      element('image', { file: 'javascript:alert(1)', alt: 'x\n\u0000y' }),
      element('file', { file: { evil: 1 }, name: 5 }),
      element('callout', { kind: 'constructor' }, [paragraph('c')]),
      element('codeBlock', { language: '"><script>' }, [new Y.XmlText('d\r\u0007e')]),
      element('taskList', {}, [element('taskItem', { checked: 'yes' }, [paragraph('t')])]),
      element('paragraph', {}, [element('mention', { kind: '__proto__', id: '../..', label: 'Anna' })]),
      element('mention', { kind: 'member', id: FILE, label: 'Ben\u202e\n' }),
    );
    expect(readNodes(fragment)).toEqual([
      { type: 'paragraph', spans: [{ text: 'x y', marks: {} }] },
      { type: 'paragraph', spans: [{ text: '', marks: {} }] },
      { type: 'callout', kind: 'note', children: [{ type: 'paragraph', spans: [{ text: 'c', marks: {} }] }] },
      { type: 'codeBlock', language: '', text: 'd\n e' },
      {
        type: 'taskList',
        items: [{ checked: false, children: [{ type: 'paragraph', spans: [{ text: 't', marks: {} }] }] }],
      },
      { type: 'paragraph', spans: [{ text: 'Anna', marks: {} }] },
      { type: 'paragraph', spans: [{ text: 'Ben\u202e', marks: {}, mention: { kind: 'member', id: FILE } }] },
    ]);
  });

  it.each([
    ['a newer app’s block', element('whiteboard')],
    [
      'a cell over many columns',
      element('table', {}, [element('tableRow', {}, [element('tableCell', { colspan: 1_000_000 }, [paragraph('x')])])]),
    ],
    ['a cell without a paragraph', element('table', {}, [element('tableRow', {}, [element('tableCell')])])],
    [
      'a list in a cell',
      element('table', {}, [element('tableRow', {}, [element('tableCell', {}, [element('bulletList')])])]),
    ],
    [
      'a list item that begins with a heading',
      element('bulletList', {}, [element('listItem', {}, [element('heading', { level: 1 })])]),
    ],
    ['loose words', new Y.XmlText('x')],
    ['a block among words', element('paragraph', {}, [element('image')])],
    ['an item on its own', element('taskItem', {}, [paragraph('x')])],
  ])('is told from what the editor can hold: %s', (_, child) => {
    expect(isFamiliar(textOf(paragraph('fine')))).toBe(true);
    expect(isFamiliar(textOf(paragraph('fine'), child))).toBe(false);
  });

  it('is told from it as it arrives, by what changed alone', () => {
    const fragment = textOf(
      element('table', {}, [element('tableRow', {}, [element('tableCell', {}, [paragraph('x')])])]),
    );
    const seen: boolean[] = [];
    fragment.doc?.on('beforeObserverCalls', ({ changed }: Y.Transaction) => {
      seen.push(isFamiliarChange(fragment, changed.keys()));
    });
    const table = fragment.get(0) as Y.XmlElement;
    const row = table.get(0) as Y.XmlElement;
    const cell = row.get(0) as Y.XmlElement;
    fragment.doc?.getMap('files').set('x', 1);
    row.insert(1, [element('tableCell', {}, [paragraph('y')])]);
    cell.setAttribute('colspan', 9 as never);
    cell.setAttribute('colspan', 1 as never);
    cell.insert(1, [element('bulletList')]);
    expect(seen).toEqual([true, true, false, true, false]);
  });

  it('can be put in order where all of it is known', () => {
    const cell = element('table', {}, [element('tableRow', {}, [element('tableCell', {}, [element('bulletList')])])]);
    expect(isMendable(textOf(cell))).toBe(true);
    expect(isMendable(textOf(element('blockquote', {}, [element('whiteboard')])))).toBe(false);
  });
});
