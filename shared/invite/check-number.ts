import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromHex, utf8 } from '../record/bytes';

const GROUPS = 3;

/**
 * The number that both screens show while a device asks to be added: three groups of four digits. It follows from the keys that the
 * channel proved, so another device that came with the same link shows another one.
 */
export function checkNumber(network: string, certifier: string, device: string): string {
  const digest = sha256(
    concat(utf8('peerhold/device-check/1\0'), fromHex(network), fromHex(certifier), fromHex(device)),
  );
  const view = new DataView(digest.buffer, digest.byteOffset);
  return Array.from({ length: GROUPS }, (_, group) => String(view.getUint32(4 * group) % 10_000).padStart(4, '0')).join(
    ' ',
  );
}
