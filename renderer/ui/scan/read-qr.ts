import { decodeQR } from 'qr/decode.js';

/** Milliseconds for one picture: a camera has the next one soon, a file is the only one. */
const TIME = { camera: 25, file: 2_000 } as const;
/** How hard the reader tries before it gives up. */
const EFFORT = { camera: 1, file: 3 } as const;

/** Red, green, blue and alpha of each pixel: what a canvas gives. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** The text of the QR code in a picture; undefined where none can be read. */
export function readQr({ width, height, data }: Pixels, from: keyof typeof TIME): string | undefined {
  try {
    return decodeQR({ width, height, data }, { format: 'RGBA', effort: EFFORT[from], timeLimit: TIME[from] });
  } catch {
    // It says so by an error of its own, whatever was missing.
    return undefined;
  }
}
