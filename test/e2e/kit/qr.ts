import type { Locator } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';

/** Reads a code from the screen, as a camera held before it would. */
export async function scan(code: Locator): Promise<string> {
  // A dialog that is still opening would be caught half size.
  const shot = (await code.screenshot({ animations: 'disabled' })).toString('base64');
  // A page of its own unpacks the picture: the app's content security policy allows no foreign one.
  const page = await code.page().context().newPage();
  const { width, height, pixels } = await page.evaluate(async (shot) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${shot}`)).blob());
    const { width, height } = picture;
    const drawing = new OffscreenCanvas(width, height).getContext('2d')!;
    drawing.drawImage(picture, 0, 0);
    return { width, height, pixels: [...drawing.getImageData(0, 0, width, height).data] };
  }, shot);
  await page.close();
  return decodeQR({ width, height, data: Uint8Array.from(pixels) });
}
