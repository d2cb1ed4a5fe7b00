import { join, resolve } from 'node:path';
import { Chromium } from './chromium/browser';
import { arrivalInChromium } from './chromium/arrival';
import { coldStartInChromium } from './chromium/cold-start';
import { documents } from './chromium/documents';
import { files } from './chromium/files';
import { SYNCED, freeWindow } from './chromium/free-window';
import { firstWindow } from './chromium/first-window';
import { joining } from './chromium/joining';
import { latency } from './chromium/latency';
import { memoryInChromium } from './chromium/memory';
import { writers } from './chromium/writers';
import { loadHistory } from './history';
import { type History, firstOf } from './history-file';
import { describeMachine } from './machine';
import { ARRIVALS, arrivals } from './measures/arrival';
import { coldStartInNode } from './node/cold-start';
import { joiningInNode } from './node/joining';
import { memoryInNode } from './node/memory';
import { rivalsFor } from './node/rivals';
import { searchInNode } from './node/search';
import { type Options, parseOptions } from './options';
import { type Row, table } from './report';
import { arrivalRows } from './rows';

const OUT = resolve('out/bench');
const MB = 1_000_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function inNode({ only, events, quick }: Options, history: History, rows: Row[]): Promise<void> {
  const step = async (name: string, work: () => Promise<readonly Row[]>): Promise<void> => {
    say(`${name} in Node…`);
    rows.push(...(await work()));
  };
  // One after the other, and memory first: what the others leave behind would count.
  if (only.has('P7'))
    for (const size of events)
      await step(`P7 with ${size} events`, async () => [await memoryInNode(firstOf(history, size))]);
  if (only.has('SEARCH')) await step('Search', () => searchInNode(quick));
  if (only.has('P2'))
    await step('P2', async () => {
      const measured = [];
      for (const size of events) measured.push({ size, ...(await arrivals(history, size)) });
      return arrivalRows('Node', measured);
    });
  if (only.has('P3'))
    for (const size of events)
      await step(`P3 with ${size} events`, () => coldStartInNode(firstOf(history, size), runsOf(quick, size)));
  if (only.has('P1'))
    for (const size of events)
      await step(`P1 with ${size} events`, async () => {
        const part = firstOf(history, size);
        const rivals = rivalsFor(join(OUT, 'rivals'), part);
        return joiningInNode(part, runsOf(quick, size), rivals, rivalRunsOf(quick, size));
      });
}

const runsOf = (quick: boolean, size: number): number => (quick || size > 20_000 ? 3 : 5);
/** One of 100,000 takes many minutes. */
const rivalRunsOf = (quick: boolean, size: number): number => (quick || size > 20_000 ? 1 : 3);

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
  if (only.has('P1')) {
    for (const size of events)
      for (const texts of size === 10_000 ? [false, true] : [true])
        await step(`P1 with ${size} events`, () => joining(browser, history, size, texts, runsOf(quick, size)));
  }
  if (only.has('P2')) await step('P2', () => arrivalInChromium(browser, events));
  if (only.has('P7'))
    for (const size of events)
      await step(`P7 with ${size} events`, async () => [await memoryInChromium(browser, history, size)]);
  if (only.has('P3') || only.has('P7'))
    for (const size of events)
      await step(`P3 and P7 with ${size} events`, async () => {
        const { start, disk } = await coldStartInChromium(browser, history, size, quick ? 3 : 5);
        return [...(only.has('P3') ? start : []), ...(only.has('P7') ? [disk] : [])];
      });
  if (only.has('P8')) await step(`P8 with ${largest} events`, () => freeWindow(browser, history, largest));
  if (only.has('P8') || only.has('WRITERS')) await step('P8 with writers', () => writers(browser));
  if (only.has('P9')) await step('P9', () => firstWindow(quick ? 3 : 9));
  if (only.has('P4')) await step('P4', () => latency(browser, quick ? 60 : 300));
  if (only.has('P5')) {
    for (const bytes of quick ? [20 * MB] : [20 * MB, 100 * MB]) {
      const runs = quick || bytes > 50 * MB ? 3 : 5;
      await step(`P5 with a file of ${bytes / MB} MB`, () => files(browser, history, bytes, runs));
      await step(`P5 with ${bytes / MB} MB of documents`, () => documents(browser, history, bytes, runs));
    }
  }
}

async function run(given: readonly string[]): Promise<void> {
  const options = parseOptions(given);
  const sized = ['P1', 'P2', 'P3', 'P7', 'P8'].some((figure) => options.only.has(figure));
  const wanted = (sized ? options.events.at(-1)! : 0) + (options.only.has('P8') ? SYNCED : ARRIVALS);
  const history = await loadHistory(join(OUT, 'history.cbor'), wanted, say);
  const rows: Row[] = [];
  const browser = options.places.has('chromium') ? await Chromium.start(join(OUT, 'page'), history) : null;
  const machine = describeMachine(browser?.version ?? null);
  try {
    if (options.places.has('node')) await inNode(options, history, rows);
    if (browser !== null) await inChromium(options, history, browser, rows);
  } finally {
    await browser?.close();
    // What was measured before something failed is still worth its minutes.
    for (const line of machine) print(line);
    print(`\n${table(rows.sort((a, b) => a.figure.localeCompare(b.figure)))}`);
  }
}

run(process.argv.slice(2)).then(
  // The WebRTC library for Node breaks down where its connections are collected while the process ends by itself.
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
