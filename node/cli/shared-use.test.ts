import { describe, expect, it } from 'vitest';
import { SharedUse } from './shared-use';

/** Writes down what is begun and ended; beginnings and ends take a turn each. */
function shared(begin: (given: number) => Promise<string> = async (given) => `of ${given}`) {
  const log: string[] = [];
  const use = new SharedUse<string, number>(
    async (given) => {
      log.push(`begin ${given}`);
      return begin(given);
    },
    async (value) => {
      await Promise.resolve();
      log.push(`end ${value}`);
    },
  );
  return { use, log };
}

describe('what several use', () => {
  it('is begun for the first of them, and ended after the last', async () => {
    const { use, log } = shared();
    const [one, two] = await Promise.all([use.take(1), use.take(2)]);
    expect([one.value, two.value]).toEqual(['of 1', 'of 1']);
    await one.release();
    await one.release();
    expect(log).toEqual(['begin 1']);
    await two.release();
    expect(log).toEqual(['begin 1', 'end of 1']);
  });

  it('is begun again only once it has ended', async () => {
    const { use, log } = shared();
    const first = await use.take(1);
    const ended = first.release();
    const second = await use.take(2);
    await ended;
    expect(second.value).toBe('of 2');
    expect(log).toEqual(['begin 1', 'end of 1', 'begin 2']);
  });

  it('can begin for the next where it could not for the first', async () => {
    const { use, log } = shared(async (given) => {
      if (given === 1) throw new Error('no');
      return `of ${given}`;
    });
    const failed = await Promise.allSettled([use.take(1), use.take(1)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const { value, release } = await use.take(2);
    expect(value).toBe('of 2');
    await release();
    expect(log).toEqual(['begin 1', 'begin 2', 'end of 2']);
  });
});
