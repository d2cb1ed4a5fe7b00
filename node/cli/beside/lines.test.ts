import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineReader, MAX_GREETING, MAX_LINE } from './lines';

describe('lines of a connection', () => {
  it('come out whole, however they were cut', () => {
    const text = fc.string({ unit: 'grapheme' }).map((words) => words.replaceAll('\n', ' '));
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (given, sizes) => {
          const reader = new LineReader();
          const bytes = Buffer.from(given.map((line) => `${line}\n`).join(''));
          const heard: string[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = sizes.next().value;
            heard.push(...reader.push(bytes.subarray(at, at + size)));
            at += size;
          }
          expect(heard).toEqual(given);
        },
      ),
    );
  });

  it.each([MAX_GREETING, MAX_LINE])('may have %i bytes, and not one more', (most) => {
    const reader = new LineReader();
    reader.most = most;
    const chunk = Buffer.alloc(64 * 1024, 'x');
    for (let left = most; left > 0; left -= chunk.length) reader.push(chunk.subarray(0, Math.min(left, chunk.length)));
    expect(reader.push(Buffer.from('\n'))[0]).toHaveLength(most);
    for (let left = most; left > 0; left -= chunk.length) reader.push(chunk.subarray(0, Math.min(left, chunk.length)));
    expect(() => reader.push(Buffer.from('x'))).toThrow('message-malformed');
  });
});
