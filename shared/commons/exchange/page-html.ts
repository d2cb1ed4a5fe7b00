import { CALLOUTS, type CalloutKind, type Marks, type Node, type Span } from '../text/schema';

/** What a page as HTML says besides its text. */
export interface HtmlWords {
  /** Tag of the language, and its direction. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly callouts: Readonly<Record<CalloutKind, string>>;
}

/** A page as one file that shows itself: no script, nothing from elsewhere. `picture` gives a picture’s content as an address; undefined: it is not here. */
export function pageHtml(
  title: string,
  nodes: readonly Node[],
  words: HtmlWords,
  picture: (file: string) => string | undefined,
): string {
  const writer = new Writer(words, picture);
  return [
    '<!doctype html>',
    `<html lang="${escaped(words.language)}" dir="${words.direction}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1 dir="auto">${escaped(title)}</h1>`,
    ...writer.blocks(nodes),
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
  readonly #picture: (file: string) => string | undefined;

  constructor(words: HtmlWords, picture: (file: string) => string | undefined) {
    this.#words = words;
    this.#picture = picture;
  }

  readonly blocks = (nodes: readonly Node[]): readonly string[] => nodes.map((node) => this.#block(node));

  #block(node: Node): string {
    switch (node.type) {
      case 'paragraph':
        return `<p dir="auto">${line(node.spans)}</p>`;
      case 'heading':
        // The page's title is the first.
        return `<h${node.level + 1} dir="auto">${line(node.spans)}</h${node.level + 1}>`;
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
        return `<table>\n${node.rows.map((cells, row) => rowOf(cells, row === 0 ? 'th' : 'td')).join('\n')}\n</table>`;
      case 'image': {
        const address = this.#picture(node.file);
        const alt = escaped(node.alt);
        return address === undefined
          ? `<p dir="auto">[${alt}]</p>`
          : `<p><img src="${escaped(address)}" alt="${alt}"></p>`;
      }
      case 'file':
        return `<p dir="auto">[${escaped(node.name)}]</p>`;
    }
  }

  #around(element: string, children: readonly Node[]): string {
    return `<${element}>\n${this.blocks(children).join('\n')}\n</${element}>`;
  }

  #list(element: string, items: readonly (readonly Node[])[]): string {
    const lines = items.map((item) => this.#around('li', item));
    return `<${element}>\n${lines.join('\n')}\n</${element.split(' ')[0]}>`;
  }
}

const rowOf = (cells: readonly (readonly Span[])[], element: 'th' | 'td'): string =>
  `<tr>${cells.map((spans) => `<${element} dir="auto">${line(spans)}</${element}>`).join('')}</tr>`;

const line = (spans: readonly Span[]): string => spans.map(spanOf).join('');

const MARKS = [
  ['strike', 's'],
  ['italic', 'em'],
  ['bold', 'strong'],
  ['code', 'code'],
] as const satisfies readonly (readonly [keyof Marks, string])[];

function spanOf({ text, marks }: Span): string {
  let html = escaped(text).replaceAll('\n', '<br>\n');
  for (const [mark, element] of MARKS) if (marks[mark] === true) html = `<${element}>${html}</${element}>`;
  return marks.link === undefined ? html : `<a href="${escaped(marks.link)}" rel="noopener noreferrer">${html}</a>`;
}
