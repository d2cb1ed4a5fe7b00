import { describe, expect, it } from 'vitest';
import { hueOf } from './hue';
import { readSeen, writeSeen } from './seen-store';
import { textChanges } from './history/text-changes';

class MemoryStorage implements Storage {
  readonly map = new Map<string, string>();
  get length() {
    return this.map.size;
  }
  clear = () => this.map.clear();
  getItem = (key: string) => this.map.get(key) ?? null;
  key = (index: number) => [...this.map.keys()][index] ?? null;
  removeItem = (key: string) => void this.map.delete(key);
  setItem = (key: string, value: string) => void this.map.set(key, value);
}

const seen = (time: number, size = 5) => ({ snapshot: new Uint8Array(size).fill(7), change: 3, time });

describe('where one was last', () => {
  it('is remembered for each network and document', () => {
    const storage = new MemoryStorage();
    writeSeen('n1', 'page:1', seen(5), storage);
    expect(readSeen('n1', 'page:1', storage)).toEqual(seen(5));
    expect(readSeen('n2', 'page:1', storage)).toBeNull();
    expect(readSeen('n1', 'page:2', storage)).toBeNull();
  });

  it('forgets the longest unvisited of many, and what is too large', () => {
    const storage = new MemoryStorage();
    for (let i = 0; i < 310; i++) writeSeen('n', `page:${i}`, seen(i), storage);
    expect(readSeen('n', 'page:0', storage)).toBeNull();
    expect(readSeen('n', 'page:309', storage)).not.toBeNull();
    writeSeen('n', 'page:309', seen(400, 30_000), storage);
    expect(readSeen('n', 'page:309', storage)).toBeNull();
  });

  it('is nothing where the store holds something else', () => {
    const storage = new MemoryStorage();
    for (const value of ['', 'x', '[]', 'null', '{"page:1":5}', '{"page:1":{"snapshot":"%","change":1,"time":1}}']) {
      storage.setItem('peerhold-seen-n', value);
      expect(readSeen('n', 'page:1', storage)).toBeNull();
    }
  });
});

it('a difference names what went and what came', () => {
  expect(textChanges('quiet after ten', 'quiet after eleven')).toEqual([
    { kind: 'same', text: 'quiet after ' },
    { kind: 'removed', text: 'ten' },
    { kind: 'added', text: 'eleven' },
  ]);
});

it('a difference names what is mentioned, not its whole id', () => {
  const [first, second] = textChanges('Ask', `Ask [@Anna](peerhold:member/${'ab'.repeat(32)})`);
  expect(first).toEqual({ kind: 'same', text: 'Ask' });
  expect(second).toEqual({ kind: 'added', text: ' [@Anna](peerhold:member/abababab…)' });
});

it('a member has one of eight colours, whatever the id', () => {
  for (const id of ['', 'zz', 'ff'.repeat(32), '00'.repeat(32)]) expect([0, 1, 2, 3, 4, 5, 6, 7]).toContain(hueOf(id));
});
