import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ASKED, MAX_PIECES, PIECE_BYTES } from './limits';
import { type FilesMessage, MANIFEST, decodeFilesMessage, encodeFilesMessage } from './messages';
import { Manifest, MAX_MANIFEST } from './manifest';

const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const piece = fc.oneof(fc.integer({ min: 0, max: MAX_PIECES - 1 }), fc.constant(MANIFEST));
const message: fc.Arbitrary<FilesMessage> = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const), ids: fc.array(id, { minLength: 1, maxLength: 5 }) }),
  fc.record({ kind: fc.constant('has' as const), id, much: fc.constantFrom('none' as const, 'all' as const) }),
  fc.record({
    kind: fc.constant('has' as const),
    id,
    much: fc.constant('some' as const),
    bits: fc.uint8Array({ minLength: 1, maxLength: MAX_PIECES / 8 }),
  }),
  fc.record({ kind: fc.constantFrom('want' as const, 'lack' as const), id, piece }),
  fc.record({
    kind: fc.constant('piece' as const),
    id,
    piece,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  }),
);

function withKind(kind: number, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + rest.length);
  bytes[0] = kind;
  bytes.set(rest, 1);
  return bytes;
}

describe('messages about files', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(decodeFilesMessage(encodeFilesMessage(one))).toEqual(one);
      }),
    );
  });

  it('give an error with a code for any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          expect(encodeFilesMessage(decodeFilesMessage(bytes))).toEqual(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'files-message-malformed' });
        }
      }),
    );
  });

  it.each([
    ['nothing', Uint8Array.of()],
    ['an unknown kind', new Uint8Array(37).fill(9)],
    ['a question about nothing', Uint8Array.of(0)],
    ['half an id', new Uint8Array(20)],
    ['too many files', new Uint8Array(1 + 32 * (MAX_ASKED + 1))],
    ['an answer that is none', Uint8Array.of(1, ...new Uint8Array(32), 3)],
    ['some without bits', Uint8Array.of(1, ...new Uint8Array(32), 2)],
    ['all with bits', Uint8Array.of(1, ...new Uint8Array(32), 1, 255)],
    ['too many bits', Uint8Array.of(1, ...new Uint8Array(32), 2, ...new Uint8Array(MAX_PIECES / 8 + 1))],
    ['a piece beyond the longest file', Uint8Array.of(2, ...new Uint8Array(32), 0, 0, 4, 0)],
    ['a want with more', Uint8Array.of(2, ...new Uint8Array(32), 0, 0, 0, 0, 1)],
    ['a piece of nothing', Uint8Array.of(3, ...new Uint8Array(36))],
    ['too long a piece', withKind(3, new Uint8Array(36 + PIECE_BYTES + 1))],
  ])('refuse %s', (_what, bytes) => {
    expect(() => decodeFilesMessage(bytes)).toThrow('files-message-malformed');
  });
});

describe('a manifest', () => {
  it('has room in a message for every piece of the longest file', () => {
    expect(MAX_MANIFEST).toBeLessThan(64 * 1024 - 64);
  });

  it.each([
    ['empty', []],
    ['short of a hash', [0, 0, 0, 1]],
    ['with a hash too many', [0, 0, 0, 0, ...new Uint8Array(32)]],
    ['of too long a file', [255, 255, 255, 255, ...new Uint8Array(32 * 16_384)]],
  ])('that is %s is refused', (_what, bytes) => {
    expect(() => new Manifest(Uint8Array.from(bytes))).toThrow('file-manifest-malformed');
  });

  it('names its file by size and content alone', () => {
    const hash = new Uint8Array(32).fill(1);
    expect(Manifest.of(5, [hash]).id).toBe(Manifest.of(5, [hash]).id);
    expect(Manifest.of(6, [hash]).id).not.toBe(Manifest.of(5, [hash]).id);
    expect(Manifest.of(5, [new Uint8Array(32)]).id).not.toBe(Manifest.of(5, [hash]).id);
  });
});
