import { type History, firstOf, sizeOf } from '../history-file';
import type { Row } from '../report';
import { memoryRow } from '../rows';
import { type Chromium, closePage } from './browser';

/** Held before, so that the code and all that is there once does not count. */
const FEW = 100;

/** P7: memory of a whole replica in a worker against the events' own bytes. */
export async function memoryInChromium(browser: Chromium, history: History, size: number): Promise<Row> {
  const page = await browser.open();
  const used = async (events: number): Promise<number> => {
    const part = { address: `/history/${events}`, texts: false };
    await page.evaluate((given) => window.bench.call('hold', given), part);
    return page.evaluate(() => window.bench.memory());
  };
  const before = await used(FEW);
  const grown = (await used(size)) - before;
  await closePage(page);
  const bytes = sizeOf(firstOf(history, size), false) - sizeOf(firstOf(history, FEW), false);
  return memoryRow('Chromium', size - FEW, grown, bytes);
}
