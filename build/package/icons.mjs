// Draws the app's icons from resources/icon.svg in the forms that the three systems want.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureHeadlessChromium } from '../chromium.mjs';
import { ICONS, RESOURCES } from './places.mjs';

/** @typedef {{ readonly size: number, readonly png: Buffer }} Picture */

/** Widths in pixels that any of the forms holds. */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const LINUX = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 24, 32, 48, 64, 128, 256];
/** Apple's names of the pictures in an icns file that are PNG, and their widths: the second row is for screens of twice the density. */
const APPLE = /** @type {const} */ ([
  ...[
    ['icp4', 16],
    ['icp5', 32],
    ['icp6', 64],
    ['ic07', 128],
    ['ic08', 256],
    ['ic09', 512],
  ],
  ...[
    ['ic11', 32],
    ['ic12', 64],
    ['ic13', 256],
    ['ic14', 512],
    ['ic10', 1024],
  ],
]);

/** @returns {Promise<Map<number, Buffer>>} the drawing as PNG, by width */
async function draw() {
  const executablePath = ensureHeadlessChromium();
  if (executablePath === undefined) throw new Error('icons need a Chromium to draw them');
  const drawing = readFileSync(join(RESOURCES, 'icon.svg')).toString('base64');
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const pictures = new Map();
    for (const size of SIZES) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(
        `<style>*{margin:0}img{display:block;width:${size}px}</style><img src="data:image/svg+xml;base64,${drawing}">`,
      );
      await page
        .locator('img')
        .evaluate((image) => /** @type {{ decode(): Promise<void> }} */ (/** @type {unknown} */ (image)).decode());
      pictures.set(size, await page.screenshot({ omitBackground: true }));
      await page.close();
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

/**
 * Windows' ICO: a directory of pictures, then the pictures, each a PNG.
 * @param {readonly Picture[]} pictures
 */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    // 256 does not fit and is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/**
 * Apple's ICNS: named blocks, each with its length, that of its head included.
 * @param {readonly { readonly name: string, readonly png: Buffer }[]} pictures
 */
export function icns(pictures) {
  /** @param {string} name @param {number} length */
  const head = (name, length) => {
    const bytes = Buffer.alloc(8);
    bytes.write(name, 'latin1');
    bytes.writeUInt32BE(length + 8, 4);
    return bytes;
  };
  const blocks = pictures.map(({ name, png }) => Buffer.concat([head(name, png.length), png]));
  const body = Buffer.concat(blocks);
  return Buffer.concat([head('icns', body.length), body]);
}

/** Writes all icons to `ICONS`. */
export async function makeIcons() {
  const pictures = await draw();
  /** @param {number} size */
  const picture = (size) => {
    const png = pictures.get(size);
    if (png === undefined) throw new Error(`no picture of ${size} pixels`);
    return png;
  };
  mkdirSync(join(ICONS, 'png'), { recursive: true });
  for (const size of LINUX) writeFileSync(join(ICONS, 'png', `${size}x${size}.png`), picture(size));
  writeFileSync(join(ICONS, 'icon.ico'), ico(WINDOWS.map((size) => ({ size, png: picture(size) }))));
  writeFileSync(join(ICONS, 'icon.icns'), icns(APPLE.map(([name, size]) => ({ name, png: picture(size) }))));
}
