import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { startI18n } from '../../i18n/i18n';
import { Markdown } from './markdown';

/** Elements and text, without the attributes that style them. */
function rendered(text: string): string {
  const html = renderToStaticMarkup(
    <MantineProvider>
      <Markdown text={text} headings={3} />
    </MantineProvider>,
  );
  return html.replace(/<style.*?<\/style>/gs, '').replace(/ (class|style|data-[a-z-]+|dir)="[^"]*"/g, '');
}

describe('Markdown', () => {
  it('shows headings below the page’s own, lists, quotes and marks', () => {
    expect(rendered('# One\n\ntwo **three** *four*\n\n- a\n- b\n\n2. c')).toBe(
      '<div><h3>One</h3><p>two <strong>three</strong> <em>four</em></p>' +
        '<ul><li>a</li><li>b</li></ul><ol start="2"><li>c</li></ol></div>',
    );
  });

  it('shows check lists, callouts, code, rules and tables', async () => {
    await startI18n('en');
    const html = rendered(
      '- [x] a\n- [ ] b\n\n> [!TIP]\n> c\n\n```\n<d>\n```\n\n---\n\n| e | |\n| --- | --- |\n| ~~f~~ | g |',
    );
    expect(html).toMatch(/<svg[^>]*role="img" aria-label="Done".*<div>a<\/div>.*aria-label="Open".*<div>b<\/div>/);
    expect(html).toMatch(/<div role="note" aria-label="Tip">.*<p>c<\/p><\/div>/);
    expect(html).toContain('&lt;d&gt;');
    expect(html).toContain('<hr/>');
    expect(html).toMatch(/<th scope="col">e<\/th><td>.<\/td>.*<td><s>f<\/s><\/td><td>g<\/td>/s);
  });

  it('where no network is open, mentions and files are their words', () => {
    const html = rendered(
      `See [@House *rules*](peerhold:protocol/house-rules)\n\n![The yard](peerhold:file/${'ab'.repeat(32)})`,
    );
    expect(html).toContain('<bdi>House *rules*</bdi>');
    expect(html).toContain('The yard');
    expect(html).not.toMatch(/<(a|img)[ >]/);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](file:///etc/passwd)',
    '![x](https://example.org/x.png)',
    '![x](peerhold:file/../../x)',
    '[@x](peerhold:member/javascript:alert(1))',
    '| <img src=x> |\n| --- |\n| [x](javascript:alert(1)) |',
    '> [!<img src=x>]\n> y',
    '```"onload="alert(1)\n</code><script>\n```',
  ])('lets nothing of %s become markup but text and safe links', (text) => {
    expect(rendered(text)).not.toMatch(/<(script|img|iframe)|href="(?!https:|mailto:)| on[a-z]+="/);
  });

  it('opens links outside and tells the other side nothing', () => {
    expect(rendered('[x](https://example.org/)')).toContain(
      '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">x</a>',
    );
  });
});
