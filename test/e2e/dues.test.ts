import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { engineClock } from './kit/engine-clock';
import { foundNetwork, goTo, record, settled } from './kit/steps';

const NETWORK = 'Mill Lane';
const SEALED = { timeout: 100_000 };

/** Days by which the engine's clock is behind, from the next window on. */
let behind = 100;

let ana: App;
beforeAll(async () => {
  ana = await App.start('ana', { prepare: engineClock(() => behind) });
}, 60_000);
afterAll(() => ana?.end());

const allSealed = () => ana.page.getByRole('banner').getByRole('link', { name: 'All sealed' }).waitFor(SEALED);
const dues = () => ana.page.getByRole('region', { name: 'Due by the agreement' });
/** Its link says how much waits. */
async function goHome(): Promise<void> {
  await ana.page.getByRole('navigation').getByRole('link', { name: /^Home/ }).click();
  await settled(ana.page);
}
async function openOwnPage(): Promise<void> {
  await goTo(ana, 'Members');
  await ana.page.getByRole('main').getByRole('link', { name: 'Ana' }).first().click();
  await settled(ana.page);
}

describe('what is due by the agreement', () => {
  it('is nothing before a seal, nor before a month has begun since', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    await openOwnPage();
    await dues()
      .getByText(/^Nothing is due yet/)
      .waitFor();
    await allSealed();
    await dues()
      .getByText(/begins after the membership is sealed/)
      .waitFor();
    expect(await axeFaults(ana.page)).toEqual([]);
  });

  it('is told once months have begun: on Home, in the ledger and on the member’s page, with the clause', async () => {
    await ana.closeWindow();
    behind = 0;
    await ana.openWindow();
    await ana.page.getByRole('link', { name: NETWORK }).first().click();
    await settled(ana.page);
    await record(ana, { what: 'A member put in money', amount: '10', memo: 'A part' });
    await allSealed();

    await goTo(ana, 'Ledger');
    await dues()
      .getByRole('row', { name: /Ana.*€10\.00/ })
      .waitFor();
    expect(await axeFaults(ana.page)).toEqual([]);

    await openOwnPage();
    await dues()
      .getByText(/€10\.00 paid\.$/)
      .waitFor();
    await dues()
      .getByText(/€20\.00 a month for [34] months, from/)
      .waitFor();
    await dues().getByRole('link', { name: 'What we put in' }).waitFor();
    await dues()
      .getByRole('button', { name: /^Why\?/ })
      .click();
    await ana.page
      .getByRole('dialog')
      .getByText(/A part/)
      .waitFor();
    await ana.page.keyboard.press('Escape');
    await ana.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await axeFaults(ana.page)).toEqual([]);
  });

  it('is paid by the entry that Home leads to, filled in', async () => {
    await goHome();
    const need = ana.page.getByRole('link', { name: /You owe this by the agreement/ });
    const open = /€(\d+\.00)$/.exec((await need.innerText()).trim())?.[1];
    await need.click();
    await settled(ana.page);
    expect(await ana.page.getByRole('textbox', { name: /How much\?/ }).inputValue()).toBe(open);
    await ana.page.getByRole('button', { name: 'Sign and record' }).click();
    await ana.page.getByRole('heading', { name: 'Dues', level: 1 }).waitFor();
    await openOwnPage();
    await dues().getByText('Nothing is open.').waitFor();
    await goHome();
    expect(await need.count()).toBe(0);
    expect(ana.faults).toEqual([]);
  });
});
