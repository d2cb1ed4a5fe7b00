import { expect, it } from 'vitest';
import { matchBefore } from './match';

const seen = (text: string) => {
  const found = matchBefore(text);
  return found === null ? null : `${found.trigger} ${found.at} ${found.query}`;
};

it('a list opens at the start of a block or after a space, and goes on with what is typed', () => {
  expect(seen('/')).toBe('insert 0 ');
  expect(seen('Cost /tab')).toBe('insert 5 tab');
  expect(seen('/check list')).toBe('insert 0 check list');
  expect(seen('@')).toBe('mention 0 ');
  expect(seen('ask (@Anna Ma')).toBe('mention 5 Anna Ma');
  expect(seen('see [[House rules')).toBe('page 4 House rules');
  expect(seen('@Anna, see [[Hou')).toBe('page 11 Hou');
  expect(seen('\ufffc@B')).toBe('mention 1 B');
});

it('what only looks like it stays text', () => {
  for (const text of ['', 'and/or', 'https://x', '/ b', 'anna@example.org', '@ home', 'a @ b', '[[done]] then', '[x'])
    expect(seen(text)).toBeNull();
  expect(seen(`@${'a'.repeat(100)}`)).toBeNull();
});
