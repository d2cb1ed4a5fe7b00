import { describe, expect, it } from 'vitest';
import { Inbox } from './inbox';

/** An inbox whose messages take so many milliseconds each to read. */
function inbox(cost: number) {
  let time = 0;
  const turns: (() => void)[] = [];
  const read: string[] = [];
  const box = new Inbox<string>(
    (message) => {
      if (message === 'broken') throw new Error('broken');
      read.push(message);
    },
    (turn) => turns.push(turn),
    () => time,
  );
  const take = (data: string): void =>
    box.take({
      get data() {
        time += cost;
        return data;
      },
    });
  return { take, read, turns };
}

describe('messages from the engine', () => {
  it('are read in their order, in turns of a few milliseconds', () => {
    const { take, read, turns } = inbox(3);
    for (const one of ['a', 'b', 'c', 'd', 'e']) take(one);
    expect([read, turns.length]).toEqual([[], 1]);
    turns.shift()!();
    expect(read).toEqual(['a', 'b', 'c']);
    take('f');
    expect(turns.length).toBe(1);
    turns.shift()!();
    expect([read.join(''), turns.length]).toEqual(['abcdef', 0]);
  });

  it('are read one in a turn where one alone takes longer', () => {
    const { take, read, turns } = inbox(20);
    take('a');
    take('b');
    turns.shift()!();
    expect(read).toEqual(['a']);
    turns.shift()!();
    expect(read).toEqual(['a', 'b']);
  });

  it('are not held up by one that can not be read', () => {
    const { take, read, turns } = inbox(1);
    for (const one of ['a', 'broken', 'b']) take(one);
    expect(() => turns.shift()!()).toThrow('broken');
    turns.shift()!();
    expect(read).toEqual(['a', 'b']);
  });

  it('are read by messages to itself in a browser', async () => {
    const read: string[] = [];
    const box = new Inbox<string>((message) => read.push(message));
    box.take({ data: 'a' });
    box.take({ data: 'b' });
    expect(read).toEqual([]);
    await expect.poll(() => read).toEqual(['a', 'b']);
  });
});
