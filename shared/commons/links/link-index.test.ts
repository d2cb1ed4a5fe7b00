import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mention } from '../text/schema';
import { LinkIndex } from './link-index';
import type { Links } from './links';

const page = (id: string): Mention => ({ kind: 'page', id });
const linksTo = (...ids: readonly string[]): Links => ({
  links: ids.map((id) => ({ target: page(id), excerpt: { text: id, marks: [] }, times: 1 })),
  cut: false,
});
const sources = (index: LinkIndex, id: string) => [...index.to(page(id))].map(([source]) => source).sort();

describe('the index of links', () => {
  it('answers as a plain list of all links would, whatever is put in and taken out', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.record({ source: id, to: fc.option(fc.uniqueArray(id), { nil: null }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const index = new LinkIndex();
        const plain = new Map<string, readonly string[]>();
        for (const { source, to } of steps) {
          if (to === null) index.drop(source);
          else index.put(source, linksTo(...to));
          plain.set(source, to ?? []);
        }
        for (const target of ['a', 'b', 'c', 'd'])
          expect(sources(index, target)).toEqual(
            [...plain].flatMap(([source, to]) => (to.includes(target) ? [source] : [])).sort(),
          );
      }),
    );
  });

  it('keeps its bound, counts the texts that are cut, and has room again when others go', () => {
    const index = new LinkIndex();
    const many = linksTo(...Array.from({ length: 500 }, (_, at) => `p${at}`));
    for (let at = 0; at < 101; at++) index.put(`s${at}`, many);
    expect([index.cut, sources(index, 'p0').length]).toEqual([1, 100]);
    index.drop('s0');
    index.put('s100', many);
    expect([index.cut, sources(index, 'p0').length]).toEqual([0, 100]);
    index.put('s100', { ...linksTo('x'), cut: true });
    expect([index.cut, sources(index, 'x')]).toEqual([1, ['s100']]);
  });
});
