import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { balance, foundNetwork, goTo, joinNetwork, makeInvite, propose, record, setOffline } from './kit/steps';

/** Who is gone for good can not stop the others: they start again from what is sealed, openly. */
const NETWORK = 'Mill Lane';
const AGAIN = 'Mill Lane again';
const SEALED = { timeout: 100_000 };

let ana: App;
let ben: App;
/** Another computer of Ana's. */
let later: App;
const everyone = () => [ana, ben, later];

beforeAll(async () => {
  [ana, ben, later] = await Promise.all([App.start('ana'), App.start('ben'), App.start('later')]);
}, 60_000);

afterAll(async () => {
  await Promise.all(everyone().map((app) => app?.end()));
});

const header = (app: App, words: string | RegExp) => app.page.getByRole('banner').getByRole('link', { name: words });

async function openSeals(app: App): Promise<void> {
  await header(app, /sealed/).click();
  await app.page.getByRole('heading', { name: 'Seals', level: 1 }).waitFor();
}

describe('a network whose quorum is gone', () => {
  it('waits for it, and says how to go on', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
    await record(ana, { what: 'A member put in money', amount: '80', memo: 'And mine' });
    await record(ben, { what: 'A member put in money', amount: '120', memo: 'My share' });
    // Until then all can be sealed that one has, and not what the other has.
    for (const app of [ana, ben]) await expect.poll(() => balance(app, 'Bank'), SEALED).toContain('200');
    for (const app of [ana, ben]) await header(app, 'All sealed').waitFor(SEALED);
    await setOffline(ana, true);
    await propose(ben, 'Shall we go on?');
    // Beside the proposal, perhaps, the key by which Ben's device receives, which it publishes by itself.
    await header(ben, /^[12] not sealed yet/).click();
    await ben.page.getByText(/It waits for: Ana/).waitFor(SEALED);
    expect(await ben.page.getByRole('button', { name: 'Start again without them…' }).count()).toBe(0);
    // Days later, by the window's clock.
    await ben.page.clock.setSystemTime(Date.now() + 4 * 86_400_000);
    await ben.page.getByRole('button', { name: 'Start again without them…' }).click({ timeout: 70_000 });
    const dialog = ben.page.getByRole('dialog');
    await dialog.getByText(/as seal \d+ fixed them/).waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    await dialog.getByLabel('Name of the new network').fill(AGAIN);
    expect(await dialog.getByLabel('Your name').inputValue()).toBe('Ben');
    expect(await dialog.getByRole('button', { name: 'Start again', exact: true }).isEnabled()).toBe(false);
    await dialog.getByLabel('I have spoken with those whom I could reach').check();
    await dialog.getByRole('button', { name: 'Start again', exact: true }).click();
    await ben.page.getByRole('heading', { name: AGAIN, level: 1 }).waitFor();
  });

  it('is started again with what was sealed, and not with what was not', async () => {
    expect(await balance(ben, 'Bank')).toContain('200');
    expect(await balance(ben, 'Ben')).toContain('120');
    await goTo(ben, 'Decisions');
    expect(await ben.page.getByText('Shall we go on?').count()).toBe(0);
    await openSeals(ben);
    const origin = ben.page.getByRole('region', { name: 'Where this network comes from' });
    await origin.getByText(/Ben.*started it again from another network/).waitFor();
    await origin.getByText(/signed by 2 members:/).waitFor();
    await origin.getByRole('table', { name: 'Accounts to hand over' }).waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    await header(ben, 'All sealed').waitFor(SEALED);
  });

  it('tells in the one before that it was started again, and by whom; that one stays to be read', async () => {
    await ben.page.getByRole('link', { name: `Compare with the seals of “${NETWORK}”` }).click();
    await ben.page.getByText('Ben has started this network again').waitFor();
    expect(await axeFaults(ben.page)).toEqual([]);
    await ben.page.getByText(/It waits for: Ana/).waitFor();
    await ben.page.getByRole('link', { name: `Open “${AGAIN}”` }).click();
    await ben.page.getByRole('heading', { name: AGAIN, level: 1 }).waitFor();
  });

  it('is joined by ordinary invites, shows to who comes where it is from, and hands over what was theirs', async () => {
    // Ana, on another computer.
    await joinNetwork(later, await makeInvite(ben), 'Ana', AGAIN);
    await openSeals(later);
    await later.page.getByText('That network is not on this device').waitFor();
    expect(await axeFaults(later.page)).toEqual([]);
    await openSeals(ben);
    const carried = ben.page.getByRole('table', { name: 'Accounts to hand over' });
    expect(await carried.getByRole('row').count()).toBe(1);
    await carried.getByRole('combobox').selectOption({ label: 'Ana' });
    await carried.getByRole('button', { name: 'Hand over' }).click();
    await carried.waitFor({ state: 'detached' });
    for (const app of [ben, later]) await expect.poll(() => balance(app, 'Ana'), { timeout: 30_000 }).toContain('80');
  });

  it('reports no faults', () => expect(everyone().flatMap((app) => app.faults)).toEqual([]));
});
