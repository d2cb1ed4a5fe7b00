import { expect, it } from 'vitest';
import { completedAddress } from './address';

it('a link’s address is completed to https or mailto, or refused', () => {
  expect(completedAddress(' example.org/a ')).toBe('https://example.org/a');
  expect(completedAddress('https://example.org')).toBe('https://example.org');
  expect(completedAddress('anna@example.org')).toBe('mailto:anna@example.org');
  for (const wrong of ['', 'hello', 'http://example.org', 'javascript:alert(1)', 'file:///x', 'https://a b'])
    expect(completedAddress(wrong)).toBeNull();
});
