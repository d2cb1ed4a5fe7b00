import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat, toHex } from '../../record/bytes';
import { RowTree } from './row-tree';

/** Few distinct first bytes, so that small sets already split deep. */
const leaf = fc
  .tuple(
    fc.constantFrom(0, 1, 0x10, 0xff),
    fc.integer({ min: 0, max: 3 }),
    fc.uint8Array({ minLength: 30, maxLength: 30 }),
  )
  .map(([first, second, rest]) => Uint8Array.of(first, second, ...rest));
const leaves = fc.uniqueArray(leaf, { maxLength: 120, selector: toHex });

/** The same, straight from its definition. */
function plain(set: readonly string[], depth = 0): Uint8Array {
  if (set.length <= 16) return sha256(concat(Uint8Array.of(0), ...set.toSorted().map((hex) => bytesOf(hex))));
  const children = Array.from('0123456789abcdef', (digit) => set.filter((hex) => hex[depth] === digit));
  return sha256(
    concat(
      Uint8Array.of(1),
      ...children.map((child) => (child.length === 0 ? new Uint8Array(32) : plain(child, depth + 1))),
    ),
  );
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
}

it('is what its definition says, whatever was in it before', () => {
  fc.assert(
    fc.property(leaves, leaves, fc.boolean(), (kept, passing, asked) => {
      const tree = new RowTree();
      const stays = new Set(kept.map(toHex));
      const goes = passing.filter((one) => !stays.has(toHex(one)));
      for (const one of [...goes, ...kept].sort((a, b) => a[31]! - b[31]!)) tree.add(one);
      // Digests that were made before must not stick.
      if (asked) expect(tree.digest).toHaveLength(32);
      for (const one of goes) tree.remove(one);
      expect(toHex(tree.digest)).toBe(toHex(plain([...stays])));
    }),
  );
});

it('tells a branch from a bucket that holds its digests', () => {
  const many = Array.from({ length: 40 }, (_none, index) => Uint8Array.of(index << 4, index, ...new Uint8Array(30)));
  const tree = new RowTree();
  for (const one of many) tree.add(one);
  expect(toHex(tree.digest)).toBe(toHex(plain(many.map(toHex))));
  expect(toHex(new RowTree().digest)).toBe(toHex(sha256(Uint8Array.of(0))));
});
