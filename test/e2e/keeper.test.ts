import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { Terminal } from './kit/cli';
import { joinNetwork, openProposal, propose, vote } from './kit/steps';

const NETWORK = 'Lime Street';
const SLOW = { timeout: 60_000 };

/** A keeper in Node, a member on the command line and one in the app, who are never online together. */
describe('members who are never online together', () => {
  let keeper: Terminal;
  let ann: Terminal;
  let ben: App;
  let place = '';

  beforeAll(async () => {
    [keeper, ann, ben] = await Promise.all([Terminal.open('keeper'), Terminal.open('ann'), App.start('ben')]);
  });
  afterAll(async () => {
    await Promise.all([keeper?.end(), ann?.end(), ben?.end()]);
  });

  /** Waits until the keeper has all of ben's; gives its row in the list, which stays open. */
  const keeperHasAll = async (): Promise<Locator> => {
    await ben.page
      .getByRole('button', { name: /connected|offline|Offline/ })
      .first()
      .click();
    const row = ben.page.getByRole('listitem').filter({ hasText: 'Keeper Cellar' });
    await row.getByText('has everything of yours').waitFor(SLOW);
    return row;
  };
  /** Ben's app starts again, and meets the keeper alone. */
  const comeBack = async (): Promise<void> => {
    await ben.openWindow();
    await ben.page.getByRole('link', { name: NETWORK }).first().click();
    await ben.page.getByRole('button', { name: /^Keeper connected/ }).waitFor(SLOW);
  };

  it('have a keeper, whom one of them has let in after comparing a number', async () => {
    await ann.ok('found', '--name', NETWORK, '--purpose', 'To buy a house.', '--you', 'Ann', '--preset', 'circle');
    const link = (await ann.start(/(peerhold:\/\/join\/\S+)/, 'add-device'))[1]!;
    const number = (await keeper.start(/Number to compare: ([\d ]+)\./, 'keeper', link, '--label', 'Cellar'))[1]!;
    expect((await ann.hear(/Number: ([\d ]+)/))[1]!.trim()).toBe(number.trim());
    ann.write('yes\n');
    expect(await ann.ended()).toBe(0);
    place = (await keeper.hear(/meeting place: (\S+)/))[1]!;
    await keeper.hear(/online with Lime Street/);
    const { members } = await ann.ok('members');
    expect(members).toMatchObject([{ name: 'Ann', devices: [{}, { role: 'keeper', label: 'Cellar' }] }]);
  });

  it('decide by it: each signs alone, and meets the keeper alone', async () => {
    const { link } = await ann.ok('invite', '--at', place);
    await ann.start(/online with/, 'sync', '--at', place);
    await joinNetwork(ben, String(link), 'Ben', NETWORK);
    await ann.hear(/Keeper Cellar of Ann: on this same machine; met at ws:/);
    const { online, connections } = await ann.ok('status');
    expect(online).toBe(true);
    expect(connections).toContainEqual(expect.objectContaining({ route: 'machine', since: expect.any(Number) }));
    await ann.stop();
    await ann.ok('seal', '--at', place);

    await propose(ben, 'Paint the stairs');
    await vote(ben, 'Agree');
    const row = await keeperHasAll();
    await row.getByText('connected on this same machine').waitFor();
    await row.getByText(`met at ${place}, which came with the invite`).waitFor();
    await ben.page.keyboard.press('Escape');
    // No other member is: the button does not pass a keeper off as one.
    await ben.page.getByRole('button', { name: /^Keeper connected/ }).waitFor();
    await ben.closeWindow();

    expect(await ann.ok('sync', '--once', '--at', place)).toMatchObject({ ok: true });
    const { proposals } = await ann.ok('proposals');
    expect(proposals).toMatchObject([{ title: 'Paint the stairs' }]);
    await ann.ok('vote', 'Paint the stairs', 'agree');
    await ann.ok('sync', '--once', '--at', place);
    await comeBack();
    await openProposal(ben, 'Paint the stairs');
    const ballot = ben.page.getByRole('main').getByRole('listitem').filter({ hasText: 'agrees' });
    await ballot.filter({ has: ben.page.getByRole('link', { name: 'Ann' }) }).waitFor(SLOW);
    await ben.page.getByRole('main').getByText('Adopted', { exact: true }).first().waitFor(SLOW);
    expect(ben.faults).toEqual([]);
  });

  it('seal it by it, in turns, though both have to', async () => {
    // Asked for by whoever is there for long enough; from then on each signs what follows from what the other did.
    const next = async () => (await keeper.ok('status'))['next'];
    const asked = { stage: 'ready', ready: [expect.any(String)] };
    await expect.poll(next, { timeout: 90_000, interval: 2_000 }).toMatchObject(asked);
    await keeperHasAll();
    await ben.closeWindow();
    for (let turns = 0; turns < 4; turns++) {
      await ann.ok('sync', '--once', '--at', place);
      const before = await next();
      if (before === null) break;
      await comeBack();
      await expect.poll(next, { timeout: 60_000, interval: 1_000 }).not.toEqual(before);
      await keeperHasAll();
      await ben.closeWindow();
    }
    await ann.ok('sync', '--once', '--at', place);
    const sealed = { status: 'adopted', sealed: expect.any(Number), tally: expect.objectContaining({ agree: 2 }) };
    expect((await ann.ok('proposals'))['proposals']).toMatchObject([sealed]);
    await comeBack();
    await openProposal(ben, 'Paint the stairs');
    await ben.page.getByRole('main').getByText('Sealed', { exact: true }).first().waitFor(SLOW);
    expect(ben.faults).toEqual([]);
  });

  it('lose nothing when the keeper is killed', async () => {
    expect(await keeper.run('keeper')).toMatchObject({ code: 5, answer: { code: 'profile-held' } });
    expect(await keeper.ok('verify')).toMatchObject({ wrongs: 0 });
    await keeper.stop('SIGKILL');
    expect(await keeper.ok('verify')).toMatchObject({ wrongs: 0 });
    await keeper.start(/online with Lime Street/, 'keeper');
    // Beside it again, in the place of what the killed one has left.
    expect(await keeper.ok('status')).toMatchObject({ name: NETWORK });
    await ann.ok('sync', '--once', '--at', place);
    expect(await keeper.stop()).toBe(0);
    const [mine, kept] = await Promise.all([ann.ok('verify'), keeper.ok('verify')]);
    expect(kept['digest']).toBe(mine['digest']);
  });
});
