import type { Page } from 'playwright-core';
import { SignallingService } from '../../../node/signalling/service';
import { App } from '../../e2e/kit/app';
import { goTo } from '../../e2e/kit/steps';
import type { History } from '../history-file';
import { watchFrames } from '../page/frames';
import { type Row, count } from '../report';
import { type Chromium, closePage } from './browser';
import { Watch } from './watch';

/** Events that come to the window while its person writes. */
export const SYNCED = 10_000;
/** The network's name, in the history's texts. */
const NETWORK = 'The house';
const PAGE = 'Diary';
/** Milliseconds. */
const PATIENCE = 300_000;
const IDLE = 10_000;
const SETTLED = 2_000;
const LOOK_EVERY = 500;
/** Milliseconds between two keys: fast, for a person. */
const KEY = 60;
const WORDS = 'The roof held through the night, and the buckets in the attic are dry. ';

/**
 * P8: how free the thread of the screens stays while the built app joins a network, opens it, shows it, verifies it, and writes a page while
 * others' events come. The member is the app's engine in another browser; an idle page of that browser is watched beside it, since
 * on a busy machine frames come late by themselves. `history` holds `SYNCED` events more than `size`.
 */
export async function freeWindow(browser: Chromium, history: History, size: number): Promise<Row[]> {
  const signalling = new SignallingService();
  await signalling.listenLoopback();
  const member = new Member(await browser.open(), history, signalling.addresses());
  const link = await member.holds(size);
  const idle = await browser.open();
  await idle.evaluate(watchFrames);
  const newcomer = await App.start('newcomer');
  const watch = new Watch(newcomer.page, idle);
  try {
    const { page } = newcomer;
    page.setDefaultTimeout(PATIENCE);
    await page.evaluate(watchFrames);
    await joining(watch, newcomer, history.network, link, size);
    await screens(watch, newcomer);
    await verifying(watch, newcomer, size);
    await opening(watch, newcomer, size);
    await member.leaves();
    await writing(watch, newcomer, () => member.comesBack(size));
    if (newcomer.faults.length > 0) throw new Error(newcomer.faults.join('\n'));
    return watch.rows;
  } finally {
    await newcomer.end();
    for (const page of [member.page, idle]) await closePage(page);
    await signalling.close();
  }
}

/** The other member: the app's engine without screens. Of the history's people it is the one who wrote nothing, so that what it signs forks nobody. */
class Member {
  readonly page: Page;
  readonly #history: History;
  readonly #signalling: readonly string[];

  constructor(page: Page, history: History, signalling: readonly string[]) {
    this.page = page;
    this.#history = history;
    this.#signalling = signalling;
  }

  /** Holds the first events of the history, and makes an invite. */
  async holds(size: number): Promise<string> {
    const { network, people } = this.#history;
    await this.#store(`/history/${size}`);
    const name = people.at(-1)!.name;
    await this.page.evaluate((given) => window.bench.call('adopt', given), { network, name });
    await this.#start();
    return this.page.evaluate((given) => window.bench.engine.invite(given), network);
  }

  async leaves(): Promise<void> {
    await this.page.reload();
  }

  /** With the events that follow. */
  async comesBack(size: number): Promise<void> {
    await this.#store(`/history/${size}-${size + SYNCED}`);
    await this.#start();
  }

  async #store(address: string): Promise<void> {
    await this.page.evaluate((given) => window.bench.call('store', given), { address, texts: true });
  }

  async #start(): Promise<void> {
    await this.page.evaluate((given) => window.bench.engine.start(given), this.#signalling);
    await this.page.evaluate((given) => window.bench.engine.open(given), this.#history.network);
  }
}

