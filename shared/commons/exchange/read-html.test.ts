import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodes as anyNodes } from '../../../test/kit/rich-text';
import { plainText } from '../search/plain-text';
import { parseMarkdown } from '../text/parse';
import { markdownOf } from '../text/write';
import { pageHtml } from './page-html';
import { readHtmlPage } from './read-html';

const FILE = 'ab'.repeat(32);
const resolve = (address: string) =>
  address === 'roof.html' ? { page: 'roof' } : /\.(png|pdf)$/.test(address) ? { file: FILE } : undefined;
const read = (html: string) => readHtmlPage(html, resolve);
const words = {
  language: 'en',
  direction: 'ltr',
  callouts: { note: 'Note', tip: 'Tip', warning: 'Warning', question: 'Question' },
} as const;

describe('HTML', () => {
  it.each([
    ['headings and words', '<h2>A&amp;B</h2>x <b>bold</b>  <i>it</i><br>y', '## A&B\n\nx **bold** *it*\\\ny'],
    ['lists in lists', '<ul><li>a<ul><li>b</ul><li>c</ul><ol start=3><li><p>d</ol>', '- a\n\n  - b\n- c\n\n3. d'],
    [
      'check lists',
      '<ul><li><input type=checkbox checked> a<li><label><input type=checkbox>b</label></ul>',
      '- [x] a\n- [ ] b',
    ],
    [
      'tables',
      '<table><thead><tr><th>a<th>b</tr></thead><tbody><tr><td colspan=2>x<p>y</table>',
      '| a | b |\n| --- | --- |\n| x y |  |',
    ],
    ['code', '<pre><code class="language-js">a &lt; b\n  c</code></pre>', '```js\na < b\n  c\n```'],
    ['quotes and rules', '<blockquote>a</blockquote><hr>', '> a\n\n---'],
    [
      'links',
      '<a href="https://example.org">a</a> <a href="roof.html">b</a> <a href="http://x.org">c</a>',
      '[a](https://example.org) [@b](peerhold:page/roof) c (http://x.org)',
    ],
    [
      'pictures and files',
      `<p>x <img src=a.png alt=A> y</p><p><a href="p.pdf">P</a></p>`,
      `x\n\n![A](peerhold:file/${FILE})\n\ny\n\n[P](peerhold:file/${FILE})`,
    ],
    ['a picture that is not there', '<img src="b.gif" alt="B"><img src="x.gif">', 'B'],
    ['paragraphs in unknown elements', '<b id=x><p>a</p><div>b</div></b>', 'a\n\nb'],
  ])('%s', (_, html, markdown) => expect(read(html).markdown).toBe(markdown));

  it('has its title from its first heading, else from its head', () => {
    expect(read('<title>T</title><h1>H</h1>x')).toEqual({ title: 'H', markdown: 'x' });
    expect(read('<html><head><title> T\n1 </title></head><body>x</body></html>')).toEqual({
      title: 'T 1',
      markdown: 'x',
    });
    expect(read('x')).toEqual({ markdown: 'x' });
  });

  it.each([
    '<script>alert(1)</script>',
    '<style>a{}</style>',
    '<svg><script>alert(1)</script><text>x</text></svg>',
    '<iframe src="https://example.org">x</iframe>',
    '<noscript>x</noscript><template>x</template><object>x</object>',
    '<p onclick="alert(1)"></p><img src=x onerror=alert(1)>',
    '<!-- x --><!doctype html><?php x ?>',
  ])('leaves nothing of %j', (html) => expect(read(html).markdown).toBe(''));

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'https://a b',
  ])('makes no link of %j', (address) => {
    const { markdown } = read(`<a href="${address}">a</a>`);
    expect(markdown).toBe('a');
  });

  it('as deep as one likes is read in bounds', () => {
    for (const name of ['div', 'ul><li', 'blockquote', 'b', 'table><tr><td', 'i']) {
      const { markdown } = read(`${`<${name}>`.repeat(150)}deep`);
      expect(markdown).toContain('deep');
      expect(markdown.length).toBeLessThan(2_000);
      expect(() => read(`${`<${name}>`.repeat(50_000)}deep`)).toThrow('import-too-deep');
    }
  });

  it('that the app has written is read back to the same text', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const text = markdownOf(parseMarkdown(markdownOf(nodes)));
        const html = pageHtml('Title', parseMarkdown(text), words, { picture: () => undefined });
        const back = read(html);
        expect(back.title).toBe('Title');
        expect(plain(back.markdown)).toBe(plain(text));
      }),
      { numRuns: 100 },
    );
  });

  it('of any kind becomes a canonical text with safe links alone', () => {
    const piece = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<ul>',
        '<li>',
        '</ul>',
        '<ol start="0">',
        '<table>',
        '<tr>',
        '<td colspan="1e9">',
        '</table>',
      ],
      ...[
        '<b>',
        '</b>',
        '<code>',
        '<pre>',
        '</pre>',
        '<a href="javascript:x">',
        '<a href="https://e.org/)*">',
        '</a>',
        '<img src="a.png" alt="]x[">',
      ],
      ...[
        '<h1>',
        '</h1>',
        '<br>',
        '<hr>',
        '<input type=checkbox>',
        '<blockquote>',
        '<aside data-kind="x">',
        '<script>',
        '</script>',
      ],
      ...[
        '<',
        '>',
        '&',
        '&#0;',
        '&#x202e;',
        '&lt;b&gt;',
        '"',
        '[x](javascript:y)',
        '`',
        '|',
        '# ',
        '- ',
        '\n',
        ' a ',
        '\u0000',
        '<a href="p.pdf">',
      ],
    );
    const html = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
      fc.string({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(html, (given) => {
        const { markdown } = read(given);
        const nodes = parseMarkdown(markdown);
        expect(markdownOf(nodes)).toBe(markdown);
        for (const [, link] of JSON.stringify(nodes).matchAll(/"link":"([^"]*)"/g))
          expect(link).toMatch(/^(https:\/\/|mailto:)/i);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Words alone: of marks and blocks HTML keeps most, and tells not all of them apart. */
const plain = (markdown: string): string => plainText(parseMarkdown(markdown)).replace(/[^\p{L}\p{N}]+/gu, '');
