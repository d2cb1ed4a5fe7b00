import type { Locator, Page } from 'playwright-core';
import type { App } from './app';

/** Until the screen is that of the address, has its heading, and none of its views is on its way any more; a text on it may be. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['route'] === location.hash);
  const heading = page.getByRole('heading', { level: 1 }).first();
  await heading.waitFor();
  await page.locator('[role=status][aria-busy=true]').first().waitFor({ state: 'detached' });
  await heading.waitFor();
}

/** What steps need of an app: its window's page. */
type Shown = Pick<App, 'page'>;

/** What a person does on the screens, by what they read there. */
export async function foundNetwork(app: Shown, name: string, founder: string): Promise<void> {
  const { page } = app;
  await page
    .getByRole('link', { name: 'Found a network' })
    .or(page.getByRole('button', { name: 'Found a network' }))
    .first()
    .click();
  await page.getByLabel('Name of the network').fill(name);
  await page.getByLabel('What is it for?').fill('To buy and keep a house together.');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Kinds of members' }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Your first protocols' }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Your name').fill(founder);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Found the network' }).click();
  // What was to be looked over before has the name as a heading of the second level.
  await page.getByRole('heading', { name, exact: false, level: 1 }).first().waitFor();
}

/** Goes to a part of the open network by the navigation, which is not the only one: a page shows the way to itself, too. */
export async function goTo(app: Shown, part: string): Promise<void> {
  const places = app.page.getByRole('navigation', { name: 'Places of this network' });
  await places.getByRole('link', { name: part, exact: true }).click();
  await settled(app.page);
}

/** Writes one more protocol into the draft of the agreement; resolves with its section, whose parameters are open. */
export async function draftProtocol(app: App, kind: string, title: string, words: string): Promise<Locator> {
  const { page } = app;
  await goTo(app, 'Agreement');
  await page.getByRole('tab', { name: 'Draft' }).click();
  await page.getByRole('button', { name: 'Start from the version in force' }).click();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: kind });
  await page.getByRole('textbox', { name: 'Title' }).last().fill(title);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('textbox', { name: `Text of “${title}”` }).click();
  await page.keyboard.type(words);
  const section = page.getByRole('region', { name: title });
  await section.getByRole('button', { name: `Parameters: ${title}` }).click();
  return section;
}

