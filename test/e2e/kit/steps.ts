import type { App } from './app';

/** What a person does on the screens, by what they read there. */
export async function foundNetwork(app: App, name: string, founder: string): Promise<void> {
  const { page } = app;
  await page.getByRole('link', { name: 'Found a network' }).or(page.getByRole('button', { name: 'Found a network' })).first().click();
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
  await page.getByRole('heading', { name, exact: false }).first().waitFor();
}

/** Goes to a part of the open network by the navigation. */
export async function goTo(app: App, part: string): Promise<void> {
  await app.page.getByRole('navigation').getByRole('link', { name: part, exact: true }).click();
  await app.page.getByRole('heading', { level: 1 }).waitFor();
}

/** Makes an invite and gives its link. */
export async function makeInvite(app: App, uses = 1): Promise<string> {
  const { page } = app;
  await goTo(app, 'Members');
  await page.getByRole('button', { name: 'Invite', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How many may use it').fill(String(uses));
  const lan = dialog.getByLabel('Let devices in my local network reach this app');
  if (await lan.isVisible()) await lan.uncheck();
  await dialog.getByRole('button', { name: 'Make the invite' }).click();
  const link = await dialog.getByRole('textbox', { name: 'Invite link' }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** Joins from the first screen with a link; ends on the network's home. */
export async function joinNetwork(app: App, link: string, name: string, network: string): Promise<void> {
  const { page } = app;
  await page.getByRole('link', { name: 'Use an invite' }).or(page.getByRole('button', { name: 'Use an invite' })).first().click();
  await page.getByLabel('Invite link').fill(link);
  await page.getByRole('button', { name: 'Read the invite' }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByLabel('Your name in this network').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: network, level: 1 }).waitFor();
}
