import { PeerholdError } from '../../../shared/errors';
import type { Pixels } from './read-qr';

/** Bytes of a picture file that is unpacked at all. */
const MAX_FILE = 50_000_000;
/** Pixels along the longer side: the finest code that the app shows has 185 modules with its margin. */
const MAX_SIDE = 2_000;

/** Draws pictures, and gives their pixels. */
export class Drawing {
  readonly #context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

  pixelsOf(picture: CanvasImageSource, width: number, height: number): Pixels {
    const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
    const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    const { canvas } = this.#context;
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    // What is transparent in a picture is shown on white.
    this.#context.fillStyle = '#fff';
    this.#context.fillRect(0, 0, wide, high);
    this.#context.drawImage(picture, 0, 0, wide, high);
    return this.#context.getImageData(0, 0, wide, high);
  }
}

/** Rejects with `qr-picture` where the file is no picture that the browser knows, or too large. */
export async function pixelsOfFile(file: Blob): Promise<Pixels> {
  if (file.size > MAX_FILE) throw new PeerholdError('qr-picture');
  const picture = await createImageBitmap(file).catch((cause: unknown) => {
    throw new PeerholdError('qr-picture', {}, { cause });
  });
  try {
    return new Drawing().pixelsOf(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}
