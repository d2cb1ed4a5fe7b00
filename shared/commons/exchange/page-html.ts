import { CALLOUTS, type CalloutKind, type Marks, type Node, type Span } from '../text/schema';

/** What a page as HTML says besides its text. */
export interface HtmlWords {
  /** Tag of the language, and its direction. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly callouts: Readonly<Record<CalloutKind, string>>;
}

/** Where what a page shows or names is found, as addresses; undefined: nowhere, so that only its words stand there. */
export interface HtmlWays {
  /** A picture’s content, or where it lies. */
  readonly picture: (file: string) => string | undefined;
  readonly file?: (file: string) => string | undefined;
  readonly page?: (page: string) => string | undefined;
  /** From where it can be gone on to. */
  readonly back?: { readonly address: string; readonly label: string };
}

/** A page as one file that shows itself: no script, nothing from elsewhere. */
export function pageHtml(title: string, nodes: readonly Node[], words: HtmlWords, ways: HtmlWays): string {
  const writer = new Writer(words, ways);
  const { back } = ways;
  const nav = back === undefined ? [] : [`<nav>${anchor(back.address, escaped(back.label))}</nav>`];
  return htmlFile(title, words, [...nav, `<h1 dir="auto">${escaped(title)}</h1>`, ...writer.blocks(nodes)]);
}

/** A list of pages that lie beside it. */
export function listHtml(
  title: string,
  pages: readonly { readonly address: string; readonly title: string }[],
  words: HtmlWords,
): string {
  const items = pages.map((page) => `<li dir="auto">${anchor(page.address, escaped(page.title))}</li>`);
  return htmlFile(title, words, [`<h1 dir="auto">${escaped(title)}</h1>`, '<ul>', ...items, '</ul>']);
}

function htmlFile(title: string, words: HtmlWords, body: readonly string[]): string {
  return [
    '<!doctype html>',
    `<html lang="${escaped(words.language)}" dir="${words.direction}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { max-width: 45rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.25rem 0.5rem; text-align: start; vertical-align: top; }
pre { overflow-x: auto; padding: 0.5rem; border: 1px solid; }
blockquote, aside { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 0.25rem solid; }
ul.tasks { list-style: none; padding-inline-start: 0; }
ul.tasks ul.tasks { padding-inline-start: 1.5rem; }
ul.tasks > li > p:first-of-type { display: inline; }
@media print { body { max-width: none; margin: 0; } h1, h2, h3, h4 { break-after: avoid; } img, tr { break-inside: avoid; } }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

class Writer {
  readonly #words: HtmlWords;
  readonly #ways: HtmlWays;

  constructor(words: HtmlWords, ways: HtmlWays) {
    this.#words = words;
    this.#ways = ways;
  }

  readonly blocks = (nodes: readonly Node[]): readonly string[] => nodes.map((node) => this.#block(node));

  #block(node: Node): string {
    switch (node.type) {
      case 'paragraph':
        return `<p dir="auto">${this.#line(node.spans)}</p>`;
      case 'heading':
        // The page's title is the first.
        return `<h${node.level + 1} dir="auto">${this.#line(node.spans)}</h${node.level + 1}>`;
      case 'blockquote':
        return this.#around('blockquote', node.children);
      case 'callout': {
        const kind = CALLOUTS.find((one) => one === node.kind) ?? 'note';
        return `<aside data-kind="${kind}"><p class="kind"><strong>${escaped(this.#words.callouts[kind])}</strong></p>\n${this.blocks(node.children).join('\n')}</aside>`;
      }
      case 'bulletList':
        return this.#list('ul', node.items);
      case 'orderedList':
        return this.#list(`ol start="${node.start}"`, node.items);
      case 'taskList': {
        const items = node.items.map(
          ({ checked, children }) =>
            `<li><input type="checkbox" disabled${checked ? ' checked' : ''}> ${this.blocks(children).join('\n')}</li>`,
        );
        return `<ul class="tasks">\n${items.join('\n')}\n</ul>`;
      }
      case 'codeBlock':
        return `<pre dir="ltr"><code>${escaped(node.text)}\n</code></pre>`;
      case 'horizontalRule':
        return '<hr>';
      case 'table':
        return `<table>\n${node.rows.map((cells, row) => this.#row(cells, row === 0 ? 'th' : 'td')).join('\n')}\n</table>`;
      case 'image': {
        const address = this.#ways.picture(node.file);
        const alt = escaped(node.alt);
        return address === undefined
          ? `<p dir="auto">[${alt}]</p>`
          : `<p><img src="${escaped(address)}" alt="${alt}"></p>`;
      }
      case 'file': {
        const address = this.#ways.file?.(node.file);
        const name = escaped(node.name);
        return `<p dir="auto">${address === undefined ? `[${name}]` : anchor(address, name)}</p>`;
      }
    }
  }

  #around(element: string, children: readonly Node[]): string {
    return `<${element}>\n${this.blocks(children).join('\n')}\n</${element}>`;
  }

  #list(element: string, items: readonly (readonly Node[])[]): string {
    const lines = items.map((item) => this.#around('li', item));
    return `<${element}>\n${lines.join('\n')}\n</${element.split(' ')[0]}>`;
  }

  #row(cells: readonly (readonly Span[])[], element: 'th' | 'td'): string {
    return `<tr>${cells.map((spans) => `<${element} dir="auto">${this.#line(spans)}</${element}>`).join('')}</tr>`;
  }

  #line(spans: readonly Span[]): string {
    return spans.map((span) => this.#span(span)).join('');
  }

  #span({ text, marks, mention }: Span): string {
    let html = escaped(text).replaceAll('\n', '<br>\n');
    const page = mention?.kind === 'page' ? this.#ways.page?.(mention.id) : undefined;
    if (page !== undefined) return anchor(page, html);
    for (const [mark, element] of MARKS) if (marks[mark] === true) html = `<${element}>${html}</${element}>`;
    return marks.link === undefined ? html : anchor(marks.link, html);
  }
}

const anchor = (address: string, html: string): string =>
  `<a href="${escaped(address)}" rel="noopener noreferrer">${html}</a>`;

const MARKS = [
  ['strike', 's'],
  ['italic', 'em'],
  ['bold', 'strong'],
  ['code', 'code'],
] as const satisfies readonly (readonly [keyof Marks, string])[];
