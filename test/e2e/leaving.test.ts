import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { engineClock } from './kit/engine-clock';
import { finishProposal, foundNetwork, goTo, seeStatus, settled, vote } from './kit/steps';

const NETWORK = 'Mill Lane';
const ADOPTING = 'Say how someone leaves';
const SEALED = { timeout: 100_000 };

/** Days by which the engine's clock is behind, from the next window on. */
let behind = 100;

let ana: App;
beforeAll(async () => {
  ana = await App.start('ana', { prepare: engineClock(() => behind) });
}, 60_000);
afterAll(() => ana?.end());

const allSealed = () => ana.page.getByRole('banner').getByRole('link', { name: 'All sealed' }).waitFor(SEALED);
const leaving = () => ana.page.getByRole('region', { name: 'Leave this network' });
const confirm = (words: string) => ana.page.getByRole('dialog').getByRole('button', { name: words }).click();
async function openOwnPage(): Promise<void> {
  await goTo(ana, 'Members');
  await ana.page.getByRole('main').getByRole('link', { name: 'Ana' }).first().click();
  await settled(ana.page);
}

describe('leaving by notice', () => {
  it('is what a protocol of its kind asks for, in days that its form takes', async () => {
    const { page } = ana;
    await foundNetwork(ana, NETWORK, 'Ana');
    await goTo(ana, 'Agreement');
    await page.getByText('Whoever leaves announces it 90 days ahead.', { exact: false }).waitFor();
    await page.getByRole('tab', { name: 'Draft' }).click();
    await page.getByRole('button', { name: 'Start from the version in force' }).click();
    await page.getByRole('button', { name: 'Parameters: When someone leaves' }).click();
    await page.getByText('How fast could you pay someone out, honestly?', { exact: false }).waitFor();
    await page.getByLabel('Days of notice').fill('60');
    expect(await page.getByRole('checkbox', { name: 'Contributions that are due and not paid' }).isChecked()).toBe(
      true,
    );
    expect(await axeFaults(page)).toEqual([]);
    await page.getByText('Differences from what is in force').click();
    await page.getByText('the text says “three months”, the parameters say 60 days', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Propose this version' }).click();
    await finishProposal(ana, ADOPTING);
    await vote(ana, 'Agree');
    await seeStatus(ana, ADOPTING, 'Adopted');
    await goTo(ana, 'Agreement');
    await page
      .getByText('Whoever leaves announces it 60 days ahead. Who goes at once is not kept, and it is noted.')
      .waitFor();
    await allSealed();
  });

  it('is announced on one’s own page, told to all, and can be taken back', async () => {
    const { page } = ana;
    await openOwnPage();
    await leaving().getByText('The agreement asks you to announce it 60 days ahead:').waitFor();
    await leaving().getByRole('button', { name: 'Leave at once…' }).click();
    await page.getByRole('dialog').getByText('what of it you do not keep is noted').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const round of ['first', 'again']) {
      await leaving().getByRole('button', { name: 'Announce that you leave…' }).click();
      await confirm('Announce it');
      await leaving().getByText('You have announced to leave.').waitFor();
      await page.getByText('Has announced to leave', { exact: true }).waitFor();
      if (round === 'again') break;
      await leaving().getByRole('button', { name: 'Stay after all' }).click();
      await confirm('Stay after all');
      await leaving().getByText('You have announced to leave.').waitFor({ state: 'detached' });
    }
    await allSealed();
    await leaving()
      .getByText(/until the first seal on or after/)
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('comes about by itself with the first seal after those days, and what is due by then is noted', async () => {
    await ana.closeWindow();
    behind = 0;
    await ana.openWindow();
    const { page } = ana;
    await page.getByRole('link', { name: NETWORK }).first().click();
    await settled(page);
    await openOwnPage();
    await page.getByText('Left', { exact: true }).first().waitFor(SEALED);
    expect(await leaving().count()).toBe(0);
    const unsettled = page.getByRole('alert').filter({ hasText: 'Not settled' });
    await unsettled.getByText('Contributions that are due and not paid:').waitFor();
    expect(await unsettled.getByText(/days of notice/).count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await goTo(ana, 'Record');
    await page.getByText('Ana announced to leave the network').first().waitFor();
    await page.getByText('Ana stays after all').first().waitFor();
    expect(ana.faults).toEqual([]);
  });
});
