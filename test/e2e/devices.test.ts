import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeInvite, encodeInvite } from '../../shared/invite/link';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { scan } from './kit/qr';
import { foundNetwork, goTo, joinNetwork, makeInvite, openProposal, propose, setOffline, vote } from './kit/steps';

const NETWORK = 'Larch Court';
const HOUR = 3_600_000;

let anna: App;
let phone: App;
let ben: App;
let tablet: App;
const copies: App[] = [];

beforeAll(async () => {
  [anna, phone, ben, tablet] = await Promise.all([
    App.start('anna'),
    App.start('phone'),
    App.start('ben'),
    App.start('tablet'),
  ]);
  await foundNetwork(anna, NETWORK, 'Anna');
  await joinNetwork(ben, await makeInvite(anna), 'Ben', NETWORK);
});
afterAll(async () => {
  await Promise.all([anna, phone, ben, tablet, ...copies].map((app) => app?.end()));
});

/** The page of a member, as somebody sees it. */
async function openMember(app: App, name: string): Promise<void> {
  await goTo(app, 'Members');
  await app.page.getByRole('row').filter({ hasText: name }).getByRole('link').click();
  await app.page.getByRole('heading', { name: new RegExp(`^${name}`), level: 1 }).waitFor();
}

const rows = (app: App) => app.page.getByRole('region', { name: /^(My devices|Devices)$/ }).getByRole('listitem');
const row = (app: App, label: string) => rows(app).filter({ hasText: label });
const banner = (app: App, words: string) => app.page.getByRole('status').filter({ hasText: words });

/** Makes a device link on one's own page; leaves the dialog open. */
async function makeLink(app: App): Promise<string> {
  const { page } = app;
  await page.getByRole('button', { name: 'Add a device' }).click();
  const dialog = page.getByRole('dialog');
  const lan = dialog.getByLabel('Let devices in my local network reach this app');
  // Asked once the shell has said that it is closed; it stays so.
  await lan.setChecked(false);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  return dialog.getByRole('textbox', { name: 'Device link' }).inputValue();
}

/** Opens a link as the route that it leads to, as clicking it does. */
async function open(app: App, link: string): Promise<void> {
  await app.page.goto(`${app.address}/#${link.replace('peerhold:/', '')}`);
  await app.page.getByRole('heading', { level: 2 }).first().waitFor();
}

async function ask(app: App, link: string, label: string): Promise<void> {
  await open(app, link);
  await app.page.getByLabel('Name of this device').fill(label);
  await app.page.getByRole('button', { name: /^Ask/ }).click();
}

const numberOn = (app: App): Promise<string> => app.page.getByRole('group', { name: 'Number to compare' }).innerText();

/** Says yes on the device that made the link, once both show one number. */
async function confirm(app: App, other: App, label: string): Promise<void> {
  const dialog = app.page.getByRole('dialog');
  await dialog.getByText(`The device “${label}” asks to be added as yours`).waitFor();
  const number = await numberOn(app);
  expect(number).toMatch(/^\d{4} \d{4} \d{4}$/);
  expect(await numberOn(other)).toBe(number);
  await dialog.getByRole('button', { name: 'Same number: add it' }).click();
  await dialog.getByText(`${label} is one of your devices now`).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await other.page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
}

async function alert(app: App, what: string, advice: string | RegExp): Promise<void> {
  const shown = app.page.getByRole('alert').filter({ hasText: what });
  await shown.waitFor({ timeout: 40_000 });
  await shown.getByText(advice).waitFor();
}

