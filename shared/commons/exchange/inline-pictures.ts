import { fromBase64 } from '../../record/base64';

/** A picture that a file has inside itself. */
export interface InlinePicture {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Pictures of one file. */
const MAX_PICTURES = 500;
const DATA = /data:image\/(png|jpe?g|gif|webp|avif);base64,([A-Za-z0-9+/]+={0,2})/g;

/** The address by which the text names a picture that was inside it. */
export const inlineAddress = (index: number): string => `inline:${index}`;

/** The text with short addresses where it has whole pictures, and these in their order. */
export function liftPictures(text: string): { readonly text: string; readonly pictures: readonly InlinePicture[] } {
  if (!text.includes('data:image/')) return { text, pictures: [] };
  const pictures: InlinePicture[] = [];
  const lifted = text.replace(DATA, (whole, type: string, content: string) => {
    if (pictures.length === MAX_PICTURES) return whole;
    try {
      const name = `picture-${pictures.length + 1}.${type === 'jpeg' ? 'jpg' : type}`;
      pictures.push({ name, bytes: fromBase64(content) });
      return inlineAddress(pictures.length - 1);
    } catch {
      return whole;
    }
  });
  return { text: lifted, pictures };
}
