import type { History } from '../history-file';
import { type Row, megabytes, median, ms, ratioRow } from '../report';
import { type Chromium, closePage, connectPages, rawTransfer } from './browser';

/** Events of the network around the file: its people. */
const FEW = 100;

/** P5: a file comes to a peer that has none of it, piece by piece checked and stored. */
export async function files(browser: Chromium, history: History, bytes: number, runs: number): Promise<Row[]> {
  const [first, second] = history.people;
  const part = { address: `/history/${FEW}`, texts: true };
  const member = await browser.open();
  const { network } = await member.evaluate((given) => window.bench.call('store', given), part);
  await member.evaluate((given) => window.bench.call('open', given), { network, name: first!.name });
  const file = await member.evaluate((given) => window.bench.call('addFile', given), bytes);
  const ours: number[] = [];
  const raws: number[] = [];
  for (let run = 0; run < runs; run++) {
    const other = await browser.open();
    await other.evaluate((given) => window.bench.call('store', given), part);
    await other.evaluate((given) => window.bench.call('open', given), { network, name: second!.name });
    const received = other.evaluate((given) => window.bench.call('receiveFile', given), file);
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
        what: `a file of ${megabytes(bytes)} to a new peer, checked and stored`,
        ours: `${ms(mine)}, ${rate(mine)}`,
        floor: `raw channel ${ms(raw)}, ${rate(raw)}`,
        ratio: raw / mine,
      },
      0.9,
      true,
    ),
  ];
}
