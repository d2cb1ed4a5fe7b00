import type { NativeImage } from 'electron';
import { strict } from './strict';

const images = new WeakSet<object>();

export const isImage = (value: unknown): boolean => typeof value === 'object' && value !== null && images.has(value);

function checkSize(bytes: Buffer | undefined, width: number | undefined, height: number | undefined): void {
  if (bytes?.length !== (width ?? 0) * (height ?? 0) * 4) throw new Error('invalid buffer size');
  if (!bytes.some((byte) => byte !== 0)) throw new Error('an image that nobody can see');
}

/** The module `nativeImage`: bitmaps only. */
export const nativeImage = {
  createFromBitmap: (bytes: Buffer, { width, height }: { width: number; height: number }): NativeImage => {
    checkSize(bytes, width, height);
    const image = strict<NativeImage>('NativeImage', {
      addRepresentation: ({ buffer, width: wide, height: high }) => checkSize(buffer, wide, high),
      setTemplateImage: () => undefined,
    });
    images.add(image);
    return image;
  },
};
