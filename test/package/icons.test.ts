import { expect, test } from 'vitest';
import { icns, ico } from '../../build/package/icons.mjs';

const png = (length: number): Buffer => Buffer.alloc(length, length);

test('an ico names the place of each of its pictures', () => {
  const file = ico([
    { size: 16, png: png(5) },
    { size: 256, png: png(7) },
  ]);
  const entry = (index: number) => {
    const at = 6 + 16 * index;
    const offset = file.readUInt32LE(at + 12);
    return { width: file.readUInt8(at), picture: file.subarray(offset, offset + file.readUInt32LE(at + 8)) };
  };
  expect(file.readUInt16LE(4)).toBe(2);
  expect(entry(0)).toEqual({ width: 16, picture: png(5) });
  // 0 stands for 256.
  expect(entry(1)).toEqual({ width: 0, picture: png(7) });
});

test('an icns is as long as it says, block by block', () => {
  const file = icns([
    { name: 'ic07', png: png(3) },
    { name: 'ic10', png: png(9) },
  ]);
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const blocks: [string, number][] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    blocks.push([file.toString('latin1', at, at + 4), file.readUInt32BE(at + 4) - 8]);
  }
  expect(blocks).toEqual([
    ['ic07', 3],
    ['ic10', 9],
  ]);
});
