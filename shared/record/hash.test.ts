import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat, utf8 } from './bytes';
import { hashUnder } from './hash';

it('hashes under a domain what stands after its prefix, whatever was hashed before', () => {
  const domains = ['a\0', 'another/1\0', 'x'.repeat(70)] as const;
  const hashes = new Map(domains.map((domain) => [domain, hashUnder(domain)]));
  fc.assert(
    fc.property(fc.constantFrom(...domains), fc.uint8Array({ maxLength: 200 }), (domain, bytes) => {
      expect(hashes.get(domain)!(bytes)).toEqual(sha256(concat(utf8(domain), bytes)));
    }),
  );
});
