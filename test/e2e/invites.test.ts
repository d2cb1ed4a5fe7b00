import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeInvite, encodeInvite } from '../../shared/invite/link';
import { App } from './kit/app';
import { scan } from './kit/qr';
import {
  finishProposal,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openProposal,
  propose,
  seeStatus,
  startProposal,
  vote,
} from './kit/steps';

const NETWORK = 'Birch Yard';
const DAY = 86_400_000;

/** What becomes of links that do not let anybody in, and of members who are not members any more. */
describe('invites and the ways out', () => {
  let anna: App;
  let ben: App;
  let cleo: App;
  let link = '';
  let unreachable: Promise<void>;

  beforeAll(async () => {
    [anna, ben, cleo] = await Promise.all([App.start('anna'), App.start('ben'), App.start('cleo')]);
    await foundNetwork(anna, NETWORK, 'Anna');
    link = await makeInvite(anna);
    // Looking for somebody takes its time before it gives up; the others go on meanwhile.
    unreachable = nobodyReachable(ben, encodeInvite({ ...decodeInvite(link), network: 'ab'.repeat(32) }));
    unreachable.catch(() => undefined);
  });
  afterAll(async () => {
    await Promise.all([anna, ben, cleo].map((app) => app?.end()));
  });

  /** Opens a link as the route that it leads to, as clicking it does. */
  const open = async (app: App, link: string): Promise<void> => {
    await app.page.goto(`${app.address}/#${link.replace('peerhold:/', '')}`);
    await app.page.getByRole('heading', { name: 'Join with an invite', level: 1 }).waitFor();
  };
  const connect = async (app: App, link: string): Promise<void> => {
    await open(app, link);
    await app.page.getByRole('button', { name: 'Connect', exact: true }).click();
  };
  const alert = async (app: App, what: string, advice: string | RegExp): Promise<void> => {
    const shown = app.page.getByRole('alert').filter({ hasText: what });
    await shown.waitFor({ timeout: 40_000 });
    await shown.getByText(advice).waitFor();
  };
  const nobodyReachable = async (app: App, link: string): Promise<void> => {
    await connect(app, link);
    await alert(app, "No member's app could be reached.", /keep their app open/);
    await app.page.getByRole('button', { name: 'Try to connect again' }).waitFor();
  };

  it('are shown as a link and as a code that says the same', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Show link' }).first().click();
    const dialog = page.getByRole('dialog');
    const shown = await dialog.getByRole('textbox', { name: 'Invite link' }).inputValue();
    // It names the newest seal, and one may have been made since.
    expect({ ...decodeInvite(shown), seal: null }).toEqual({ ...decodeInvite(link), seal: null });
    expect(await scan(dialog.getByRole('img', { name: 'The invite link as a QR code' }))).toBe(shown);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('are good for no longer than the agreement allows', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Invite', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The agreement allows up to 14 days.').waitFor();
    const days = dialog.getByLabel('Good for (days)');
    expect(await days.inputValue()).toBe('14');
    await days.fill('15');
    await days.press('Enter');
    await dialog.getByText('The agreement allows a whole number of days from 1 to 14.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('open the join screen by their address, and tell who invites to what', async () => {
    await open(cleo, link);
    await cleo.page.getByRole('heading', { name: `Anna invites you to ${NETWORK}` }).waitFor();
    await cleo.page.getByText('The invite is good until').waitFor();
  });

  it('that were never one are refused where they are pasted, or say so', async () => {
    const { page } = cleo;
    await page.goto(`${cleo.address}/#/join`);
    await page.getByLabel('Invite link').fill('Come and see us on Sunday!');
    await page.getByRole('button', { name: 'Read the invite' }).click();
    await page.getByText('This is not an invite link. It begins with peerhold://join/').waitFor();
    await page.getByLabel('Invite link').fill('peerhold://join/birch-yard');
    await page.getByRole('button', { name: 'Read the invite' }).click();
    await alert(cleo, 'This is not an invite link.', /Copy it once more/);
    await page.getByRole('link', { name: 'Use another invite' }).click();
    await page.getByLabel('Invite link').waitFor();
  });

  it('that are damaged say so', async () => {
    const at = link.length - 20;
    await open(cleo, `${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`);
    await alert(cleo, 'The invite link is damaged', /Copy the whole link once more/);
    await open(cleo, link.slice(0, -5));
    await alert(cleo, 'The invite link is damaged', /Copy the whole link once more/);
  });

  it('that have expired say so', async () => {
    await connect(cleo, encodeInvite({ ...decodeInvite(link), expires: Date.now() - DAY }));
    await alert(cleo, 'The invite has expired.', 'Ask the person who invited you for a new one.');
  });

  it('that were revoked say so', async () => {
    const { page } = anna;
    const revoked = await makeInvite(anna);
    await page.getByRole('button', { name: 'Revoke' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    await connect(cleo, revoked);
    await alert(cleo, 'The invite has been revoked.', /Ask the person who invited you whether this is meant/);
  });

  it('say when nobody of the network can be reached', () => unreachable);

  it('that are used up say so', async () => {
    await ben.page.goto(`${ben.address}/#/`);
    await joinNetwork(ben, link, 'Ben', NETWORK);
    await connect(cleo, link);
    await alert(cleo, 'The invite has been used as often as it allows.', /Ask for a new one/);
    await cleo.page.goto(`${cleo.address}/#/`);
    await joinNetwork(cleo, await makeInvite(anna), 'Cleo', NETWORK);
  });

  const seeMembers = async (app: App, active: number, status: string): Promise<void> => {
    await goTo(app, 'Members');
    await app.page.getByText(active === 1 ? '1 active member' : `${active} active members`).waitFor();
    await app.page.getByRole('switch', { name: /left/ }).check();
    await app.page.getByRole('row').filter({ hasText: status }).first().waitFor();
  };

  it('a member whom the others remove reads it on their screen, and can do nothing more', async () => {
    for (const app of [anna, ben, cleo]) {
      await goTo(app, 'Members');
      await app.page.getByText('3 active members').waitFor();
    }
    await startProposal(anna, 'Removing a member');
    await anna.page.getByRole('combobox', { name: 'Which member?' }).selectOption({ label: 'Ben' });
    await finishProposal(anna, 'Ben goes');
    await openProposal(cleo, 'Ben goes');
    await vote(cleo, 'Agree');
    await vote(anna, 'Agree');
    await seeStatus(anna, 'Ben goes', 'Adopted');
    // The connection itself stays until a seal makes the removal final.
    await ben.page.getByText('You are no longer a member').waitFor();
    for (const app of [anna, cleo]) await seeMembers(app, 2, 'Removed');
    await goTo(ben, 'Members');
    expect(await ben.page.getByRole('button', { name: 'Invite', exact: true }).count()).toBe(0);
    await openProposal(ben, 'Ben goes');
    expect(await ben.page.getByRole('radio').count()).toBe(0);
    await goTo(ben, 'Decisions');
    expect(await ben.page.getByRole('link', { name: 'New proposal' }).count()).toBe(0);
  });

  it('a member who leaves is seen to have left by the others, and is cut off', async () => {
    const { page } = cleo;
    await goTo(cleo, 'Members');
    await page.getByRole('row').filter({ hasText: '(you)' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Leave at once…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the network' }).click();
    await page.getByText('You have left this network').waitFor();
    await seeMembers(anna, 1, 'Left');
    await page.getByRole('button', { name: /^Nobody connected/ }).waitFor();
    await propose(anna, 'Without Cleo');
    await goTo(cleo, 'Decisions');
    expect(await page.getByText('Without Cleo').count()).toBe(0);
  });

  it('report no faults', () => expect([anna, ben, cleo].flatMap((app) => app.faults)).toEqual([]));
});