describe('a second device', () => {
  let link = '';

  it('is added by a link, after both screens show one number', async () => {
    await openMember(anna, 'Anna');
    await rows(anna).getByText('this device').waitFor();
    link = await makeLink(anna);
    const dialog = anna.page.getByRole('dialog');
    expect(await scan(dialog.getByRole('img', { name: 'The device link as a QR code' }))).toBe(link);
    await open(phone, link);
    await phone.page.getByRole('heading', { name: `Add this device to ${NETWORK}, as Anna` }).waitFor();
    expect(await axeFaults(phone.page)).toEqual([]);
    await ask(phone, link, 'Phone');
    await dialog.getByText('asks to be added as yours').waitFor();
    await phone.page.getByText('Compare the numbers').waitFor();
    for (const { page } of [anna, phone]) expect(await axeFaults(page)).toEqual([]);
    await confirm(anna, phone, 'Phone');
  });

  it('is that member, and everybody sees both', async () => {
    await propose(phone, 'A bench');
    await openProposal(ben, 'A bench');
    await ben.page.getByRole('main').getByText('Anna').first().waitFor();
    await openProposal(anna, 'A bench');
    await vote(anna, 'Agree');
    await phone.page
      .getByText(/You voted|You agreed|Your vote:/)
      .first()
      .waitFor();
    for (const app of [anna, phone, ben]) {
      await openMember(app, 'Anna');
      await row(app, 'Phone').waitFor();
      expect(await rows(app).count()).toBe(2);
    }
    await row(phone, 'Phone').getByText('this device').waitFor();
    await row(anna, 'Phone').getByText('connected now').waitFor();
    for (const app of [anna, ben]) expect(await row(app, 'Phone').getByText('seals', { exact: true }).count()).toBe(0);
    await rows(anna).first().getByText('seals', { exact: true }).waitFor();
    expect(await ben.page.getByRole('button', { name: /^Revoke/ }).count()).toBe(0);
    expect(await axeFaults(anna.page)).toEqual([]);
  });

  it('is of no use to a link that was used, has ended, or leads to where it is already', async () => {
    await ask(tablet, link, 'Tablet');
    await alert(tablet, 'The device link was used for another device already.', /somebody else has your link/);
    await open(phone, link);
    await phone.page.getByText('You are already in this network on this device.').waitFor();
    const late = { ...decodeInvite(link), secret: new Uint8Array(16).fill(7), expires: Date.now() - HOUR };
    await ask(tablet, encodeInvite(late), 'Tablet');
    await alert(tablet, 'The device link has expired.', /Make a new one/);
    await openMember(anna, 'Anna');
    const older = await makeLink(anna);
    await anna.page.keyboard.press('Escape');
    await makeLink(anna);
    await ask(tablet, older, 'Tablet');
    await alert(tablet, 'A newer device link was made', /Use the newest one/);
    await anna.page.keyboard.press('Escape');
  });

  it('is not added when its person says no; its question is on every screen until then', async () => {
    const refused = await makeLink(anna);
    await anna.page.keyboard.press('Escape');
    await goTo(anna, 'Decisions');
    await ask(tablet, refused, 'Tablet');
    await banner(anna, 'The device “Tablet” asks to be added as yours').waitFor();
    await anna.page.getByRole('link', { name: 'Compare its number, and answer' }).click();
    await anna.page.getByRole('button', { name: 'Not mine' }).click();
    await alert(tablet, 'The device was refused.', /make a new link/);
    expect(await rows(anna).count()).toBe(2);
  });

  it('stops when another of its member revokes it, and says how to go on', async () => {
    await open(phone, link);
    await phone.page.getByRole('link', { name: 'Open the network' }).click();
    await row(anna, 'Phone').getByText('connected now').waitFor();
    await anna.page.getByRole('button', { name: 'Revoke Phone' }).click();
    const dialog = anna.page.getByRole('dialog');
    await dialog.getByText('Nothing that it signs from now on counts').waitFor();
    expect(await axeFaults(anna.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Revoke the device' }).click();
    await row(anna, 'Phone').getByText('revoked').waitFor();
    await openMember(ben, 'Anna');
    await row(ben, 'Phone').getByText('revoked').waitFor();
    await banner(phone, 'This device has stopped signing').waitFor();
    await phone.page.getByRole('link', { name: 'See why, and how to go on' }).click();
    await phone.page.getByText('This device was revoked').waitFor();
    expect(await axeFaults(phone.page)).toEqual([]);
  });

  it('that was stopped is added anew in the same profile, which keeps what it has; the other side by keyboard alone', async () => {
    const { page } = anna;
    const keys = async (...pressed: readonly string[]): Promise<void> => {
      for (const key of pressed) await page.keyboard.press(key);
    };
    const focused = (name: string) => page.locator(':focus').and(page.getByRole('button', { name })).waitFor();
    const add = page.getByRole('button', { name: 'Add a device' });
    await add.focus();
    await keys('Enter');
    await focused('Make the link');
    await page.getByRole('dialog').getByLabel('Let devices in my local network reach this app').waitFor();
    // Two places before.
    await keys('Shift+Tab', 'Shift+Tab', 'Space', 'Tab', 'Tab', 'Enter');
    const again = await page.getByRole('dialog').getByRole('textbox', { name: 'Device link' }).inputValue();
    await phone.page.getByRole('link', { name: 'Open a device link' }).click();
    await phone.page.getByLabel('Invite link').fill(again);
    await phone.page.getByRole('button', { name: 'Read the invite' }).click();
    await phone.page.getByText('A new one takes its place').waitFor();
    await phone.page.getByLabel('Name of this device').fill('Phone anew');
    await phone.page.getByRole('button', { name: 'Ask to be added' }).click();
    await page
      .locator(':focus')
      .and(page.getByRole('group', { name: 'Number to compare' }))
      .waitFor();
    await keys('Tab');
    await focused('Same number: add it');
    await keys('Enter');
    await focused('Done');
    await keys('Enter');
    await focused('Add a device');
    await phone.page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
    await propose(phone, 'A table');
    await openProposal(ben, 'A table');
    await openMember(phone, 'Anna');
    expect(await rows(phone).count()).toBe(3);
    await row(phone, 'Phone anew').getByText('this device').waitFor();
  });
});

describe('a backup', () => {
  it('restored in the place of the original goes on as a new device, and the old one ends', async () => {
    const backup = await ben.backup('ben-restored');
    copies.push(backup);
    await ben.page.getByRole('link', { name: NETWORK }).first().click();
    await propose(ben, 'A lamp');
    await openProposal(anna, 'A lamp');
    await ben.closeWindow();

    await backup.openWindow();
    await backup.page.getByRole('link', { name: NETWORK }).first().click();
    await banner(backup, 'This device has stopped signing').waitFor({ timeout: 40_000 });
    await backup.page.getByRole('link', { name: 'See why, and how to go on' }).click();
    await backup.page.getByText('The others have more of what this device signed').waitFor();
    expect(await axeFaults(backup.page)).toEqual([]);
    await backup.page.getByLabel('Name of the new device').fill('Laptop, restored');
    await backup.page.getByRole('button', { name: 'Go on as a new device' }).click();
    await backup.page.getByRole('dialog').getByText('Only do this if no other copy').waitFor();
    expect(await axeFaults(backup.page)).toEqual([]);
    await backup.page.getByRole('dialog').getByRole('button', { name: 'Go on as a new device' }).click();
    await row(backup, 'Laptop, restored').getByText('this device').waitFor();
    await row(backup, 'First device').getByText('revoked').waitFor();
    await propose(backup, 'A chair');
    await openProposal(anna, 'A chair');
    await openMember(anna, 'Ben');
    await row(anna, 'First device').getByText('revoked').waitFor();
    await row(anna, 'Laptop, restored').getByText('connected now').waitFor();
    // Of two sealers both are needed: the new one has the old one's place.
    await row(anna, 'Laptop, restored').getByText('seals', { exact: true }).waitFor();
    // The new key outlasts the app.
    await backup.closeWindow();
    await backup.openWindow();
    await backup.page.getByRole('link', { name: NETWORK }).first().click();
    await propose(backup, 'A shelf');
    await openProposal(anna, 'A shelf');
  });

  it('used beside the original is proved a fork; both stop, and another device adds the original anew', async () => {
    await setOffline(phone, true);
    const copy = await phone.backup('phone-copy');
    copies.push(copy);
    await phone.page.getByRole('link', { name: NETWORK }).first().click();
    await propose(phone, 'Blue paint');
    await copy.openWindow();
    await copy.page.getByRole('link', { name: NETWORK }).first().click();
    await propose(copy, 'Red paint');
    await setOffline(copy, false);
    await openProposal(anna, 'Red paint');
    await copy.closeWindow();
    await setOffline(phone, false);
    await banner(phone, 'This device has stopped signing').waitFor({ timeout: 60_000 });
    await openProposal(anna, 'Blue paint');
    await phone.page.getByRole('link', { name: 'See why, and how to go on' }).click();
    await phone.page.getByText('It can not make a new device of itself').waitFor();
    expect(await phone.page.getByRole('button', { name: 'Go on as a new device' }).count()).toBe(0);
    await copy.openWindow();
    await copy.page.getByRole('link', { name: NETWORK }).first().click();
    await banner(copy, 'This device has stopped signing').waitFor({ timeout: 60_000 });

    await openMember(anna, 'Anna');
    const link = await makeLink(anna);
    await phone.page.getByRole('link', { name: 'Open a device link' }).click();
    await phone.page.getByLabel('Invite link').fill(link);
    await phone.page.getByRole('button', { name: 'Read the invite' }).click();
    await phone.page.getByLabel('Name of this device').fill('Phone, third');
    await phone.page.getByRole('button', { name: 'Ask to be added' }).click();
    await confirm(anna, phone, 'Phone, third');
    await propose(phone, 'Green paint');
    await openProposal(anna, 'Green paint');
  });
});

it('no app reports faults', () => {
  expect([anna, phone, ben, tablet, ...copies].flatMap((app) => app.faults)).toEqual([]);
});
