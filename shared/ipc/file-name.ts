/** Longest suggested file name, in UTF-16 units. */
export const MAX_FILE_NAME_LENGTH = 200;

/** Windows takes these for devices, whatever follows the dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

// Characters that some system forbids in a name, and controls, by which a name could pretend to be another.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g;

/** A suggested file name that is a plain name on every system: no folders, no device names, never empty. */
export function safeFileName(name: string): string {
  const plain = name
    .slice(0, MAX_FILE_NAME_LENGTH)
    .replace(FORBIDDEN, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (plain === '') return 'peerhold';
  return RESERVED.test(plain) ? `_${plain}` : plain;
}
