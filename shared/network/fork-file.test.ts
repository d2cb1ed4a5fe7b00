import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../record/bytes';
import { MAX_FORK_FILE, readForkFile, writeForkFile } from './fork-file';

const one = Uint8Array.from({ length: 65_536 }, (_, index) => index & 255);
const other = Uint8Array.of(0, 255, 16);

describe('the proof of a fork as a file', () => {
  it('holds both events whole, as large as events may be, in characters that any mail carries', () => {
    for (const proof of [
      [one, other],
      [one, one],
    ] as const) {
      const written = writeForkFile(proof);
      expect(readForkFile(written).map(toHex)).toEqual(proof.map(toHex));
      expect(written.length).toBeLessThanOrEqual(MAX_FORK_FILE);
      expect(written.every((byte) => byte < 128)).toBe(true);
    }
  });

  it('is read from JSON that is laid out otherwise', () => {
    const given = '{"events":["00ff10","ab"],"version":1,"peerhold":"fork"}';
    expect(readForkFile(utf8(given))).toEqual([other, Uint8Array.of(171)]);
  });

  const good = { peerhold: 'fork', version: 1, events: ['00', '01'] };
  it.each([
    ['no JSON', '{"peerhold":"fork"'],
    ['another file', JSON.stringify({ ...good, peerhold: 'network' })],
    ['another version', JSON.stringify({ ...good, version: 2 })],
    ['one event', JSON.stringify({ ...good, events: ['00'] })],
    ['three events', JSON.stringify({ ...good, events: ['00', '01', '02'] })],
    ['half a byte', JSON.stringify({ ...good, events: ['00', '0'] })],
    ['no digits', JSON.stringify({ ...good, events: ['00', 'AB'] })],
    ['nothing for an event', JSON.stringify({ ...good, events: ['00', ''] })],
    ['something more', JSON.stringify({ ...good, name: 'Ben' })],
    ['more than two events are', JSON.stringify(good).padEnd(MAX_FORK_FILE + 1)],
  ])('is refused where it is %s', (_what, given) => {
    expect(() => readForkFile(utf8(given))).toThrow(expect.objectContaining({ code: 'fork-file-malformed' }));
  });
});
