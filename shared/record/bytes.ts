/** Small helpers on byte arrays that the libraries we use do not export in one place. */
import { bytesToHex } from '@noble/hashes/utils.js';

export { bytesToHex as toHex, hexToBytes as fromHex, utf8ToBytes as utf8 } from '@noble/hashes/utils.js';

export const ID_BYTES = 32;
const SLOTS = 8_192;
const recentBytes = new Uint8Array(SLOTS * ID_BYTES);
const recentHex: (string | undefined)[] = Array.from({ length: SLOTS });

/**
 * Hex of the 32-byte id that begins at `from`. The same few (network, devices, newest events) come with nearly every event: those seen of late are not made
 * again, and all who name them share one string, which is most of a record's memory.
 */
export function idToHex(bytes: Uint8Array, from = 0): string {
  const slot = ((bytes[from]! << 8) | bytes[from + 1]!) % SLOTS;
  const start = slot * ID_BYTES;
  const recent = recentHex[slot];
  if (recent !== undefined) {
    let at = 0;
    while (at < ID_BYTES && recentBytes[start + at] === bytes[from + at]) at += 1;
    if (at === ID_BYTES) return recent;
  }
  const id = bytes.subarray(from, from + ID_BYTES);
  const hex = hexOf(id);
  recentBytes.set(id, start);
  recentHex[slot] = hex;
  return hex;
}

const isNative = 'toHex' in Uint8Array.prototype;
const DIGITS = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const codes: number[] = Array.from({ length: ID_BYTES * 2 }, () => 0);

/** In one piece: put together digit by digit, a string is kept as a chain of pieces. */
function hexOf(id: Uint8Array): string {
  if (isNative) return bytesToHex(id);
  for (let i = 0; i < ID_BYTES; i++) {
    codes[2 * i] = DIGITS[id[i]! >> 4]!;
    codes[2 * i + 1] = DIGITS[id[i]! & 15]!;
  }
  return String.fromCharCode.apply(null, codes);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(bytes.length - i, 3) + 1;
    for (let digit = 0; digit < digits; digit++) text += BASE64URL[(group >> (18 - 6 * digit)) & 63];
  }
  return text;
}

/** Null for anything that is not the one encoding of some bytes. */
export function fromBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let group = 0;
    const digits = Math.min(text.length - i, 4);
    for (let digit = 0; digit < 4; digit++) {
      const value = digit < digits ? BASE64URL.indexOf(text[i + digit]!) : 0;
      if (value < 0) return null;
      group = (group << 6) | value;
    }
    for (let byte = 0; byte < digits - 1; byte++) bytes[at++] = (group >> (16 - 8 * byte)) & 255;
  }
  return toBase64Url(bytes) === text ? bytes : null;
}