async function joining(watch: Watch, { page }: App, network: string, link: string, size: number): Promise<void> {
  await page.getByRole('link', { name: 'Use an invite' }).first().click();
  await page.getByLabel('Invite link').fill(link);
  await page.getByRole('button', { name: 'Read the invite' }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByLabel('Your name in this network').fill('newcomer');
  await watch.during(`the app's window idle, on the screen for joining`, () => page.waitForTimeout(IDLE));
  await watch.during(`… while ${count(size)} events with texts are joined and verified`, async () => {
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    // The address changes once all is verified and stored; then the whole state goes to the window.
    await page.waitForURL((url) => url.hash.includes(network));
  });
  await watch.during(`… while they are opened and shown, and ${IDLE / 1000} s on`, () => shownFor(page, IDLE));
}

async function shownFor(page: Page, time: number): Promise<void> {
  await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
  await page.waitForTimeout(time);
}

/** Every screen that lists what there is many of, from the navigation or from the one before. */
async function screens(watch: Watch, app: App): Promise<void> {
  const { page } = app;
  const opens = (what: string, act: () => Promise<unknown>): Promise<void> =>
    watch.during(`… opening ${what}, and ${SETTLED / 1000} s on`, async () => {
      await act();
      await page.waitForTimeout(SETTLED);
    });
  await opens('the balances', async () => {
    await goTo(app, 'Ledger');
    await page.getByRole('heading', { name: 'Trial balance' }).waitFor();
  });
  await opens('all entries', async () => {
    await page.getByRole('tab', { name: 'Entries' }).click();
    await page.getByRole('grid').waitFor();
  });
  await watch.during('… scrolling through all entries', () => scrolled(page));
  await opens('the entries of one account', async () => {
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: 'Bank' }).click();
    await page.getByRole('button', { name: 'Clear filters' }).waitFor();
  });
  await page.getByRole('tab', { name: 'Balances' }).click();
  await opens(`an account's own page`, async () => {
    await page.getByRole('link', { name: 'Bank' }).click();
    await page.getByRole('heading', { name: 'Bank', level: 1 }).waitFor();
  });
  await opens('an entry', async () => {
    await page.getByRole('grid').getByRole('row').nth(1).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  await opens('the record', () => goTo(app, 'Record'));
  await watch.during('… scrolling through the record', () => scrolled(page));
  await opens('the decisions', () => goTo(app, 'Decisions'));
  await opens('a decision', async () => {
    await page.getByRole('link', { name: 'Paint the stairs' }).first().click();
    await page.getByRole('heading', { name: 'Paint the stairs', level: 1 }).waitFor();
  });
  await opens('the members', () => goTo(app, 'Members'));
  await opens('a member', async () => {
    await page.getByRole('main').getByRole('link', { name: 'ana' }).first().click();
    await page.getByRole('heading', { name: 'ana', level: 1 }).waitFor();
  });
  await opens('the first screen', () => goTo(app, 'Home'));
}

async function scrolled(page: Page): Promise<void> {
  await page.mouse.move(700, 600);
  for (let i = 0; i < 20; i++) {
    await page.mouse.wheel(0, 3_000);
    await page.waitForTimeout(30);
  }
}

async function verifying(watch: Watch, { page }: App, size: number): Promise<void> {
  await sealsLink(page).click();
  const start = page.getByRole('button', { name: 'Verify everything' });
  await start.waitFor();
  await watch.during(`… while Verify everything checks ${count(size)} events`, async () => {
    await start.click();
    await page.getByRole('button', { name: 'Verify again' }).waitFor();
  });
}

async function opening(watch: Watch, app: App, size: number): Promise<void> {
  const { page } = app;
  await page.getByRole('link', { name: 'All networks' }).click();
  const link = page.getByRole('link', { name: `Open ${NETWORK}` });
  await link.waitFor();
  await watch.during(`… while ${count(size)} events are opened from the disk, and ${IDLE / 1000} s on`, async () => {
    await link.click();
    await shownFor(page, IDLE);
  });
}

async function writing(watch: Watch, app: App, come: () => Promise<void>): Promise<void> {
  const { page } = app;
  await goTo(app, 'Commons');
  await page.getByRole('button', { name: 'Write the first page' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill(PAGE);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('textbox', { name: `Text of “${PAGE}”` }).click();
  const write = async (isDone: () => boolean): Promise<void> => {
    do await page.keyboard.type(WORDS, { delay: KEY });
    while (!isDone());
  };
  let [rounds, here] = [0, false];
  await watch.during('… while a page is written and nothing comes', () => write(() => ++rounds === 3));
  const before = await unsealed(page);
  const arrived = async (): Promise<void> => {
    await come();
    while ((await unsealed(page)) < before + SYNCED) await page.waitForTimeout(LOOK_EVERY);
    here = true;
  };
  await watch.during(`… while a page is written and ${count(SYNCED)} events come`, () =>
    Promise.all([write(() => here), arrived()]),
  );
}

const sealsLink = (page: Page) => page.locator('a[href$="/seals"]');

async function unsealed(page: Page): Promise<number> {
  return Number((await sealsLink(page).innerText()).replaceAll(/\D/g, ''));
}
