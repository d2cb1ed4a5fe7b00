import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROTOCOL_KINDS } from '../../../../shared/network/agreement/model';

type Words = { readonly [name: string]: string | Words };
const { parameters } = JSON.parse(
  readFileSync(new URL('../../../../shared/words/en/templates.json', import.meta.url), 'utf8'),
) as { readonly parameters: Words };

/** Names of the parameters below that have a label and do not say what it means. */
function unexplained(words: Words, at: string): readonly string[] {
  return Object.entries(words).flatMap(([name, value]) => {
    if (typeof value === 'string') return [];
    const path = `${at}.${name}`;
    const meant = 'meaning' in value || ('assent' in value && 'vote' in value);
    return [...('label' in value && !meant ? [path] : []), ...unexplained(value, path)];
  });
}

it('every parameter says what it means', () => {
  expect(PROTOCOL_KINDS.flatMap((kind) => unexplained((parameters[kind] ?? {}) as Words, kind))).toEqual([]);
  expect(unexplained({ dues: { label: 'Dues' } }, 'contributions')).toEqual(['contributions.dues']);
});
