import { describe, expect, it } from 'vitest';
import { FuzzFailure, fuzz } from './run';
import type { Target } from './target';
import { TARGETS } from './targets';

/** Enough to meet each code; `npm run fuzz` does millions. */
const COUNT = 2_000;

describe('a reader of foreign bytes', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    '%s: takes them or says why not',
    (_name, target) => {
      const { refused, taken } = fuzz(target, COUNT, 'ci');
      expect(taken + [...refused.values()].reduce((sum, each) => sum + each, 0)).toBe(COUNT);
    },
  );

  it('is caught when it throws what has no code, or refuses what it wrote itself', () => {
    const broken: Target = {
      name: 'broken',
      samples: [Uint8Array.of(1, 2, 3)],
      read: (bytes) => {
        if (bytes.length > 3) throw new RangeError('too far');
        return true;
      },
    };
    expect(() => fuzz(broken, COUNT, 'ci')).toThrow(FuzzFailure);
    expect(() => fuzz({ ...broken, read: () => false }, 1, 'ci')).toThrow('its own sample');
  });

  it('is given the same inputs by the same seed', () => {
    const seen = (seed: string): string => {
      const all: string[] = [];
      const read = (bytes: Uint8Array): boolean => all.push(Buffer.from(bytes).toString('hex')) > 0;
      fuzz({ name: 'a', samples: [Uint8Array.of(1, 2, 3)], read }, 50, seed);
      return all.join();
    };
    expect(seen('x')).toBe(seen('x'));
    expect(seen('x')).not.toBe(seen('y'));
  });
});
