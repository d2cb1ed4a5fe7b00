/** Types that are shown as pictures: of pixels alone, since what a member attached must run nothing. */
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** Whether a file says of itself that it is a picture; what it is, its bytes say. */
export const isPicture = (type: string): boolean => PICTURES.has(type);

/** The type of picture that these bytes begin; null: none that is shown. */
export function pictureType(bytes: Uint8Array): string | null {
  const begins = (at: number, ...signs: readonly number[]): boolean =>
    signs.every((sign, index) => bytes[at + index] === sign);
  const text = (at: number, word: string): boolean => begins(at, ...Array.from(word, (char) => char.charCodeAt(0)));
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (text(0, 'GIF87a') || text(0, 'GIF89a')) return 'image/gif';
  if (text(0, 'RIFF') && text(8, 'WEBP')) return 'image/webp';
  return text(4, 'ftypavif') || text(4, 'ftypavis') ? 'image/avif' : null;
}
