import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { Terminal } from './kit/cli';
import { scan } from './kit/qr';
import {
  balance,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  record,
  seeConnected,
  seeInTheWay,
  setOffline,
} from './kit/steps';

const NETWORK = 'No Meeting Place';

/** Members whose apps know each other's meeting places, all of which are gone: nobody finds anybody by them. */
describe('with no meeting place to be reached', () => {
  let ana: App;
  let ben: App;
  let cleo: Terminal;

  beforeAll(async () => {
    [ana, ben, cleo] = await Promise.all([App.start('ana'), App.start('ben'), Terminal.open('cleo')]);
    await foundNetwork(ana, NETWORK, 'Ana');
    const link = await makeInvite(ana, { uses: 2 });
    await joinNetwork(ben, link, 'Ben', NETWORK);
    await cleo.ok('join', link, '--name', 'Cleo');
    await cleo.ok('sync', '--once');
    // What was connected before goes as well. The parts of the app that are used later are loaded while there is a server.
    for (const app of [ana, ben]) await setOffline(app, true);
    await record(ben, { what: 'A member put in money', amount: '75', memo: 'For chairs' });
    await goTo(ana, 'Ledger');
    await Promise.all([ana, ben].map((app) => app.stopServer()));
    for (const app of [ana, ben]) await setOffline(app, false);
    for (const { page } of [ana, ben]) await page.getByRole('button', { name: /^Nobody connected/ }).waitFor();
  });
  afterAll(async () => {
    await Promise.allSettled([ana?.end(), ben?.end(), cleo?.end()]);
  });

  /** The dialog for connecting by hand. */
  const openDialog = async ({ page }: App): Promise<Locator> => {
    await page.getByRole('button', { name: /connected/ }).click();
    await page.getByRole('button', { name: 'Connect by hand' }).click();
    return page.getByRole('dialog', { name: 'Connect by hand' });
  };
  const code = (dialog: Locator, label: string): Promise<string> =>
    dialog.getByRole('textbox', { name: label, exact: true }).inputValue();
  const closeAll = async (app: App): Promise<void> => {
    await app.page
      .getByRole('dialog', { name: 'Connect by hand' })
      .getByRole('button', { name: 'Close' })
      .last()
      .click();
    await app.page.keyboard.press('Escape');
  };

  it('each says that no meeting place answers, and what gets around that', async () => {
    for (const app of [ana, ben])
      await seeInTheWay(app, 'No meeting place can be reached', 'By two codes that you carry');
  });

  it('two apps connect by codes that were copied and scanned, and have the same afterwards', async () => {
    expect(await ana.page.getByText('For chairs').count()).toBe(0);
    const [here, there] = [await openDialog(ana), await openDialog(ben)];
    await here.getByRole('button', { name: 'Make a code' }).click();
    const offer = await code(here, 'Your code');
    expect(await scan(here.getByRole('img', { name: 'Your code, to be scanned' }))).toBe(offer);
    await there.getByLabel('Code from the other device').fill(offer);
    await there.getByRole('button', { name: 'Answer it' }).click();
    const answer = await scan(there.getByRole('img', { name: 'Your answer, to be scanned' }));
    expect(answer).toBe(await code(there, 'Your answer'));
    await here.getByLabel('Answer of the other device').fill(answer);
    await here.getByRole('button', { name: 'Connect', exact: true }).click();
    for (const dialog of [here, there]) await dialog.getByText('The two devices send each other now').waitFor();
    for (const app of [ana, ben]) await closeAll(app);
    for (const { page } of [ana, ben]) await page.getByRole('button', { name: /^1 connected/ }).waitFor();
    for (const app of [ana, ben]) await seeConnected(app, ['connected on this same machine', 'connected by hand']);
    await expect.poll(() => balance(ana, 'Bank'), { timeout: 20_000 }).toContain('75.00');
  });

  it('a wrong code is told, and the right one is still taken', async () => {
    const dialog = await openDialog(ana);
    await dialog.getByRole('button', { name: 'Connect another device' }).click();
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    const offer = await code(dialog, 'Your code');
    const answer = dialog.getByLabel('Answer of the other device');
    const connect = dialog.getByRole('button', { name: 'Connect', exact: true });
    for (const [given, told] of [
      ['good morning', 'This is not a code'],
      [offer, 'This is a first code, not the answer'],
      [`${offer.slice(0, -20)}${'A'.repeat(20)}`, 'The code is damaged'],
    ] as const) {
      await answer.fill(given);
      await connect.click();
      await dialog.getByRole('alert').getByText(told).waitFor();
    }
    // A terminal is the other device; the window is closed meanwhile.
    await closeAll(ana);
    await cleo.start(/the code of the other device/, 'connect', '--answer', '--once');
    cleo.write(`${offer}\n`);
    const [, answered] = await cleo.hear(/"answer":"([^"]+)"/);
    const again = await openDialog(ana);
    await again.getByLabel('Answer of the other device').fill(answered!);
    await again.getByRole('button', { name: 'Connect', exact: true }).click();
    await again.getByText('The two devices send each other now').waitFor();
    await closeAll(ana);
    expect(await cleo.ended()).toBe(0);
    const { balances } = await cleo.ok('ledger');
    expect(balances).toContainEqual(expect.objectContaining({ account: 'bank', amount: 7_500 }));
  });

  it('a terminal makes the code, and an app answers it', async () => {
    await cleo.ok('post', 'money', '25', '--memo', 'For a table');
    const [, offer] = await cleo.start(/"offer":"([^"]+)"/, 'connect', '--once');
    const dialog = await openDialog(ben);
    await dialog.getByRole('button', { name: 'Connect another device' }).click();
    await dialog.getByLabel('Code from the other device').fill(offer!);
    await dialog.getByRole('button', { name: 'Answer it' }).click();
    cleo.write(`nonsense\n${await code(dialog, 'Your answer')}\n`);
    await cleo.hear(/This is not a code/);
    await dialog.getByText('The two devices send each other now').waitFor();
    expect(await cleo.ended()).toBe(0);
    await closeAll(ben);
    for (const app of [ana, ben])
      await expect.poll(() => balance(app, 'Bank'), { timeout: 20_000 }).toContain('100.00');
  });

  it('a person gives up, and the code that was given away leads nowhere', async () => {
    const dialog = await openDialog(ben);
    await dialog
      .getByRole('button', { name: /Connect another device/ })
      .or(dialog.getByText('The connection has ended'))
      .first()
      .waitFor();
    if (await dialog.getByRole('button', { name: 'Connect another device' }).isVisible())
      await dialog.getByRole('button', { name: 'Connect another device' }).click();
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    const given = await code(dialog, 'Your code');
    await dialog.getByRole('button', { name: 'Give up' }).click();
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    await cleo.start(/the code of the other device/, 'connect', '--answer');
    cleo.write(`${given}\n`);
    const [, answered] = await cleo.hear(/"answer":"([^"]+)"/);
    await dialog.getByLabel('Answer of the other device').fill(answered!);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('alert').getByText('This answers another code').waitFor();
    await cleo.stop();
    await dialog.getByRole('button', { name: 'Give up' }).click();
    expect([...ana.faults, ...ben.faults]).toEqual([]);
  });
});
