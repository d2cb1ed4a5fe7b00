import { join, resolve } from 'node:path';
import { Chromium } from './chromium/browser';
import { coldStartInChromium } from './chromium/cold-start';
import { documents } from './chromium/documents';
import { joining } from './chromium/joining';
import { latency } from './chromium/latency';
import { loadHistory } from './history';
import { type History, firstOf } from './history-file';
import { describeMachine } from './machine';
import { ARRIVALS, arrival } from './node/arrival';
import { coldStartInNode } from './node/cold-start';
import { memory } from './node/memory';
import { type Options, parseOptions } from './options';
import { type Row, table } from './report';

const OUT = resolve('out/bench');
const MB = 1_000_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function inNode({ only, events, quick }: Options, history: History): Promise<Row[]> {
  const largest = firstOf(history, events.at(-1)!);
  const rows: Row[] = [];
  // One after the other, and memory first: what the others leave behind would count.
  if (only.has('P7')) rows.push(...(await memory(largest)));
  if (only.has('P2')) rows.push(...(await arrival(history, events)));
  if (only.has('P3')) rows.push(...(await coldStartInNode(largest, quick ? 3 : 5)));
  return rows;
}

async function inChromium(
  { only, events, quick }: Options,
  history: History,
  browser: Chromium,
  rows: Row[],
): Promise<void> {
  const largest = events.at(-1)!;
  const step = async (name: string, work: () => Promise<readonly Row[]>): Promise<void> => {
    say(`${name} in Chromium…`);
    rows.push(...(await work()));
  };
  if (only.has('P1'))
    for (const size of events.filter((one) => one === largest || one >= 10_000)) {
      const runs = quick || size > 20_000 ? 3 : 5;
      for (const texts of size > 20_000 ? [true] : [false, true])
        await step(`P1 with ${size} events`, () => joining(browser, history, size, texts, runs));
    }
  if (only.has('P3') || only.has('P7'))
    await step('P3 and P7', async () => {
      const { start, disk } = await coldStartInChromium(browser, history, largest, quick ? 3 : 5);
      return [...(only.has('P3') ? start : []), ...(only.has('P7') ? disk : [])];
    });
  if (only.has('P4')) await step('P4', () => latency(browser, quick ? 60 : 300));
  if (only.has('P5')) {
    for (const bytes of quick ? [20 * MB] : [20 * MB, 100 * MB])
      await step(`P5 with ${bytes / MB} MB`, () =>
        documents(browser, history, bytes, quick || bytes > 50 * MB ? 3 : 5),
      );
    rows.push({ figure: 'P5', what: 'files: not built yet', ours: '', floor: '', target: '≥ 0.9 ×' });
  }
}

async function run(given: readonly string[]): Promise<void> {
  const options = parseOptions(given);
  const sized = ['P1', 'P2', 'P3', 'P7'].some((figure) => options.only.has(figure));
  const wanted = (sized ? options.events.at(-1)! : 0) + ARRIVALS;
  const history = await loadHistory(join(OUT, 'history.cbor'), wanted, say);
  const rows: Row[] = [];
  const needsBrowser = ['P1', 'P3', 'P4', 'P5', 'P7'].some((figure) => options.only.has(figure));
  const browser = needsBrowser ? await Chromium.start(join(OUT, 'page'), history) : null;
  const machine = describeMachine(browser?.version ?? null);
  try {
    say('in Node…');
    rows.push(...(await inNode(options, history)));
    if (browser !== null) await inChromium(options, history, browser, rows);
  } finally {
    await browser?.close();
    // What was measured before something failed is still worth its minutes.
    for (const line of machine) print(line);
    print(`\n${table(rows.sort((a, b) => a.figure.localeCompare(b.figure)))}`);
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
