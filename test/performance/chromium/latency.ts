import { SignallingService } from '../../../node/signalling/service';
import { type Row, median, ms, quantile, ratioRow } from '../report';
import { type Chromium, closePage, connectPages } from './browser';

/** Milliseconds between two ballots, so that each meets an idle app, and no frame in a fixed rhythm. */
const PAUSE = 83;
/** Ballots on one proposal: nobody changes a vote a hundred times. */
const CHANGES = 4;

/** P4: a ballot cast in one window until the other window has it in its state and draws a frame; both with the app's engine. */
export async function latency(browser: Chromium, ballots: number): Promise<Row[]> {
  const signalling = new SignallingService();
  await signalling.listenLoopback();
  const servers = signalling.addresses();
  const [here, there] = [await browser.open(), await browser.open()];
  for (const page of [here, there]) await page.evaluate((given) => window.bench.engine.start(given), servers);
  const network = await here.evaluate(() => window.bench.engine.found());
  const link = await here.evaluate((id) => window.bench.engine.invite(id), network);
  await there.evaluate((given) => window.bench.engine.join(given, 'ben'), link);
  const proposals: string[] = [];
  for (let i = 0; i < ballots / CHANGES; i++)
    proposals.push(await here.evaluate((id) => window.bench.engine.propose(id), network));
  await there.evaluate((id) => window.bench.engine.sees(id), proposals.at(-1)!);
  await connectPages(here, there, 'raw');
  const { ahead } = await here.evaluate(() => window.bench.raw.clocks());
  const asked = await here.evaluate(([id, about, many, pause]) => window.bench.engine.vote(id, about, many, pause), [
    network,
    proposals,
    ballots,
    PAUSE,
  ] as const);
  await there.waitForFunction((many) => window.bench.engine.ballots.length >= many, ballots);
  const seen = new Map(await there.evaluate(() => window.bench.engine.ballots));
  const ours = asked.map(([event, at]) => seen.get(event)! - ahead - at);
  const signed = asked.map(([, at, done]) => done - at);
  const writes = await here.evaluate(([many, pause]) => window.bench.engine.strictWrites(many, pause), [
    ballots,
    PAUSE,
  ] as const);
  const sent = await here.evaluate(([many, pause]) => window.bench.raw.ticks(many, pause), [ballots, PAUSE] as const);
  await there.waitForFunction((many) => window.bench.raw.frames.length >= many, ballots);
  const frames = await there.evaluate(() => window.bench.raw.frames);
  const floor = sent.map((at, index) => frames[index]! - ahead - at);
  for (const page of [here, there]) await closePage(page);
  await signalling.close();
  const row = (share: number, name: string, limit: number): Row => {
    const [mine, bare] = [quantile(ours, share), quantile(floor, share)];
    const what = `a ballot until the other window has drawn, ${name} of ${ballots}`;
    return ratioRow(
      { figure: 'P4', what, ours: ms(mine), floor: `raw channel and a frame ${ms(bare)}`, ratio: mine / bare },
      limit,
    );
  };
  const least = `least ${ms(Math.min(...ours))}, median ${ms(median(ours))}`;
  process.stderr.write(`P4: ${least}; clocks differ by ${ms(Math.abs(ahead))}\n`);
  // Where the time goes: one write to the disk before a ballot leaves, and one before it is shown. The bare channel has none.
  const [write, bare] = [median(writes), median(floor)];
  const part = (what: string, mine: number, against: string, least: number): Row => ({
    ...{ figure: 'P4', what, ours: ms(mine), floor: `${against} ${ms(least)}`, ratio: mine / least, target: '' },
  });
  return [
    row(0.5, 'median', 2),
    row(0.99, 'p99', 4),
    part('… of it until it is signed and stored, median', median(signed), 'one bare durable write', write),
    part('… all of it, median', median(ours), 'raw channel, a frame and two such writes', bare + 2 * write),
  ];
}
