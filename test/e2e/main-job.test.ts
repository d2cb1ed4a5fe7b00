import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import {
  balance,
  finishProposal,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  openResource,
  propose,
  record,
  seeConnected,
  seeStatus,
  seeText,
  setOffline,
  startProposal,
  vote,
  write,
} from './kit/steps';

/**
 * The whole job, by three people at three computers, over real WebRTC and the project's own signalling: each step builds on
 * what the steps before left, as it does for a group.
 */
const NETWORK = 'Lindenhof';
let ana: App;
let ben: App;
let cleo: App;
const everyone = () => [ana, ben, cleo];

beforeAll(async () => {
  [ana, ben, cleo] = await Promise.all([App.start('ana'), App.start('ben'), App.start('cleo')]);
}, 60_000);

afterAll(async () => {
  await Promise.all(everyone().map((app) => app?.end()));
});

const connected = (app: App, count: number) =>
  app.page.getByRole('button', { name: new RegExp(`^${count} connected`) }).waitFor();

describe('three people', () => {
  it('found a network and join it by invite', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
    await joinNetwork(cleo, await makeInvite(ana), 'Cleo', NETWORK);
    for (const app of everyone()) {
      await connected(app, 2);
      await seeConnected(app, ['connected on this same machine', 'met at']);
      await goTo(app, 'Members');
      for (const name of ['Ana', 'Ben', 'Cleo']) await app.page.getByRole('main').getByText(name).first().waitFor();
    }
  });

  it('decide offline: votes cast apart give one result everywhere when they meet', async () => {
    await propose(ana, 'Shall we paint the door?');
    for (const app of [ben, cleo]) await openProposal(app, 'Shall we paint the door?');
    for (const app of everyone()) await setOffline(app, true);
    await vote(ana, 'Agree');
    await vote(ben, 'Disagree', 'It was just painted.');
    await vote(cleo, 'Agree');
    for (const app of [cleo, ana, ben]) await setOffline(app, false);
    for (const app of everyone()) await seeStatus(app, 'Shall we paint the door?', 'Adopted');
  });

  it('change a parameter of the agreement, after one has changed their vote; it is in force by itself', async () => {
    await startProposal(ana, 'A parameter of a protocol');
    await ana.page.getByRole('combobox', { name: 'Which protocol?' }).selectOption({ label: 'How we spend' });
    await ana.page.getByRole('textbox', { name: 'Free up to' }).fill('50');
    await finishProposal(ana, 'Spend less freely');
    for (const app of [ben, cleo]) await openProposal(app, 'Spend less freely');
    await vote(ben, 'Disagree', 'It is little enough.');
    await vote(ben, 'Agree');
    await vote(ana, 'Agree');
    await vote(cleo, 'Agree');
    for (const app of everyone()) {
      await seeStatus(app, 'Spend less freely', 'Adopted');
      await goTo(app, 'Agreement');
      await app.page
        .getByText(/Version 2/)
        .first()
        .waitFor();
    }
  });

  it('decide to spend, and keep books that say what was covered and what was not', async () => {
    await record(ana, { what: 'A member put in money', amount: '1000', memo: 'Opening contribution' });
    await startProposal(ben, 'Spending money');
    await ben.page.getByRole('textbox', { name: 'Up to' }).fill('300');
    await finishProposal(ben, 'New gutters');
    await vote(ben, 'Agree');
    await openProposal(ana, 'New gutters');
    await vote(ana, 'Agree');
    await seeStatus(cleo, 'New gutters', 'Adopted');
    await record(cleo, {
      what: 'We paid for something',
      amount: '200',
      category: 'Repairs',
      memo: 'Gutters',
      covered: 'New gutters',
    });
    await cleo.page.getByText('Covered', { exact: true }).first().waitFor();
    await record(cleo, { what: 'We paid for something', amount: '150', category: 'Repairs', memo: 'More gutters' });
    await cleo.page.getByText('Breach', { exact: true }).first().waitFor();
    for (const app of everyone()) {
      await expect.poll(() => balance(app, 'Bank'), { timeout: 15_000 }).toContain('650.00');
      expect(await balance(app, 'Ana')).toContain('1,000.00');
      await app.page.getByText('1 payment to talk about').waitFor();
    }
  });

  it('seek a house, pledge on conditions, decide to buy it, pay for it, and hold it with shares', async () => {
    const { page } = ana;
    await goTo(ana, 'Resources');
    await page.getByRole('link', { name: 'New candidate' }).first().click();
    await page.getByRole('textbox', { name: 'What is it?' }).fill('The old mill');
    await page.getByRole('textbox', { name: 'Asking price' }).fill('100000');
    await page.getByRole('button', { name: 'Sign and put forward' }).click();
    for (const [app, amount, together] of [
      [ana, '70000', '100000'],
      [ben, '30000', ''],
      [cleo, '10000', '500000'],
    ] as const) {
      await openResource(app, 'The old mill');
      await app.page.getByRole('textbox', { name: 'I pledge' }).fill(amount);
      await app.page.getByRole('textbox', { name: 'Only if all together reach' }).fill(together);
      await app.page.getByRole('button', { name: 'Sign the pledge' }).click();
      await app.page
        .getByRole('row')
        .filter({ hasText: new RegExp(Number(amount).toLocaleString('en-GB')) })
        .first()
        .waitFor();
    }
    await page.getByText(/110,000.00 of .*100,000.00 pledged/).waitFor();
    await page.getByRole('button', { name: 'Propose to buy' }).click();
    await page.getByRole('button', { name: 'Sign and propose' }).click();
    for (const app of everyone()) {
      await openProposal(app, 'Buy: The old mill');
      await vote(app, 'Agree');
    }
    for (const app of everyone()) await seeStatus(app, 'Buy: The old mill', 'Adopted');
    await openResource(ana, 'The old mill');
    await expect.poll(() => page.getByText('Due', { exact: true }).count()).toBe(2);
    for (const app of [ana, ben]) {
      await openResource(app, 'The old mill');
      const own = app.page.getByRole('row').filter({ hasText: app === ana ? 'Ana' : 'Ben' });
      await own.getByRole('link', { name: 'Record its payment' }).click();
      await app.page.getByRole('button', { name: 'Sign and record' }).click();
      await app.page.getByRole('heading', { name: 'Pledge for The old mill' }).waitFor();
    }
    await expect.poll(() => balance(ana, 'Bank'), { timeout: 15_000 }).toContain('100,650.00');
    await openResource(ana, 'The old mill');
    await page.getByRole('link', { name: 'Record the purchase' }).first().click();
    await page.getByRole('button', { name: 'Sign and record' }).click();
    await page.getByText('Covered', { exact: true }).first().waitFor();
    for (const app of everyone()) {
      await openResource(app, 'The old mill');
      const shares = app.page.getByRole('table').filter({ hasText: 'Part' });
      await expect.poll(() => shares.innerText(), { timeout: 15_000 }).toMatch(/Ana[^]*703[^]*Ben[^]*297/);
    }
  });

  it('agree on who may use it, book it apart for the same dates, and one gives way', async () => {
    const { page } = ana;
    await goTo(ana, 'Agreement');
    await page.getByRole('tab', { name: 'Draft' }).click();
    await page.getByRole('button', { name: 'Start from the version in force' }).click();
    await page.getByRole('button', { name: 'Parameters: How we use what we hold' }).click();
    await page.getByText('Which dates does everyone want').waitFor();
    await page.getByRole('switch', { name: 'Resident: has a quota' }).check({ force: true });
    await page.getByRole('textbox', { name: 'Resident: at most in a year' }).fill('10');
    await page.getByText('Resident: 10 nights at most in a year.').waitFor();
    await page.getByText('Differences from what is in force').click();
    await page.getByRole('link', { name: 'Propose this version' }).click();
    await finishProposal(ana, 'Use the mill');
    for (const app of everyone()) {
      await openProposal(app, 'Use the mill');
      await vote(app, 'Agree');
    }
    for (const app of [ben, cleo]) {
      await seeStatus(app, 'Use the mill', 'Adopted');
      await openResource(app, 'The old mill');
      await setOffline(app, true);
    }
    const dates = async (app: App, from: string, until: string): Promise<void> => {
      await app.page.getByLabel('Arriving on').fill(from);
      await app.page.getByLabel('Leaving on').fill(until);
    };
    await dates(ben, '2090-08-01', '2090-08-08');
    await ben.page.getByText('7 nights. The agreement allows it. Then 3 nights are left in 2090.').waitFor();
    await dates(cleo, '2090-08-05', '2090-08-12');
    for (const app of [ben, cleo]) {
      await app.page.getByRole('button', { name: 'Sign the booking' }).click();
      await app.page.getByText(/^Booked: /).waitFor();
    }
    for (const app of [ben, cleo]) await setOffline(app, false);
    const notice = (app: App) => app.page.getByRole('alert').filter({ hasText: 'Your booking waits' });
    await notice(ben).filter({ hasText: 'Cleo' }).waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    await cleo.page.getByRole('navigation').getByRole('link', { name: /^Home/ }).click();
    await cleo.page.getByRole('link', { name: /Your booking waits/ }).click();
    await notice(cleo).filter({ hasText: 'Ben' }).waitFor();
    await notice(ben)
      .getByRole('button', { name: /^Give way/ })
      .click();
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Give way' }).click();
    for (const app of [ben, cleo]) await notice(app).waitFor({ state: 'detached' });
    await openResource(ana, 'The old mill');
    await page.getByRole('region', { name: 'Bookings' }).getByRole('listitem').filter({ hasText: 'Cleo' }).waitFor();
    await dates(ana, '2090-08-11', '2090-08-14');
    await page.getByRole('status').filter({ hasText: 'Booked already:' }).filter({ hasText: 'Cleo' }).waitFor();
    await page.getByRole('button', { name: 'Why not: book these dates?' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'How we use what we hold' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('agree on how to distribute money, decide to, see who gets what and why, and pay a part', async () => {
    const { page } = ana;
    const sealed = (app: App) =>
      app.page.getByRole('main').getByText('Sealed', { exact: true }).first().waitFor({ timeout: 90_000 });
    await goTo(ana, 'Agreement');
    await page.getByRole('tab', { name: 'Draft' }).click();
    // From the library, by the keyboard: the sort of network is that of the template.
    const library = page.getByRole('group', { name: 'From the library' });
    expect(await library.getByRole('combobox').inputValue()).toBe('house');
    await library.getByRole('button', { name: /^How we distribute money/ }).focus();
    await page.keyboard.press('Enter');
    await library.getByText('What has been paid out is hard to get back, so keep a reserve.').waitFor();
    await library.getByText('Distributing money is decided as: Important matters.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const added = page.getByRole('region', { name: 'How we distribute money' });
    await added.getByText('What is left of what we earn together', { exact: false }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('draft-distribution');
    expect(await library.getByRole('button', { name: /^How we distribute money/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Parameters: How we distribute money' }).click();
    await page
      .getByRole('combobox', { name: 'Divided by' })
      .selectOption({ label: 'What each has put into the network' });
    await page.getByText('Differences from what is in force').click();
    await page.getByRole('link', { name: 'Propose this version' }).click();
    await finishProposal(ana, 'How we distribute');
    for (const app of everyone()) {
      await openProposal(app, 'How we distribute');
      await vote(app, 'Agree');
    }
    await sealed(ana);
    await startProposal(ana, 'Distributing money among members');
    await page.getByRole('textbox', { name: 'Sum' }).fill('500');
    const parts = page.getByRole('table').filter({ hasText: 'Put in' });
    await parts.getByRole('row').filter({ hasText: 'Ana' }).filter({ hasText: '71,000.00' }).waitFor();
    expect(await parts.getByRole('row').filter({ hasText: 'Ben' }).innerText()).toContain('133.66');
    await page.getByText(/Stays with the network: .*50\.00/).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await finishProposal(ana, 'Share the rent');
    for (const app of everyone()) {
      await openProposal(app, 'Share the rent');
      await vote(app, 'Agree');
    }
    await sealed(ben);
    await ben.page.getByRole('row').filter({ hasText: 'To be paid' }).waitFor();
    await goTo(ben, 'Members');
    await ben.page.getByRole('main').getByRole('link', { name: 'Ben' }).first().click();
    const own = ben.page.getByRole('region', { name: 'Distributions' });
    await own.getByText(/133\.66, to be paid/).waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    await own.getByRole('link', { name: 'Record the payment' }).click();
    await ben.page.getByRole('combobox', { name: 'Covered by which decision?' }).waitFor();
    await ben.page.getByRole('textbox', { name: 'In a few words' }).fill('My part');
    await ben.page.getByRole('button', { name: 'Sign and record' }).click();
    await ben.page.getByText('Covered', { exact: true }).first().waitFor();
    await openProposal(ana, 'Share the rent');
    await page.getByRole('row').filter({ hasText: 'Ben' }).filter({ hasText: 'paid' }).first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('write one page together: both write offline, restart, and meet; both texts are there', async () => {
    await goTo(ana, 'Commons');
    await ana.page
      .getByRole('button', { name: /Write the first page|New page/ })
      .first()
      .click();
    const dialog = ana.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('House manual');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await write(ana, 'House manual', 'The key hangs by the door.');
    for (const app of [ben, cleo]) await seeText(app, 'House manual', 'The key hangs by the door.');
    for (const app of [ana, ben]) {
      await setOffline(app, true);
      await app.closeWindow();
      await app.openWindow();
      await app.page.getByRole('link', { name: NETWORK }).first().click();
    }
    await write(ana, 'House manual', ' Ana: bins go out on Monday.');
    await write(ben, 'House manual', ' Ben: the boiler needs a push.');
    for (const app of [ana, ben]) {
      await app.closeWindow();
      await app.openWindow();
      await app.page.getByRole('link', { name: NETWORK }).first().click();
      await setOffline(app, false);
    }
    for (const app of everyone()) {
      await seeText(app, 'House manual', 'The key hangs by the door.');
      await seeText(app, 'House manual', 'Ana: bins go out on Monday.');
      await seeText(app, 'House manual', 'Ben: the boiler needs a push.');
    }
  });

  it('report no faults', () => expect(everyone().flatMap((app) => app.faults)).toEqual([]));
});
