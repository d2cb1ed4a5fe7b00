import { type History, firstOf, sizeOf } from '../history-file';
import { type Row, count, megabytes, median, ms, ratioRow } from '../report';
import { type Chromium, closePage, connectPages, rawTransfer } from './browser';

/** P1: a newcomer receives, folds, stores, opens and verifies a network over WebRTC, by the code of the app's join. */
export async function joining(
  browser: Chromium,
  history: History,
  size: number,
  texts: boolean,
  runs: number,
): Promise<Row[]> {
  const bytes = sizeOf(firstOf(history, size), texts);
  const part = { address: `/history/${size}`, texts };
  const times = {
    join: [] as number[],
    open: [] as number[],
    checked: [] as number[],
    verify: [] as number[],
    raw: [] as number[],
  };
  const member = await browser.open();
  const { network } = await member.evaluate((given) => window.bench.call('store', given), part);
  const name = history.people[0]!.name;
  await member.evaluate((given) => window.bench.call('open', given), { network, name });
  for (let run = 0; run < runs; run++) {
    const invite = await member.evaluate(async () => {
      const { secret, seal } = await window.bench.call('invite', undefined);
      return { secret: [...secret], seal };
    });
    const joiner = await browser.open();
    await joiner.evaluate(
      (given) => window.bench.call('meetAsJoiner', { ...given, secret: new Uint8Array(given.secret) }),
      { network, ...invite },
    );
    await connectPages(joiner, member, 'peer');
    const took = await joiner.evaluate((given) => window.bench.call('join', given), `joiner ${run}`);
    if (took.events < size) throw new Error(`the newcomer has ${took.events} of ${size} events`);
    times.join.push(took.join);
    times.open.push(took.open);
    times.checked.push(took.checked);
    await closePage(joiner);
    const checker = await browser.open();
    times.verify.push(await checker.evaluate((given) => window.bench.call('verify', given), part));
    await closePage(checker);
    times.raw.push(await rawTransfer(browser, bytes));
  }
  await closePage(member);
  const join = median(times.join);
  const open = median(times.open);
  const checked = median(times.checked);
  const verify = median(times.verify);
  const raw = median(times.raw);
  return [
    ratioRow(
      {
        figure: 'P1',
        what: `join a network of ${count(size)} events (${megabytes(bytes)}${texts ? ' with a text each' : ', no texts'})`,
        ours: `all checked after ${ms(checked)}; joined after ${ms(join)}, then ${ms(open)} to open it`,
        floor: `verify ${ms(verify)}, raw channel ${ms(raw)}`,
        ratio: checked / Math.max(verify, raw),
      },
      1.5,
    ),
  ];
}
