import { describe, expect, it } from 'vitest';
import { corpusFolders, corpusOf, folderOf } from './corpus';
import { FuzzFailure, TAKEN, fuzz, outcomeOf } from './run';
import type { Target } from './target';
import { TARGETS } from './targets';

/** Enough to meet each code; `npm run fuzz` does millions. */
const COUNT = 1_000;

describe('a reader of foreign bytes', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    '%s: takes them or says why not',
    async (_name, target) => {
      const { outcomes } = await fuzz(target, COUNT, 'ci');
      expect([...outcomes.values()].reduce((sum, each) => sum + each, 0)).toBe(COUNT);
    },
  );

  it('is caught when it throws what has no code, or refuses what it wrote itself', async () => {
    const broken: Target = {
      name: 'broken',
      samples: [Uint8Array.of(1, 2, 3)],
      read: (bytes) => {
        if (bytes.length > 3) throw new RangeError('too far');
        return true;
      },
    };
    await expect(fuzz(broken, COUNT, 'ci')).rejects.toThrow(FuzzFailure);
    await expect(fuzz({ ...broken, read: () => false }, 1, 'ci')).rejects.toThrow('its own sample');
  });

  it('is given the same inputs by the same seed', async () => {
    const seen = async (seed: string): Promise<string> => {
      const all: string[] = [];
      const read = (bytes: Uint8Array): boolean => all.push(Buffer.from(bytes).toString('hex')) > 0;
      await fuzz({ name: 'a', samples: [Uint8Array.of(1, 2, 3)], read }, 50, seed);
      return all.join();
    };
    expect(await seen('x')).toBe(await seen('x'));
    expect(await seen('x')).not.toBe(await seen('y'));
  });
});

/** Bytes of all that is kept: it is in everybody's checkout. */
const MOST = 400_000;

describe('the corpus', () => {
  it('has inputs for every reader, well formed and spoilt, and none for nobody', () => {
    expect(corpusFolders()).toEqual(TARGETS.map(folderOf).sort());
    const lacking = TARGETS.filter((target) => {
      const outcomes = new Set(corpusOf(target).map(({ outcome }) => outcome));
      return !outcomes.has(TAKEN) || outcomes.size < 2;
    });
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  it('stays small', () => {
    const bytes = TARGETS.flatMap((target) => corpusOf(target)).reduce((sum, one) => sum + one.bytes.length, 0);
    expect(bytes).toBeLessThan(MOST);
  });

  // Where a reader is to do otherwise from now on: `npm run fuzz -- --keep` gives the files their new names.
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    'is read as its names say: %s',
    async (_name, target) => {
      for (const { file, outcome, bytes } of corpusOf(target))
        expect([file, await outcomeOf(target, bytes)]).toEqual([file, outcome]);
    },
  );
});
