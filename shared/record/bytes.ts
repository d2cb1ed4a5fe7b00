/** Small helpers on byte arrays that the libraries we use do not export in one place. */
export { bytesToHex as toHex, hexToBytes as fromHex, utf8ToBytes as utf8 } from '@noble/hashes/utils.js';

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
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
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
