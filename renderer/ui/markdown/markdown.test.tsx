import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
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

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](file:///etc/passwd)',
    '![x](https://example.org/x.png)',
  ])('lets nothing of %s become markup but text and safe links', (text) => {
    expect(rendered(text)).not.toMatch(/<(script|img|iframe)|href="(?!https:|mailto:)| on[a-z]+="/);
  });

  it('opens links outside and tells the other side nothing', () => {
    expect(rendered('[x](https://example.org/)')).toContain(
      '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">x</a>',
    );
  });
});
