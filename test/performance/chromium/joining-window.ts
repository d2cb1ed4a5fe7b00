import { SignallingService } from '../../../node/signalling/service';
import { App } from '../../e2e/kit/app';
import type { History } from '../history-file';
import { type Frames, takeFrames, watchFrames } from '../page/frames';
import { type Row, count, ms } from '../report';
import { type Chromium, closePage } from './browser';

/** The network's name, in the history's texts. */
const NETWORK = 'The house';
/** Milliseconds. */
const PATIENCE = 300_000;
const IDLE = 10_000;
/** A task from here on is a long one, and what P8 allows. */
const LONG_TASK = 50;

/**
 * P8 of a join: how free the thread of the screens stays while the built app joins. The member is the app's engine in another browser;
 * an idle page of that browser is watched beside it, since on a busy machine frames come late by themselves.
 */
export async function joiningWindow(browser: Chromium, history: History, size: number): Promise<Row[]> {
  const signalling = new SignallingService();
  await signalling.listenLoopback();
  const member = await browser.open();
  const part = { address: `/history/${size}`, texts: true };
  const { network } = await member.evaluate((given) => window.bench.call('store', given), part);
  await member.evaluate((given) => window.bench.call('adopt', given), { network, name: history.people[0]!.name });
  await member.evaluate((given) => window.bench.engine.start(given), signalling.addresses());
  await member.evaluate((given) => window.bench.engine.open(given), network);
  const link = await member.evaluate((given) => window.bench.engine.invite(given), network);
  const idle = await browser.open();
  const newcomer = await App.start('newcomer');
  try {
    const { page } = newcomer;
    page.setDefaultTimeout(PATIENCE);
    await page.getByRole('link', { name: 'Use an invite' }).first().click();
    await page.getByLabel('Invite link').fill(link);
    await page.getByRole('button', { name: 'Read the invite' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByLabel('Your name in this network').fill('newcomer');
    const both = [page, idle] as const;
    const taken = async (): Promise<readonly Frames[]> => Promise.all(both.map((one) => one.evaluate(takeFrames)));
    for (const one of both) await one.evaluate(watchFrames);
    await page.waitForTimeout(IDLE);
    const before = await taken();
    const start = performance.now();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    // The address changes once all is verified and stored; then the whole state goes to the window.
    await page.waitForURL((url) => url.hash.includes(network));
    const joined = performance.now() - start;
    const during = await taken();
    await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
    await page.waitForTimeout(IDLE);
    const after = await taken();
    if (newcomer.faults.length > 0) throw new Error(newcomer.faults.join('\n'));
    const row = (what: string, [ours, beside]: readonly Frames[]): Row => ({
      figure: 'P8',
      what,
      ours: `longest task ${shown(ours!.task)}, longest gap between frames ${ms(ours!.gap)}`,
      floor: `an idle page beside it ${shown(beside!.task)}, ${ms(beside!.gap)}`,
      target: `no task over ${LONG_TASK} ms`,
      met: ours!.task <= LONG_TASK,
    });
    return [
      row(`the app's window idle, on the screen for joining`, before),
      row(`the app's window while ${count(size)} events with texts are joined and verified (${ms(joined)})`, during),
      row(`… and while they are opened and shown, and ${IDLE / 1000} s on`, after),
    ];
  } finally {
    await newcomer.end();
    for (const page of [member, idle]) await closePage(page);
    await signalling.close();
  }
}

const shown = (task: number): string => (task === 0 ? `under ${LONG_TASK} ms` : ms(task));
