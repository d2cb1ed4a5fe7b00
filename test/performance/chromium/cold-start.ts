import { type History, firstOf, sizeOf } from '../history-file';
import type { StartParts } from '../measures/cold-start';
import { type Row, count, median, ms, ratioRow } from '../report';
import { startRows } from '../rows';
import { type Chromium, closePage } from './browser';

/** P3 in Chromium, from IndexedDB in a new worker each time, and P7's disk. */
export async function coldStartInChromium(
  browser: Chromium,
  history: History,
  size: number,
  runs: number,
): Promise<{ readonly start: Row[]; readonly disk: Row }> {
  const page = await browser.open();
  const part = { address: `/history/${size}`, texts: false };
  const { network, grown } = await page.evaluate((given) => window.bench.call('store', given), {
    ...part,
    started: true,
  });
  const { name } = history.people[0]!;
  const opens: number[] = [];
  const reads: number[] = [];
  const floors: number[] = [];
  const parts: StartParts[] = [];
  for (let run = 0; run < runs; run++) {
    await page.evaluate(() => window.bench.fresh());
    const { open, read } = await page.evaluate((given) => window.bench.call('open', given), { network, name });
    opens.push(open);
    reads.push(read);
    await page.evaluate(() => window.bench.fresh());
    floors.push(await page.evaluate((given) => window.bench.call('decode', given), { network }));
    await page.evaluate(() => window.bench.fresh());
    parts.push(await page.evaluate((given) => window.bench.call('parts', given), part));
  }
  await closePage(page);
  const bytes = sizeOf(firstOf(history, size), false);
  const from = `from IndexedDB (${ms(median(reads))} to read)`;
  return {
    start: startRows('Chromium', from, size, { opens, floors, parts }),
    disk: ratioRow(
      {
        figure: 'P7',
        what: `disk of an event in IndexedDB, of ${count(size)}`,
        ours: `${count(grown / size)} bytes`,
        floor: `the event itself ${count(bytes / size)} bytes`,
        ratio: grown / bytes,
      },
      1.3,
    ),
  };
}
