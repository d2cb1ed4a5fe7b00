import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { openSample } from './kit/sample';
import { goTo } from './kit/steps';

/** The made-up network that anyone can look around in, from the first screen down to a signed event. */
describe('the sample network', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start('sample');
    await openSample(app);
  }, 90_000);
  afterAll(() => app?.end());

  it('is marked as a sample, inside and on the first screen', async () => {
    const { page } = app;
    const header = page.getByRole('banner').first();
    await header.getByText('Sample', { exact: true }).waitFor();
    await header.getByRole('button', { name: 'Only on this device' }).waitFor();
    await page.getByText('This is a made-up network').waitFor();
    const home = page.url();
    await page.getByRole('link', { name: 'All networks' }).click();
    const listed = page.getByRole('listitem').filter({ hasText: 'Quince House' });
    await listed.getByText('Sample', { exact: true }).waitFor();
    await listed.getByText('9 members').waitFor();
    await page.getByRole('button', { name: 'Open the sample network' }).click();
    await page.getByRole('heading', { name: 'What needs you' }).waitFor();
    expect(page.url()).toBe(home);
  });

  it('shows on home how far the group is, each attribute with its evidence', async () => {
    const stages = app.page.getByRole('region', { name: 'How far we are' });
    const opened = stages.getByRole('button', { expanded: true });
    for (const stage of ['Forming', 'Knowledge commons', 'Self-governing']) {
      if ((await opened.count()) > 0) await opened.first().click();
      await stages.getByRole('button', { name: new RegExp(`^${stage}`) }).click();
    }
    await stages.getByText('The network decides regularly').waitFor();
    await stages.getByText(/\d+ decisions in four months/).waitFor();
    await stages.getByRole('button', { name: 'Why? The network decides regularly' }).click();
    const why = app.page.getByRole('dialog', { name: 'Why? The network decides regularly' });
    await why.getByText(/signed events? stands? behind it/).waitFor();
    await why.getByRole('link', { name: 'signed event' }).first().waitFor();
    await app.page.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
  });

  it('opens a figure of the ledger down to the signed event and its fields', async () => {
    const { page } = app;
    await goTo(app, 'Ledger');
    const bank = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'Bank', exact: true }) })
      .first();
    await bank.getByRole('button', { name: /^Why\? / }).click();
    const why = page.getByRole('dialog');
    await why.getByText(/signed events stand behind it/).waitFor();
    await why.getByRole('link', { name: 'signed event' }).last().click();
    await page.getByRole('heading', { name: 'How it is bound into the record' }).waitFor();
    const field = (name: string) => page.locator(`dt:text-is("${name}") + dd`);
    expect(await field('Id').innerText()).toMatch(/^[0-9a-f]{64}$/);
    expect(await field('Device').last().innerText()).toMatch(/^[0-9a-f]{64}$/);
    expect(await field('Signature').innerText()).toMatch(/^[0-9a-f]{128}$/);
    expect(await field('Previous event of the device').innerText()).toMatch(/^[0-9a-f]{64}$/);
    await field('Signed by').getByRole('link').waitFor();
    await page.getByText('In effect', { exact: true }).waitFor();
    const id = await field('Id').innerText();
    await field('Previous event of the device').getByRole('link').click();
    await expect.poll(() => field('Id').innerText()).not.toBe(id);
  });

  it('scrolls through all entries of its ledger', async () => {
    const { page } = app;
    await goTo(app, 'Ledger');
    await page.getByRole('tab', { name: 'Entries' }).click();
    const grid = page.getByRole('grid', { name: 'Entries' });
    await grid.waitFor();
    const count = Number(await grid.getAttribute('aria-rowcount'));
    expect(count).toBeGreaterThan(500);
    const last = () =>
      grid
        .getByRole('row')
        .evaluateAll((rows) => Math.max(...rows.map((row) => Number(row.getAttribute('aria-rowindex')))));
    expect(await last()).toBeLessThan(100);
    await grid.hover();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 6_000);
        return last();
      })
      .toBe(count);
    // Of the hundreds only those near the window are in the page.
    expect(await grid.getByRole('row').count()).toBeLessThan(100);
    await grid.getByRole('row').last().click();
    await page.getByRole('table', { name: 'Postings' }).waitFor();
  });

  it('reports no faults', () => expect(app.faults).toEqual([]));
});
