import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Page, chromium } from 'playwright-core';
import { App, CHROMIUM } from '../../e2e/kit/app';
import { type Row, count, median, ms, quantile } from '../report';

/** Milliseconds until the first window can be used, and bytes that may be fetched for it. */
const USABLE = 1_500;
const FETCHED = 700_000;

const firstLink = (page: Page): Promise<void> => page.getByRole('link', { name: 'Found a network' }).first().waitFor();

/**
 * P9 in the browser fallback: from nothing to a first screen that can be used, and what was fetched until then. Floor: the same browser,
 * started in the same way, with a page of one link.
 */
export async function firstWindow(runs: number): Promise<Row[]> {
  const [starts, bare, pages, barePages]: [number[], number[], number[], number[]] = [[], [], [], []];
  const bareServer = await serveBare();
  const bareAddress = `http://127.0.0.1:${(bareServer.address() as AddressInfo).port}/`;
  let fetched = { files: 0, packed: 0, bytes: 0 };
  try {
    for (let run = 0; run < runs; run++) {
      // In turns, so that what else the machine does is in both.
      await startBare(bareAddress, bare, barePages);
      const began = performance.now();
      const app = await App.start('first');
      try {
        await firstLink(app.page);
        starts.push(performance.now() - began);
        fetched = await fetchedBy(app);
        pages.push(await timed(app.page, app.address));
      } finally {
        await app.end();
      }
    }
  } finally {
    await new Promise((resolve) => bareServer.close(resolve));
  }
  const shown = (values: readonly number[]): string => `${ms(median(values))}, slowest ${ms(quantile(values, 1))}`;
  return [
    {
      figure: 'P9',
      what: 'first window usable in the browser: launcher, browser and page from nothing',
      ours: shown(starts),
      floor: `browser with a bare page ${shown(bare)}`,
      ratio: median(starts) / median(bare),
      target: `≤ ${ms(USABLE)}`,
      met: median(starts) <= USABLE,
    },
    {
      figure: 'P9',
      what: '… the page alone, loaded anew in a browser that runs',
      ours: shown(pages),
      floor: `bare page ${shown(barePages)}`,
      ratio: median(pages) / median(barePages),
      target: '',
    },
    {
      figure: 'P9',
      what: `fetched before first use: ${fetched.files} files, by gzip`,
      ours: `${count(fetched.packed / 1000)} kB (${count(fetched.bytes / 1000)} kB as they are)`,
      floor: '',
      target: `≤ ${count(FETCHED / 1000)} kB`,
      met: fetched.packed <= FETCHED,
    },
  ];
}

async function timed(page: Page, address: string): Promise<number> {
  await page.goto('about:blank');
  const began = performance.now();
  await page.goto(address);
  await firstLink(page);
  return performance.now() - began;
}

async function startBare(address: string, starts: number[], pages: number[]): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'peerhold-bare-'));
  const began = performance.now();
  const context = await chromium.launchPersistentContext(home, { executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(address);
    await firstLink(page);
    starts.push(performance.now() - began);
    pages.push(await timed(page, address));
  } finally {
    await context.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function serveBare(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Bare</title><h1>Bare</h1><a href="#found">Found a network</a>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** What window and engine have fetched so far, each file once. */
async function fetchedBy({ page, address }: App): Promise<{ files: number; packed: number; bytes: number }> {
  // As text: types of the page's own globals are not of this folder.
  const list = `performance.getEntriesByType('resource').map(({ name }) => name)`;
  const lists = [page.evaluate<string[]>(list), ...page.workers().map((one) => one.evaluate<string[]>(list))];
  const names = new Set([`${address}/`, ...(await Promise.all(lists)).flat()].map((name) => name.split('#')[0]!));
  const own = [...names].filter((name) => name.startsWith(address));
  let [packed, bytes] = [0, 0];
  for (const name of own) {
    const content = Buffer.from(await (await fetch(name)).arrayBuffer());
    bytes += content.length;
    packed += gzipSync(content, { level: 9 }).length;
  }
  return { files: own.length, packed, bytes };
}
