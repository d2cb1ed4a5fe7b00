import { Inflate } from 'fflate';
import { type Source, readRange } from '../../bundle/source';
import { PeerholdError } from '../../errors';
import { concat } from '../../record/bytes';
import { decodeName } from './decode-text';

/** Files of one archive, bytes of its list of them. */
const MAX_ENTRIES = 20_000;
const MAX_DIRECTORY = 16 * 1024 * 1024;
/** Bytes that are unpacked at a stretch, each of which can become a thousand. */
const STRETCH = 16 * 1024;

const END = { sign: 0x06054b50, bytes: 22, most: 22 + 65_535 } as const;
const ENTRY = { sign: 0x02014b50, bytes: 46 } as const;
const LOCAL = { sign: 0x04034b50, bytes: 30 } as const;
const [STORED, PACKED] = [0, 8];
/** Stands where a number is too large for the plain format. */
const BEYOND = 0xffff_ffff;

/** One file of an archive. */
export interface ZipEntry {
  /** As the archive says; nothing is known of it. */
  readonly path: string;
  /** Bytes once it is unpacked, as the archive says. */
  readonly size: number;
  /** Rejects with `zip-damaged`, `zip-locked`, `zip-method`, or `import-file-too-large` for more than `most` bytes. */
  read(most: number): Promise<Uint8Array>;
}

/** The files of an archive; none is read before it is asked for. Rejects with `zip-damaged`, `zip-too-large`. */
export async function readZip(source: Source): Promise<readonly ZipEntry[]> {
  const { count, start, bytes } = await findEnd(source);
  if (count > MAX_ENTRIES || bytes > MAX_DIRECTORY) throw new PeerholdError('zip-too-large', { most: MAX_ENTRIES });
  const directory = await rangeOf(source, start, start + bytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count && at + ENTRY.bytes <= directory.length;) {
    const view = viewOf(directory, at);
    if (view.getUint32(0, true) !== ENTRY.sign) throw new PeerholdError('zip-damaged');
    const [name, extra, note] = [28, 30, 32].map((place) => view.getUint16(place, true)) as [number, number, number];
    const path = decodeName(directory.subarray(at + ENTRY.bytes, at + ENTRY.bytes + name));
    entries.push(entryOf(source, view, path));
    at += ENTRY.bytes + name + extra + note;
  }
  if (entries.length < count) throw new PeerholdError('zip-damaged');
  return entries.filter(({ path }) => !path.endsWith('/'));
}

/** The end says where the list of files is; behind it there can be a note. */
async function findEnd(source: Source): Promise<{ count: number; start: number; bytes: number }> {
  const from = Math.max(0, source.size - END.most);
  const tail = await rangeOf(source, from, source.size);
  for (let at = tail.length - END.bytes; at >= 0; at--) {
    const view = viewOf(tail, at);
    if (view.getUint32(0, true) !== END.sign || at + END.bytes + view.getUint16(20, true) !== tail.length) continue;
    const [count, bytes, start] = [view.getUint16(10, true), view.getUint32(12, true), view.getUint32(16, true)];
    if (count === 0xffff || bytes === BEYOND || start === BEYOND)
      throw new PeerholdError('zip-too-large', { most: MAX_ENTRIES });
    if (start + bytes > from + at) throw new PeerholdError('zip-damaged');
    return { count, start, bytes };
  }
  throw new PeerholdError('zip-damaged');
}

function entryOf(source: Source, view: DataView, path: string): ZipEntry {
  const [flags, method] = [view.getUint16(8, true), view.getUint16(10, true)];
  const [sum, packed, size, place] = [16, 20, 24, 42].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  const read = async (most: number): Promise<Uint8Array> => {
    if ((flags & 1) !== 0) throw new PeerholdError('zip-locked');
    if (method !== STORED && method !== PACKED) throw new PeerholdError('zip-method');
    if (size > most) throw new PeerholdError('import-file-too-large', { most: Math.floor(most / 1024 / 1024) });
    const local = viewOf(await rangeOf(source, place, place + LOCAL.bytes), 0);
    if (local.byteLength < LOCAL.bytes || local.getUint32(0, true) !== LOCAL.sign)
      throw new PeerholdError('zip-damaged');
    const start = place + LOCAL.bytes + local.getUint16(26, true) + local.getUint16(28, true);
    const bytes = await rangeOf(source, start, start + packed);
    const content = method === STORED ? bytes : unpacked(bytes, size);
    if (bytes.length !== packed || content.length !== size || crc32(content) !== sum)
      throw new PeerholdError('zip-damaged');
    return content;
  };
  return { path, size, read };
}

/** Never more than it is said to be, however much a few bytes would become. */
function unpacked(bytes: Uint8Array, size: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let sum = 0;
  try {
    const inflate = new Inflate((piece) => {
      sum += piece.length;
      if (sum > size) throw new PeerholdError('zip-damaged');
      pieces.push(piece);
    });
    for (let at = 0; at < bytes.length; at += STRETCH)
      inflate.push(bytes.subarray(at, at + STRETCH), at + STRETCH >= bytes.length);
  } catch (cause) {
    throw new PeerholdError('zip-damaged', {}, { cause });
  }
  return concat(...pieces);
}

/** As `readRange`, with the word of archives for a file that ends before. */
async function rangeOf(source: Source, start: number, end: number): Promise<Uint8Array> {
  if (end > source.size) throw new PeerholdError('zip-damaged');
  return readRange(source, start, end);
}

const viewOf = (bytes: Uint8Array, at: number): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset + at, bytes.byteLength - at);

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffff_ffff) >>> 0;
}
