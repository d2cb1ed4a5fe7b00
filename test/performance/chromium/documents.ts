import type { History } from '../history-file';
import { type Row, megabytes, median, ms, ratioRow } from '../report';
import { type Chromium, closePage, connectPages, rawTransfer } from './browser';

/** Events of the network around the documents: its people. */
const FEW = 100;

/** P5: the documents of a commons come to a peer that has none. */
export async function documents(browser: Chromium, history: History, bytes: number, runs: number): Promise<Row[]> {
  const [first, second] = history.people;
  const part = { address: `/history/${FEW}`, texts: true };
  const member = await browser.open();
  const { network } = await member.evaluate((given) => window.bench.call('store', given), part);
  const { changes } = await member.evaluate((given) => window.bench.call('storeDocs', given), { network, bytes });
  const ours: number[] = [];
  const raws: number[] = [];
  for (let run = 0; run < runs; run++) {
    // A sender that was just started, too: nothing of its documents is in memory.
    await member.evaluate(() => window.bench.fresh());
    await member.evaluate((given) => window.bench.call('open', given), { network, name: first!.name });
    const other = await browser.open();
    await other.evaluate((given) => window.bench.call('store', given), part);
    await other.evaluate((given) => window.bench.call('open', given), { network, name: second!.name });
    const received = other.evaluate((given) => window.bench.call('receiveDocs', given), changes);
    await connectPages(other, member, 'peer');
    ours.push(await received);
    await closePage(other);
    raws.push(await rawTransfer(browser, bytes));
  }
  await closePage(member);
  const [mine, raw] = [median(ours), median(raws)];
  const rate = (time: number): string => `${((bytes / 1e6 / time) * 1000).toFixed(1)} MB/s`;
  return [
    ratioRow(
      {
        figure: 'P5',
        what: `${megabytes(bytes)} of documents in ${changes} changes to a new peer, stored`,
        ours: `${ms(mine)}, ${rate(mine)}`,
        floor: `raw channel ${ms(raw)}, ${rate(raw)}`,
        ratio: raw / mine,
      },
      0.7,
      true,
    ),
  ];
}
