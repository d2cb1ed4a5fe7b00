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
  return grouped(digest, GROUPS);
}

/**
 * What the new device of somebody who lost all theirs shows, to be read out to the members, and what they see with the proposal to restore
 * them: five groups of four digits. It follows from the key alone, so that it is the same for all. Longer than the number above, since there
 * is time to look for a key with the same one.
 */
export function restoringCode(network: string, device: string): string {
  return grouped(sha256(concat(utf8('peerhold/restore-check/1\0'), fromHex(network), fromHex(device))), 5);
}

function grouped(digest: Uint8Array, groups: number): string {
  const view = new DataView(digest.buffer, digest.byteOffset);
  const four = (group: number): string => String(view.getUint32(4 * group) % 10_000).padStart(4, '0');
  return Array.from({ length: groups }, (_, group) => four(group)).join(' ');
}
