import { nativeImage, type NativeImage } from 'electron';

const SIZE = 16;

/** Peers around what they hold: three discs, of a unit square. */
const PEERS = [
  { x: 0.5, y: 0.22, radius: 0.2 },
  { x: 0.22, y: 0.74, radius: 0.2 },
  { x: 0.78, y: 0.74, radius: 0.2 },
] as const;
const ONE = [{ x: 0.5, y: 0.5, radius: 0.45 }] as const;

type Disc = (typeof PEERS)[number] | (typeof ONE)[number];
type Colour = readonly [red: number, green: number, blue: number];

/** Bytes of a bitmap as Electron takes it: blue, green, red, alpha, multiplied; edges are smoothed. */
function bitmap(discs: readonly Disc[], [red, green, blue]: Colour, side: number): Buffer {
  const bytes = Buffer.alloc(side * side * 4);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const alpha = Math.max(...discs.map((disc) => coverage(disc, (column + 0.5) / side, (row + 0.5) / side, side)));
      bytes.set(
        [blue, green, red, 255].map((value) => Math.round(value * alpha)),
        (row * side + column) * 4,
      );
    }
  }
  return bytes;
}

function coverage({ x, y, radius }: Disc, left: number, top: number, side: number): number {
  const inside = (radius - Math.hypot(left - x, top - y)) * side + 0.5;
  return Math.min(1, Math.max(0, inside));
}

function image(discs: readonly Disc[], colour: Colour): NativeImage {
  const drawn = nativeImage.createFromBitmap(bitmap(discs, colour, SIZE), { width: SIZE, height: SIZE });
  drawn.addRepresentation({
    scaleFactor: 2,
    width: 2 * SIZE,
    height: 2 * SIZE,
    buffer: bitmap(discs, colour, 2 * SIZE),
  });
  return drawn;
}

/** The sign in the tray. macOS colours it itself, after its menu bar. */
export function traySign(): NativeImage {
  const sign = image(PEERS, process.platform === 'darwin' ? [0, 0, 0] : [43, 138, 110]);
  sign.setTemplateImage(process.platform === 'darwin');
  return sign;
}

/** The dot on the app's button in the taskbar of Windows. */
export const attentionDot = (): NativeImage => image(ONE, [201, 42, 42]);
