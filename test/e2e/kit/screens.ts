import { type InviteLink, encodeInvite } from '../../../shared/invite/link';
import type { App } from './app';
import { settled as viewsSettled } from './steps';

/** A screen by name, and the way to it; some begin where the one before left off. */
export type Screen = readonly [name: string, open: () => Promise<unknown>];

/** Every screen that a person with the sample network can come to, and the dialogs that open on it. */
export function screensOf(app: App, homeOf: () => string): readonly Screen[] {
  const { press, dialog, follow, visit, settled } = waysAround(app);
  const inside = (path: string) => visit(`${homeOf()}${path}`);
  const plain = (path: string) => visit(`${app.address}/#${path}`);
  const button = (name: string | RegExp) => app.page.getByRole('button', { name }).first();
  const heading = (name: string) => app.page.getByRole('heading', { name }).first().waitFor();
  const search = (words: string) => app.page.getByRole('combobox', { name: 'Search in this network' }).fill(words);
  const text = () =>
    app.page
      .getByRole('textbox', { name: /^Text of/ })
      .first()
      .waitFor();

  return [
    ['home', () => inside('')],
    ['home: who has what', () => press('Only on this device').then(dialog)],
    [
      'home: why',
      () =>
        inside('')
          .then(() => press(/^Why\?/))
          .then(dialog),
    ],
    ['agreement', () => inside('/agreement')],
    [
      'agreement: discuss',
      () => press(/^(Discuss|One comment): /).then(() => app.page.getByLabel('Write a comment').waitFor()),
    ],
    ['agreement: versions', () => inside('/agreement?view=versions')],
    ['agreement: a version', () => press(/^Text of version/)],
    ['agreement: changes', () => press(/^Changes of version/)],
    ['agreement: draft', () => inside('/agreement?view=draft').then(() => button(/^Write: /).waitFor())],
    ['agreement: draft, writing', () => press(/^Write: /).then(text)],
    ['agreement: draft, parameters', () => press(/^Parameters: /)],
    ['agreement: draft, history', () => press(/^History: /).then(dialog)],
    [
      'agreement: draft, leave out',
      () =>
        app.page.keyboard
          .press('Escape')
          .then(() => press(/^Leave out: /))
          .then(dialog),
    ],
    ['agreement: draft, library', () => app.page.keyboard.press('Escape').then(() => press(/^What we make public/))],
    ['agreement: draft, add', () => press(/^Add$/).then(text)],
    ['agreement: differences', () => app.page.getByText('Differences from what is in force').click()],
    ['agreement: how certain', () => inside('/agreement?view=certainty')],
    ['agreement: two versions', () => inside('/agreement?view=versions').then(() => button('Compare').click())],
    ['commons', () => inside('/commons')],
    ['commons: new page', () => press('New page').then(dialog)],
    [
      'commons: a page',
      () =>
        inside('/commons')
          .then(() => app.page.getByRole('treeitem').first().click())
          .then(text),
    ],
    ['commons: make public', () => press('Make public…').then(dialog)],
    [
      'commons: menu',
      () =>
        app.page.keyboard
          .press('Escape')
          .then(() => press('Page actions'))
          .then(() => app.page.getByRole('menu').waitFor()),
    ],
    ['commons: rename', () => app.page.getByRole('menuitem', { name: 'Rename' }).click().then(dialog)],
    [
      'commons: history',
      () =>
        app.page.keyboard
          .press('Escape')
          .then(() => press('History'))
          .then(dialog),
    ],
    [
      'commons: export',
      async () => {
        await app.page.keyboard.press('Escape');
        await press('Page actions');
        await app.page.getByRole('menuitem', { name: 'Export or print' }).click();
        await dialog();
      },
    ],
    ['commons: import', () => inside('/commons').then(() => press('Import pages').then(dialog))],
    ['decisions', () => inside('/decisions')],
    ['an open decision', () => follow('section:has(h2:text-is("Open")) li a')],
    ['a decided decision', () => inside('/decisions').then(() => follow('section:has(h2:text-is("Decided")) li a'))],
    ['a decided decision: why not', () => press(/^Why not/).then(dialog)],
    ['decisions: how regularly', () => inside('/decisions/rhythm')],
    ...['none', 'adopt', 'parameters&protocol=decisions', 'admit', 'remove', 'restore', 'spend', 'buy', 'erase'].map(
      (effect): Screen => [`new proposal: ${effect}`, () => inside(`/decisions/new?effect=${effect}`)],
    ),
    ['a new proposal, incomplete', () => inside('/decisions/new').then(() => press('Open the proposal'))],
    ['members', () => inside('/members')],
    ['members: invite', () => press('Invite').then(dialog)],
    [
      'members: the link',
      () => press('Make the invite').then(() => app.page.getByRole('img', { name: /QR/ }).waitFor()),
    ],
    [
      'members: revoke',
      () =>
        inside('/members')
          .then(() => press('Revoke'))
          .then(dialog),
    ],
    ['a member', () => inside('/members').then(() => follow('main table a[href*="/members/"]'))],
    ['oneself', () => inside('/members').then(() => follow('tr:has-text("(you)") a[href*="/members/"]'))],
    ['oneself: edit', () => press('Edit profile')],
    ['oneself: leave', () => press('Leave…').then(dialog)],
    [
      'oneself: add a device',
      () =>
        inside('/members')
          .then(() => follow('tr:has-text("(you)") a[href*="/members/"]'))
          .then(() => press('Add a device'))
          .then(dialog),
    ],
    [
      'oneself: the device link',
      async () => {
        await press('Make the link');
        await app.page.getByRole('img', { name: /QR/ }).waitFor();
        // Where it is, a badge of the next screen would show its tooltip.
        await app.page.mouse.move(0, 0);
      },
    ],
    ['an unknown member', () => inside('/members/none')],
    ['ledger', () => inside('/ledger')],
    [
      'ledger: entries',
      () =>
        app.page
          .getByRole('tab', { name: 'Entries' })
          .click()
          .then(() => app.page.getByRole('grid').waitFor()),
    ],
    [
      'an entry',
      () =>
        app.page
          .getByRole('row')
          .nth(1)
          .click()
          .then(() => app.page.getByRole('table', { name: 'Postings' }).waitFor()),
    ],
    ['an entry: undo', () => press('Undo').then(dialog)],
    ['an account', () => inside('/ledger?account=bank')],
    ['new entry', () => inside('/ledger/new')],
    ['new entry, incomplete', () => press(/Sign and record/)],
    ['resources', () => inside('/resources')],
    ['a resource', () => follow('main a[href*="/resources/"]:not([href$=new])')],
    ['a held resource', () => inside('/resources').then(() => follow('section:has(h2:text-is("Held")) li a'))],
    ['a held resource: earlier bookings', () => press(/earlier booking/)],
    [
      'a held resource: why not these dates',
      async () => {
        await app.page.getByLabel('Arriving on').fill('2027-04-03');
        await app.page.getByLabel('Leaving on').fill('2027-04-05');
        await app.page.getByText('Booked already:').waitFor();
        await press('Why not: book these dates?').then(dialog);
      },
    ],
    [
      'a held resource: give way',
      () =>
        app.page.keyboard
          .press('Escape')
          .then(() => press(/^Give way with/))
          .then(dialog),
    ],
    ['new candidate', () => inside('/resources/new')],
    ['new candidate, incomplete', () => press('Sign and put forward')],
    ['seals', () => inside('/seals')],
    ['seals: verified', () => press('Verify everything').then(() => app.page.getByText('All is in order').waitFor())],
    ['record', () => inside('/record')],
    ['an event', () => follow('main a[href*="/record/"]')],
    ['an unknown event', () => inside('/record/none')],
    ['settings of the network', () => inside('/settings')],
    ['by file, in the sample', () => inside('/bundles').then(() => heading('Not in the sample'))],
    ['backup, in the sample', () => inside('/backup').then(() => heading('Not in the sample'))],
    ['nowhere in the network', () => inside('/nowhere')],
    [
      'search',
      () =>
        inside('')
          .then(() => app.page.keyboard.press('Control+k'))
          .then(dialog),
    ],
    ['search: results', () => search('the roof').then(() => app.page.getByRole('option').first().waitFor())],
    ['search: similar', () => search('agreemnet').then(() => app.page.getByText('These have similar ones').waitFor())],
    ['search: nothing', () => search('xylophone').then(() => app.page.getByText('Nothing found').first().waitFor())],
    ['search: all results', () => inside('/search?q=roof').then(() => app.page.locator('section a').first().waitFor())],
    [
      'search: one kind',
      () => inside('/search?q=e&kind=entry').then(() => app.page.locator('section a').first().waitFor()),
    ],
    ['start', () => plain('/')],
    ['start: remove a network', () => press(/^Remove .* from this device/).then(dialog)],
    ['join', () => plain('/join')],
    ['join, nothing pasted', () => press('Read the invite')],
    ['join: an invite', () => plain(`/join${invite()}`).then(() => button('Connect').waitFor())],
    ['join: a device link', () => plain(`/join${deviceLink()}`).then(() => button('Ask to be added').waitFor())],
    ['join: a device link, no name', () => press('Ask to be added')],
    ['join: a damaged invite', () => plain('/join/damaged').then(() => app.page.getByRole('alert').waitFor())],
    ['restore from a backup', () => plain('/restore')],
    ['restore from a backup, nothing chosen', () => press('Restore')],
    ['found', () => plain('/found')],
    ['found, incomplete', () => press('Next')],
    [
      'found: kinds of members',
      async () => {
        await app.page.getByLabel('Name of the network').fill('Oak House');
        await app.page.getByLabel('What is it for?').fill('To live together.');
        await press('Next');
        await heading('Kinds of members');
      },
    ],
    ['found: protocols', () => press('Next').then(() => heading('Your first protocols'))],
    ['found: you', () => press('Next').then(() => app.page.getByLabel('Your name').waitFor())],
    [
      'found: review',
      async () => {
        await app.page.getByLabel('Your name').fill('Anna');
        await press('Next');
        await button('Found the network').waitFor();
        await settled();
      },
    ],
    [
      'a network of one',
      async () => {
        await press('Found the network');
        await app.page.getByRole('heading', { name: 'Oak House', level: 1 }).waitFor();
        await settled();
      },
    ],
    ['a network of one: who has what', () => press(/Nobody connected/).then(dialog)],
    ['by file', () => follow('[role=dialog] a[href$="/bundles"]')],
    ['settings', () => plain('/settings')],
    ['nowhere', () => plain('/nowhere')],
  ];
}

/** Clicks and addresses, each with the wait that belongs to it. */
function waysAround(app: App) {
  const settled = async (): Promise<void> => {
    await viewsSettled(app.page);
    await app.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  };
  return {
    settled,
    press: (name: string | RegExp) => app.page.getByRole('button', { name }).first().click(),
    dialog: () => app.page.getByRole('dialog').first().waitFor(),
    follow: async (selector: string): Promise<void> => {
      await app.page.locator(selector).first().click();
      await settled();
    },
    visit: async (url: string): Promise<void> => {
      // An open dialog would outlive a change of the address.
      if (await app.page.getByRole('dialog').first().isVisible()) await app.page.keyboard.press('Escape');
      await app.page.goto(url);
      await settled();
    },
  };
}

/** The route of an invite to a network that does not exist. */
const invite = (): string => route({});
const deviceLink = (): string => route({ device: 'cd'.repeat(32) });
const route = (more: Pick<InviteLink, 'device'>): string =>
  encodeInvite({
    ...more,
    network: 'ab'.repeat(32),
    secret: new Uint8Array(16),
    expires: Date.now() + 86_400_000,
    seal: null,
    networkName: 'Oak House',
    inviter: 'Anna',
    meetingPlaces: [],
  }).replace('peerhold://join', '');
