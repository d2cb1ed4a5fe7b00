import { decodeText } from '../../shared/commons/exchange/decode-text';
import { planImport } from '../../shared/commons/exchange/import-plan';
import { liftPictures } from '../../shared/commons/exchange/inline-pictures';
import { readHtmlPage } from '../../shared/commons/exchange/read-html';
import { type Resolve, readMarkdownPage } from '../../shared/commons/exchange/read-markdown';
import { parseMarkdown } from '../../shared/commons/text/parse';
import { markdownOf } from '../../shared/commons/text/write';
import { utf8 } from '../../shared/record/bytes';
import type { Target } from './target';

const FILE = 'ab'.repeat(32);
const resolve: Resolve = (address) =>
  address.endsWith('.md') ? { page: 'p1' } : address.endsWith('.png') ? { file: FILE } : undefined;

/** What became of a foreign page: one canonical text, in which links lead to the web or by mail alone. */
function sound(markdown: string): true {
  const nodes = parseMarkdown(markdown);
  if (markdownOf(nodes) !== markdown) throw new Error('taken, and not canonical');
  for (const [, link = ''] of JSON.stringify(nodes).matchAll(/"link":"([^"]*)"/g))
    if (!/^(https:\/\/|mailto:)/i.test(link)) throw new Error(`taken, with a link to ${link}`);
  return true;
}

/** Readers of what other programs have written as pages. */
export const PAGE_TARGETS: readonly Target[] = [
  {
    name: 'a page as HTML',
    samples: [
      '<title>T</title><h1>Roof</h1><p>See <a href="a.md">a</a> <b>and</b> <img src="x.png" alt="X"></p>',
      '<ul><li><input type="checkbox" checked>a<ul><li>b</li></ul></li></ul><pre><code class="language-js">x</code></pre>',
      '<table><tr><th>a</th><td colspan="3">b</td></tr></table><script>alert(1)</script><a href="javascript:x">y</a>',
    ].map((text) => utf8(text)),
    read: (bytes) => sound(readHtmlPage(liftPictures(decodeText(bytes)).text, resolve).markdown),
  },
  {
    name: 'a page as Markdown',
    samples: [
      '---\ntitle: "Roof"\ntags: [a, "b"]\norder: 2\n---\n\nSee [a](a.md) and ![X](x.png) here.\n\n- [x] done\n',
      '| a | b |\n|---|---|\n| [c](d.md) | `[e](f.md)` |\n\n> ```\n> [g](h.md)\n> ```\n',
      '![dot](data:image/png;base64,iVBORw==) [x](javascript:y) [z](http://example.org/a_b)',
    ].map((text) => utf8(text)),
    read: (bytes) => sound(readMarkdownPage(liftPictures(decodeText(bytes)).text, resolve).markdown),
  },
  {
    name: 'paths of an import',
    samples: [utf8('House.md\nHouse/Roof.md\nHouse.files/a.png\n../x.md\nindex.html')],
    read(bytes) {
      const { pages } = planImport(decodeText(bytes).split('\n'));
      if (pages.some(({ parent }, place) => parent !== null && parent >= place)) throw new Error('under a later page');
      return true;
    },
  },
];
