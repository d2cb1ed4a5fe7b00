import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeInvite } from '../../shared/invite/link';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { openSample } from './kit/sample';

/** Whoever can not use a mouse, sees little, or reads from right to left: every screen of the sample network. */
let app: App;
let page: Page;
let home: string;

beforeAll(async () => {
  app = await App.start('access');
  ({ page } = app);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  home = await openSample(app);
}, 90_000);

afterAll(() => app?.end());

/** Opens a screen of the network, from wherever the last one left off. */
async function visit(path: string): Promise<void> {
  await leaveDialogs();
  await page.goto(`${home}${path}`);
  await settled();
}

async function visitPlain(path: string): Promise<void> {
  await leaveDialogs();
  await page.goto(`${app.address}/#${path}`);
  await settled();
}

async function leaveDialogs(): Promise<void> {
  if (await page.getByRole('dialog').first().isVisible()) await page.keyboard.press('Escape');
}

const settled = async (): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
};

const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const dialog = () => page.getByRole('dialog').first().waitFor();
const follow = async (selector: string): Promise<void> => {
  await page.locator(selector).first().click();
  await settled();
};
const INVITE = encodeInvite({
  network: 'ab'.repeat(32),
  secret: new Uint8Array(16),
  expires: Date.now() + 86_400_000,
  networkName: 'Oak House',
  inviter: 'Anna',
  meetingPlaces: [],
}).replace('peerhold://join', '');

const EFFECTS = ['none', 'adopt', 'parameters&protocol=decisions', 'admit', 'remove', 'spend', 'buy'];

