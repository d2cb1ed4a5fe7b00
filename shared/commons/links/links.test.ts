import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodes as anyNodes } from '../../../test/kit/rich-text';
import { parseMarkdown } from '../text/parse';
import { markdownOf } from '../text/write';
import { linksIn, linksInMarkdown, targetKey } from './links';

const found = (markdown: string) =>
  linksIn(parseMarkdown(markdown)).links.map(({ target, excerpt: { text, marks }, times }) => [
    targetKey(target),
    marks.map(([from, to]) => text.slice(from, to)).join(),
    times,
  ]);

describe('what a text mentions', () => {
  it('is found in every kind of block, once for each thing, with how often', () => {
    const text = [
      '# About [@Roof](peerhold:page/roof)',
      '- see [@Ben](peerhold:member/ben) and [@Roof](peerhold:page/roof)',
      '- [ ] ask [@Cy](peerhold:member/cy)',
      '> [!NOTE]\n> by [@the rule](peerhold:protocol/use)',
      '| a | b |\n| --- | --- |\n| x | [@Boat](peerhold:resource/boat) |',
      '```\n[@Nobody](peerhold:member/nobody)\n```',
    ].join('\n\n');
    expect(found(text)).toEqual([
      ['page/roof', 'Roof', 2],
      ['member/ben', 'Ben', 1],
      ['member/cy', 'Cy', 1],
      ['protocol/use', 'the rule', 1],
      ['resource/boat', 'Boat', 1],
    ]);
  });

  it('comes with the words around it, cut between words where the line is long', () => {
    const [link] = linksIn(
      parseMarkdown(`${'before '.repeat(40)}[@Roof](peerhold:page/r) ${'after '.repeat(40)}`),
    ).links;
    const { text, marks } = link!.excerpt;
    expect(text).toMatch(/^… (before )+Roof (after )*after …$/);
    expect(text.length).toBeLessThan(200);
    expect(marks).toHaveLength(1);
  });

  it('is bounded, and says so', () => {
    const many = Array.from({ length: 700 }, (_, at) => `[@x](peerhold:page/p${at})`).join(' ');
    const { links, cut } = linksIn(parseMarkdown(many));
    expect([links.length, cut]).toEqual([500, true]);
  });

  it('of any text is what its Markdown mentions, and every mark is the label', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const markdown = markdownOf(nodes);
        const read = parseMarkdown(markdown);
        const { links } = linksIn(read);
        expect(linksInMarkdown(markdown).links).toEqual(links);
        const targets = [...JSON.stringify(read).matchAll(/"mention":\{"kind":"(\w+)","id":"([\w-]+)"\}/g)];
        expect(new Set(links.map(({ target }) => targetKey(target)))).toEqual(
          new Set(targets.map(([, kind, id]) => `${kind}/${id}`)),
        );
        expect(links.reduce((sum, { times }) => sum + times, 0)).toBe(targets.length);
        for (const { excerpt } of links)
          for (const [from, to] of excerpt.marks) expect(from < to && to <= excerpt.text.length).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
