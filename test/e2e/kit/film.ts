import { writeFile } from 'node:fs/promises';
import { encodeQR } from 'qr';
import { type Machine, THIS_MACHINE } from './app';

const [WIDTH, HEIGHT] = [1_280, 720];
const [DARK, GREY, LIGHT] = [40, 128, 220];

/** Writes what a camera sees: a code in the middle of something grey, or nothing but grey. A Y4M file of two pictures, which Chromium repeats. */
export async function film(file: string, text: string | null): Promise<void> {
  const picture = Buffer.alloc(WIDTH * HEIGHT, GREY);
  const rows = text === null ? [] : encodeQR(text, 'raw', { ecc: 'low', border: 4 });
  const module = Math.floor((HEIGHT * 0.95) / Math.max(1, rows.length));
  const [left, top] = [(WIDTH - rows.length * module) >> 1, (HEIGHT - rows.length * module) >> 1];
  for (let y = 0; y < rows.length * module; y++)
    for (let x = 0; x < rows.length * module; x++) {
      const dark = rows[Math.floor(y / module)]?.[Math.floor(x / module)] === true;
      picture[(top + y) * WIDTH + left + x] = dark ? DARK : LIGHT;
    }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), picture, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  await writeFile(file, [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

/** This machine with a camera that sees what stands in a file. */
export const withCamera = (file: string): Machine => ({
  ...THIS_MACHINE,
  switches: [
    ...THIS_MACHINE.switches,
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ],
  permissions: [...THIS_MACHINE.permissions, 'camera'],
});