/** Every screen and what opens on it. */
const SCREENS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['home', () => visit('')],
  [
    'home: who has what',
    () =>
      visit('')
        .then(() => press('Only on this device'))
        .then(dialog),
  ],
  [
    'home: why',
    () =>
      visit('')
        .then(() => press(/^Why\?/))
        .then(dialog),
  ],
  ['agreement', () => visit('/agreement')],
  ['agreement: versions', () => visit('/agreement?view=versions')],
  ['agreement: a version', () => press(/^Text of version/)],
  ['agreement: changes', () => press(/^Changes of version/)],
  ['agreement: no draft', () => visit('/agreement?view=draft')],
  [
    'agreement: draft',
    async () => {
      const start = page.getByRole('button', { name: 'Start from the version in force' });
      await start.or(page.getByRole('radiogroup')).first().waitFor();
      if (await start.isVisible()) await start.click();
      await page.getByRole('radiogroup').first().waitFor();
    },
  ],
  [
    'agreement: draft, writing',
    async () => {
      await press(/^Write:/);
      await page
        .getByRole('textbox', { name: /^Text of/ })
        .first()
        .waitFor();
      await page.keyboard.type('x');
    },
  ],
  ['agreement: draft, parameters', () => press(/^Parameters: /)],
  ['agreement: draft, history', () => press(/^History: /).then(dialog)],
  [
    'agreement: draft, leave out',
    () =>
      leaveDialogs()
        .then(() => press(/^Leave out: /))
        .then(dialog),
  ],
  [
    'agreement: differences',
    () => leaveDialogs().then(() => page.getByText('Differences from what is in force').click()),
  ],
  ['commons', () => visit('/commons')],
  ['commons: new page', () => press('New page').then(dialog)],
  [
    'commons: a page',
    async () => {
      await visit('/commons');
      await page.getByRole('treeitem').first().click();
      await page.getByRole('textbox', { name: /^Text of/ }).waitFor();
    },
  ],
  ['commons: menu', () => press('More').then(() => page.getByRole('menu').waitFor())],
  ['commons: rename', () => page.getByRole('menuitem').first().click().then(dialog)],
  [
    'commons: history',
    () =>
      leaveDialogs()
        .then(() => press('History'))
        .then(dialog),
  ],
  ['decisions', () => visit('/decisions')],
  ['an open decision', () => follow('main a[href*="/decisions/"]:not([href$=new])')],
  ['decisions: decided', () => visit('/decisions').then(() => page.getByRole('tab', { name: /Decided/ }).click())],
  ['a decided decision', () => follow('[role=tabpanel] a[href*="/decisions/"], main li a[href*="/decisions/"]')],
  ...EFFECTS.map((effect) => [`new proposal: ${effect}`, () => visit(`/decisions/new?effect=${effect}`)] as const),
  ['a new proposal without words', () => press('Open the proposal')],
  ['members', () => visit('/members')],
  ['members: invite', () => press('Invite').then(dialog)],
  ['members: the link', () => press('Make the invite').then(() => page.getByRole('img', { name: /QR/ }).waitFor())],
  [
    'members: revoke',
    () =>
      visit('/members')
        .then(() => press('Revoke'))
        .then(dialog),
  ],
  ['a member', () => visit('/members').then(() => follow('main table a[href*="/members/"]'))],
  ['oneself', () => visit('/members').then(() => follow('tr:has-text("(you)") a[href*="/members/"]'))],
  ['oneself: edit', () => press('Edit profile')],
  ['oneself: leave', () => press('Leave…').then(dialog)],
  ['an unknown member', () => visit('/members/none')],
  ['ledger', () => visit('/ledger')],
  [
    'ledger: entries',
    () =>
      page
        .getByRole('tab', { name: 'Entries' })
        .click()
        .then(() => page.getByRole('grid').waitFor()),
  ],
  [
    'an entry',
    async () => {
      await page.getByRole('row').nth(1).click();
      await page.getByRole('table', { name: 'Postings' }).waitFor();
    },
  ],
  ['an entry: undo', () => press('Undo').then(dialog)],
  ['an account', () => visit('/ledger?account=bank')],
  ['new entry', () => visit('/ledger/new')],
  ['a new entry without amount', () => press(/Sign and record/)],
  ['resources', () => visit('/resources')],
  ['a resource', () => follow('main a[href*="/resources/"]:not([href$=new])')],
  ['new candidate', () => visit('/resources/new')],
  ['a candidate without name', () => press('Sign and put forward')],
  ['record', () => visit('/record')],
  ['an event', () => follow('main a[href*="/record/"]')],
  ['an unknown event', () => visit('/record/none')],
  ['settings of the network', () => visit('/settings')],
  ['nothing in the network', () => visit('/nowhere')],
  [
    'the menu of a narrow window',
    async () => {
      await page.setViewportSize({ width: 640, height: 450 });
      await visit('');
      await press('Menu');
      await page.getByRole('navigation').getByRole('link', { name: 'Ledger' }).waitFor();
    },
  ],
  ['start', () => page.setViewportSize({ width: 1280, height: 900 }).then(() => visitPlain('/'))],
  ['start: remove a network', () => press(/^Remove .* from this device/).then(dialog)],
  ['join', () => visitPlain('/join')],
  ['join: nothing pasted', () => press('Read the invite')],
  ['join: an invite', () => visitPlain(`/join${INVITE}`)],
  ['join: nobody there', () => visitPlain('/join/damaged').then(() => page.getByRole('alert').waitFor())],
  ['found: purpose', () => visitPlain('/found')],
  ['found: purpose missing', () => press('Next')],
  [
    'found: kinds of members',
    async () => {
      await page.getByLabel('Name of the network').fill('Oak House');
      await page.getByLabel('What is it for?').fill('To live together.');
      await press('Next');
      await page.getByRole('heading', { name: 'Kinds of members' }).waitFor();
    },
  ],
  [
    'found: protocols',
    () => press('Next').then(() => page.getByRole('heading', { name: 'Your first protocols' }).waitFor()),
  ],
  ['found: you', () => press('Next').then(() => page.getByLabel('Your name').waitFor())],
  [
    'found: review',
    async () => {
      await page.getByLabel('Your name').fill('Anna');
      await press('Next');
      await page.getByRole('button', { name: 'Found the network' }).waitFor();
    },
  ],
  ['settings', () => visitPlain('/settings')],
  ['nothing', () => visitPlain('/nowhere')],
];

describe('no screen has a fault that axe can find, in light or in dark', () => {
  it.each(SCREENS)('%s', async (_, open) => {
    await open();
    expect(await axeFaults(page)).toEqual([]);
  });
});
