/** Types that are shown as pictures: of pixels alone, since what a member attached must run nothing. */
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

export const isPicture = (type: string): boolean => PICTURES.has(type);