/** Makes an invite and gives its link; `lan`: one by which others in the local network can reach this app. */
export async function makeInvite(app: Shown, { uses = 1, lan: open = false, relay = false } = {}): Promise<string> {
  const { page } = app;
  await goTo(app, 'Members');
  await page.getByRole('button', { name: 'Invite', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How many may use it').fill(String(uses));
  const lan = dialog.getByLabel('Let devices in my local network reach this app');
  if (open || (await lan.isVisible())) await lan.setChecked(open);
  if (relay) await dialog.getByLabel('Name our relay in the link, with its password').check();
  await dialog.getByRole('button', { name: 'Make the invite' }).click();
  const link = await dialog.getByRole('textbox', { name: 'Invite link' }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** Leaves the local network alone, in a form that proposes to be open to it. */
export async function shutLan(page: Page): Promise<void> {
  const lan = page.getByLabel('Let devices in my local network reach this app');
  // It is asked once the shell has said whether it is open already.
  const isAsked = await lan.waitFor({ timeout: 3_000 }).then(
    () => true,
    () => false,
  );
  if (isAsked) await lan.setChecked(false);
}

/** Joins from the first screen with a link; ends on the network's home. `lan`: others in the local network may reach this app from then on. */
export async function joinNetwork(
  app: App,
  link: string,
  name: string,
  network: string,
  { lan = false } = {},
): Promise<void> {
  const { page } = app;
  await page
    .getByRole('link', { name: 'Use an invite' })
    .or(page.getByRole('button', { name: 'Use an invite' }))
    .first()
    .click();
  await page.getByLabel('Invite link').fill(link);
  await page.getByRole('button', { name: 'Read the invite' }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByLabel('Your name in this network').fill(name);
  if (!lan) await shutLan(page);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: network, level: 1 }).waitFor();
}

/** Opens a proposal of the kind that changes nothing by itself. */
export async function propose(app: Shown, title: string): Promise<void> {
  const { page } = app;
  await goTo(app, 'Decisions');
  await page.getByRole('link', { name: 'New proposal' }).first().click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  await page.getByRole('textbox', { name: 'What and why' }).fill('Because we want to.');
  await page.getByRole('button', { name: 'Open the proposal' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

export async function openProposal(app: Shown, title: string): Promise<void> {
  await goTo(app, 'Decisions');
  await app.page.getByRole('link', { name: title }).first().click();
  await app.page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

export type Choice = 'Agree' | 'Abstain' | 'Disagree' | 'Block';

/** Votes on the proposal whose page is open. */
export async function vote(app: Shown, choice: Choice, reason?: string): Promise<void> {
  const { page } = app;
  await page.getByRole('radio', { name: choice, exact: true }).check();
  if (reason !== undefined) await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: /^(Cast|Change) your vote$/ }).click();
  await page
    .getByText(/You voted|You agreed|Your vote:/)
    .first()
    .waitFor();
}

/** The person's own switch for working offline. */
export async function setOffline(app: App, offline: boolean): Promise<void> {
  const { page } = app;
  await page
    .getByRole('button', { name: /connected|offline|Offline/ })
    .first()
    .click();
  // The page below may have one of its own.
  const toggle = page.getByRole('dialog', { name: 'Who has what' }).getByRole('switch');
  if ((await toggle.isChecked()) !== offline) await toggle.click();
  await page.keyboard.press('Escape');
}

/** Milliseconds; what was in vain is left alone for up to 45 s, and then takes its time. */
const SLOW = { timeout: 120_000 };

/** Sees what the list of connections says of the one that is connected: all of these. */
export async function seeConnected(app: App, words: readonly string[]): Promise<void> {
  const dialog = await openConnections(app);
  const row = dialog.getByRole('listitem').filter({ hasText: 'connected' });
  for (const one of words) await row.getByText(one).first().waitFor(SLOW);
  await app.page.keyboard.press('Escape');
}

/** Sees what the list says to be in the way, and a way around it. */
export async function seeInTheWay(app: App, title: string, remedy: string): Promise<void> {
  const dialog = await openConnections(app);
  const told = dialog.getByRole('status').filter({ hasText: title });
  await told
    .getByRole('link', { name: remedy })
    .or(told.getByRole('button', { name: remedy }))
    .waitFor();
  await app.page.keyboard.press('Escape');
}

async function openConnections({ page }: App): Promise<Locator> {
  await page
    .getByRole('button', { name: /connected|offline|Offline/ })
    .first()
    .click();
  return page.getByRole('dialog', { name: 'Who has what' });
}

/** Opens the form for a new proposal of a kind, as the select calls it. */
export async function startProposal(app: App, kind: string): Promise<void> {
  const { page } = app;
  await goTo(app, 'Decisions');
  await page.getByRole('link', { name: 'New proposal' }).first().click();
  await page.getByRole('combobox', { name: 'What is it about?' }).selectOption({ label: kind });
}

export async function finishProposal(app: App, title: string): Promise<void> {
  const { page } = app;
  // The draft of an agreement, from which one comes here, has a field of that name too.
  await settled(page);
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  await page.getByRole('button', { name: 'Open the proposal' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

/** Waits until a proposal that is open on the page shows a status. */
export async function seeStatus(app: Shown, title: string, status: string): Promise<void> {
  await openProposal(app, title);
  await app.page.getByRole('main').getByText(status, { exact: true }).first().waitFor();
}

export interface Happening {
  readonly what: string;
  readonly amount: string;
  readonly memo: string;
  readonly category?: string;
  readonly covered?: string;
}

/** Records what happened in the ledger; ends on the entry's page. */
export async function record(app: App, { what, amount, memo, category, covered }: Happening): Promise<void> {
  const { page } = app;
  await goTo(app, 'Ledger');
  await page
    .getByRole('link', { name: /New entry/ })
    .first()
    .click();
  await page.getByRole('radio', { name: what }).check({ force: true });
  await page.getByRole('textbox', { name: /How much\?|How many hours\?/ }).fill(amount);
  if (category !== undefined)
    await page
      .getByLabel(/^(For what|Where from)/)
      .first()
      .fill(category);
  await page.getByRole('textbox', { name: 'In a few words' }).fill(memo);
  if (covered !== undefined) {
    const options = page.getByRole('combobox', { name: 'Covered by which decision?' });
    await options.selectOption({
      label: (await options.getByRole('option').allTextContents()).find((label) => label.includes(covered)) ?? covered,
    });
  }
  await page.getByRole('button', { name: /Sign and record|Record it all the same/ }).click();
  await page.getByRole('heading', { name: memo }).waitFor();
}

/** What an account's row in the balances says. */
export async function balance(app: App, account: string): Promise<string> {
  await goTo(app, 'Ledger');
  const row = app.page
    .getByRole('row')
    .filter({ has: app.page.getByRole('link', { name: account, exact: true }) })
    .first();
  await row.waitFor();
  return (await row.innerText()).replace(/\s+/g, ' ').trim();
}

export async function openResource(app: App, name: string): Promise<void> {
  await goTo(app, 'Resources');
  await app.page.getByRole('link', { name }).first().click();
  await app.page.getByRole('heading', { name, level: 1 }).waitFor();
}

export async function openPage(app: App, title: string): Promise<void> {
  const { page } = app;
  if (await page.getByRole('heading', { name: title, level: 1 }).isVisible()) return;
  await goTo(app, 'Commons');
  await page
    .getByRole('treeitem', { name: title })
    .or(page.getByRole('link', { name: title }))
    .first()
    .click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

/** Types at the end of a page's text. */
export async function write(app: App, title: string, words: string): Promise<void> {
  await openPage(app, title);
  const text = app.page.getByRole('textbox', { name: `Text of “${title}”` });
  await text.click();
  await app.page.keyboard.press('Control+End');
  await app.page.keyboard.type(words);
}

export async function seeText(app: App, title: string, words: string): Promise<void> {
  await openPage(app, title);
  await app.page
    .getByRole('textbox', { name: `Text of “${title}”` })
    .filter({ hasText: words })
    .waitFor();
}
