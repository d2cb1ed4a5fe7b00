import { monitorEventLoopDelay } from 'node:perf_hooks';
import MiniSearch from 'minisearch';
import { pageDoc, pageText } from '../../../shared/commons/pages';
import { plainText } from '../../../shared/commons/search/plain-text';
import { wordsAt } from '../../../shared/commons/search/words';
import { readNodes } from '../../../shared/commons/text/fragment';
import { SearchDesk } from '../../../shared/engine/search';
import { MemoryStore } from '../../../shared/peer/memory-store';
import { Peer } from '../../../shared/peer/peer';
import { systemClock, systemRandom } from '../../../shared/sync/system';
import { foundNetwork } from '../../../shared/replica/replica';
import { protocols, testSigner } from '../../kit/group';
import { keepCommons, storedCommons } from '../commons';
import { type Row, count, median, megabytes, ms, quantile } from '../report';
import { type MadePage, madePages } from './texts';

const FIGURE = 'Search';
const PAGES = 5_000;
/** Milliseconds in which a key that was pressed is answered. */
const TARGET = 50;
/** Typed letter by letter; each letter is a question. */
const TYPED = [
  'roof',
  'the agreement',
  'who pays when a member leaves',
  'seal of the record',
  'connection between two devices',
  'prise miri',
  'protocl',
  '4711 eur',
];
const ROUNDS = { quick: 3, whole: 10 };
/** Rounds of what is compared with, which takes longer. */
const OTHERS = 1;

const around = { clock: systemClock, random: systemRandom, now: () => Date.now() };

/** Full-text search over a commons of 5,000 pages: reading them in the background, each key of a question, memory. */
export async function searchInNode(quick: boolean): Promise<Row[]> {
  const pages = madePages(PAGES);
  const words = pages.reduce((sum, { title, text }) => sum + title.length + text.length, 0);
  const peer = await commonsOf(pages);
  const floor = await bareReading(peer, pages);
  const before = await used();
  const desk = new SearchDesk(peer, systemClock);
  const idle = await longestWait(() => new Promise((resolve) => setTimeout(resolve, 2_000)));
  const reading = await longestWait(() => processor(() => desk.settled()));
  const grown = (await used()) - before;
  const rounds = quick ? ROUNDS.quick : ROUNDS.whole;
  const ours = keyed(rounds, (typed) => desk.find({ words: typed, kind: null, each: 5 }).hits.length);
  const scan = keyed(OTHERS, scanOf(pages));
  await desk.close();
  await peer.close();
  const rival = await miniSearch(pages);
  const shown = (values: readonly number[]): string => `${ms(median(values))}, p99 ${ms(quantile(values, 0.99))}`;
  const rows = (what: string, key: keyof Keys, most?: number): Row[] => [
    {
      figure: FIGURE,
      what,
      ours: shown(ours[key]),
      floor: `looking through all texts for the letters ${shown(scan[key])}`,
      ratio: median(ours[key]) / median(scan[key]),
      ...(most === undefined ? { target: '' } : { target: `≤ ${most} ms`, met: quantile(ours[key], 0.99) <= most }),
    },
    {
      figure: FIGURE,
      what: '… against MiniSearch 7.2.0, every word by its beginning',
      ours: shown(ours[key]),
      floor: shown(rival.keys[key]),
      ratio: median(ours[key]) / median(rival.keys[key]),
      target: '',
    },
  ];
  return [
    {
      figure: FIGURE,
      what: `${count(PAGES)} pages (${megabytes(words)} of text) read in the background in Node`,
      ours: `${ms(reading.result.time)}, processor ${ms(reading.result.processor)}, longest wait of others ${ms(reading.longest)} (idle ${ms(idle.longest)})`,
      floor: `opening the documents and reading their text, processor ${ms(floor)}`,
      ratio: reading.result.processor / floor,
      target: '',
    },
    ...rows(
      `a key pressed in a search over ${count(PAGES)} pages in Node (${count(ours.time.length)} keys)`,
      'time',
      TARGET,
    ),
    ...rows('… by the processor', 'processor'),
    {
      figure: FIGURE,
      what: 'memory of the index in Node, with the texts',
      ours: megabytes(grown),
      floor: `the texts themselves ${megabytes(words)}; MiniSearch without texts ${megabytes(rival.memory)}`,
      ratio: grown / words,
      target: '',
    },
  ];
}

/** A network whose commons has these pages. */
async function commonsOf(pages: readonly MadePage[]): Promise<Peer> {
  const signer = await testSigner('ana');
  const text = (words: string) => ({ text: words });
  const { replica, batch } = await foundNetwork(
    signer,
    {
      name: text('The house'),
      purpose: text('To live together'),
      unit: 'EUR',
      protocols: protocols(),
      founder: { name: text('Ana'), type: 'resident', device: 'laptop' },
    },
    Date.now(),
  );
  const store = new MemoryStore();
  await store.append({ events: batch.events.map(({ bytes }) => bytes), texts: batch.texts });
  await keepCommons(storedCommons(pages), store.docs);
  return Peer.open(replica.id, signer, store, around);
}

/** Processor time of what has to be done to any index: opening each document and reading its text. */
async function bareReading(peer: Peer, pages: readonly MadePage[]): Promise<number> {
  const { processor: spent } = await processor(async () => {
    for (const { id } of pages)
      await peer.docs.glance(pageDoc(id), Infinity, (doc) => plainText(readNodes(pageText(doc))).length);
  });
  return spent;
}

/** Milliseconds of each key. */
interface Keys {
  readonly time: readonly number[];
  readonly processor: readonly number[];
}

/** Each key in each round, after one round that is not counted. */
function keyed(rounds: number, ask: (typed: string) => unknown): Keys {
  const time: number[] = [];
  const spent: number[] = [];
  for (let round = 0; round <= rounds; round++)
    for (const typed of TYPED)
      for (let end = 1; end <= typed.length; end++) {
        const [start, before] = [performance.now(), process.cpuUsage()];
        ask(typed.slice(0, end));
        const { user, system } = process.cpuUsage(before);
        if (round === 0) continue;
        time.push(performance.now() - start);
        spent.push((user + system) / 1_000);
      }
  return { time, processor: spent };
}

/** Every text that has every word somewhere in it, by the letters alone. */
function scanOf(pages: readonly MadePage[]): (typed: string) => number {
  const texts = pages.map(({ title, text }) => `${title}\n${text}`.toLowerCase());
  return (typed) => {
    const words = typed.split(' ').filter(Boolean);
    return texts.filter((text) => words.every((word) => text.includes(word))).length;
  };
}

async function miniSearch(pages: readonly MadePage[]) {
  const before = await used();
  const index = new MiniSearch<MadePage>({
    fields: ['title', 'text'],
    tokenize: (text) => [...wordsAt(text)].map(({ word }) => word),
    processTerm: (term) => term,
    searchOptions: { prefix: true, combineWith: 'AND', boost: { title: 4 } },
  });
  for (const page of pages) index.add(page);
  const memory = (await used()) - before;
  return { memory, keys: keyed(OTHERS, (typed) => index.search(typed).length) };
}

async function processor(work: () => Promise<unknown>): Promise<{ readonly time: number; readonly processor: number }> {
  const [start, { user, system }] = [performance.now(), process.cpuUsage()];
  await work();
  const now = process.cpuUsage();
  return { time: performance.now() - start, processor: (now.user + now.system - user - system) / 1_000 };
}

/** The longest that anything else in this thread would have waited, in milliseconds. */
async function longestWait<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly longest: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const result = await work();
  delay.disable();
  return { result, longest: delay.max / 1e6 };
}

async function used(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
