import type { Chance } from '../simulation/random';

const LONGEST = 4_096;
/** Bytes at which CBOR, frames and lengths change their meaning. */
const EDGES = [
  0x00, 0x01, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1f, 0x3b, 0x40, 0x5f, 0x60, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xf6, 0xf7,
  0xf9, 0xfb, 0xff,
];

type Change = (bytes: Uint8Array, chance: Chance) => Uint8Array;

const at = (bytes: Uint8Array, chance: Chance): number => chance.within(0, Math.max(0, bytes.length - 1));
const spliced = (bytes: Uint8Array, from: number, gone: number, put: Uint8Array): Uint8Array =>
  Uint8Array.from([...bytes.subarray(0, from), ...put, ...bytes.subarray(from + gone)]);

/** Small wrongs, as a bad disk, a bad wire or somebody with patience makes them. */
const CHANGES: readonly Change[] = [
  (bytes, chance) => spliced(bytes, at(bytes, chance), 1, Uint8Array.of(chance.within(0, 255))),
  (bytes, chance) => spliced(bytes, at(bytes, chance), 1, Uint8Array.of(chance.pick(EDGES))),
  (bytes, chance) => {
    const place = at(bytes, chance);
    return spliced(bytes, place, 1, Uint8Array.of((bytes[place] ?? 0) ^ (1 << chance.within(0, 7))));
  },
  (bytes, chance) => bytes.slice(0, at(bytes, chance)),
  (bytes, chance) => spliced(bytes, at(bytes, chance), chance.within(1, 8), new Uint8Array()),
  (bytes, chance) => spliced(bytes, at(bytes, chance), 0, chance.bytes(chance.within(1, 8))),
  (bytes, chance) => {
    const place = at(bytes, chance);
    return spliced(bytes, place, 0, bytes.slice(place, place + chance.within(1, 32)));
  },
  // Depth: the same opening byte many times over.
  (bytes, chance) =>
    spliced(
      bytes,
      at(bytes, chance),
      0,
      new Uint8Array(chance.within(1, 600)).fill(chance.pick([0x81, 0xa1, 0xd8, 0x9f])),
    ),
  // A length that promises far more than there is.
  (bytes, chance) =>
    spliced(
      bytes,
      at(bytes, chance),
      1,
      Uint8Array.of(chance.pick([0x5a, 0x7a, 0x9a, 0xba, 0x5b, 0x9b, 0xbb]), 0xff, 0xff, 0xff, 0xff),
    ),
  (bytes, chance) => Uint8Array.from([...bytes, ...chance.bytes(chance.within(1, 16))]),
];

/** An input: mostly a sample with a few small wrongs, sometimes half of each of two, sometimes nothing but noise. */
export function input(samples: readonly Uint8Array[], chance: Chance): Uint8Array {
  if (chance.happens(0.02)) return chance.bytes(chance.within(0, 200));
  let bytes = chance.pick(samples);
  if (chance.happens(0.1)) {
    const other = chance.pick(samples);
    bytes = Uint8Array.from([...bytes.subarray(0, at(bytes, chance)), ...other.subarray(at(other, chance))]);
  }
  for (let changes = chance.within(1, 4); changes > 0; changes--) bytes = chance.pick(CHANGES)(bytes, chance);
  return bytes.slice(0, LONGEST);
}
