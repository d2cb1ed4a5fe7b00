import { ARRIVALS } from '../measures/arrival';
import type { Row } from '../report';
import { arrivalRows } from '../rows';
import { type Chromium, closePage } from './browser';

/** P2 in Chromium, in a worker of its own for each length of history. */
export async function arrivalInChromium(browser: Chromium, sizes: readonly number[]): Promise<Row[]> {
  const measured = [];
  for (const size of sizes) {
    const page = await browser.open();
    const order = { address: `/history/${size + ARRIVALS}`, texts: false, size };
    measured.push({ size, ...(await page.evaluate((given) => window.bench.call('arrive', given), order)) });
    await closePage(page);
  }
  return arrivalRows('Chromium', measured);
}
