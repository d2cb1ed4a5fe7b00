import { type History, firstOf, sizeOf } from '../history-file';
import { type Row, count, median, ms, ratioRow } from '../report';
import { type Chromium, closePage } from './browser';

/** P3 in Chromium, from IndexedDB in a new worker each time, and P7's disk. */
export async function coldStartInChromium(
  browser: Chromium,
  history: History,
  size: number,
  runs: number,
): Promise<{ readonly start: Row[]; readonly disk: Row[] }> {
  const page = await browser.open();
  const part = { address: `/history/${size}`, texts: false };
  const { network, grown } = await page.evaluate((given) => window.bench.call('store', given), part);
  const { name } = history.people[0]!;
  const opens: number[] = [];
  const reads: number[] = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run++) {
    await page.evaluate(() => window.bench.fresh());
    const { open, read } = await page.evaluate((given) => window.bench.call('open', given), { network, name });
    opens.push(open);
    reads.push(read);
    await page.evaluate(() => window.bench.fresh());
    floors.push(await page.evaluate((given) => window.bench.call('decode', given), { network }));
  }
  await closePage(page);
  const [open, read, floor] = [median(opens), median(reads), median(floors)];
  const bytes = sizeOf(firstOf(history, size), false);
  return {
    start: [
      ratioRow(
        {
          figure: 'P3',
          what: `cold start of ${count(size)} events in Chromium, from IndexedDB`,
          ours: `${ms(open)}, of it reading ${ms(read)}`,
          floor: `bare decode ${ms(floor)}`,
          ratio: open / floor,
        },
        2,
      ),
    ],
    disk: [
      ratioRow(
        {
          figure: 'P7',
          what: `disk of an event in IndexedDB, of ${count(size)}`,
          ours: `${count(grown / size)} bytes`,
          floor: `the event itself ${count(bytes / size)} bytes`,
          ratio: grown / bytes,
        },
        1.3,
      ),
    ],
  };
}
