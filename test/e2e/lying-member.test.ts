import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { COMMONS_DOC, addPage, pageDoc, pageText } from '../../shared/commons/pages';
import { textToFragment } from '../../shared/commons/text/canonical';
import { decodeInvite } from '../../shared/invite/link';
import { KIND } from '../../shared/sync/channel/kinds';
import { type LyingMember, lyingMember } from '../channel/lying-member';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { Terminal } from './kit/cli';
import { goTo, joinNetwork, openPage, seeText } from './kit/steps';

/** A member whose program lies, over real WebRTC: to a terminal and to the app, which stay what they are. */
describe('a member who lies', () => {
  let ann: Terminal;
  let ben: Terminal;
  let cleo: App;
  let liar: LyingMember;
  let places: readonly string[];
  beforeAll(async () => {
    [ann, ben, cleo] = await Promise.all([Terminal.open('ann'), Terminal.open('ben'), App.start('cleo')]);
    await ann.ok('found', '--name', 'Lime', '--purpose', 'To live.', '--you', 'Ann', '--preset', 'circle');
    await ann.start(/online with/, 'sync', '--serve');
    const { link } = await ann.ok('invite', '--uses', '2');
    places = decodeInvite(String(link)).meetingPlaces;
    await ben.ok('join', String(link), '--name', 'Ben');
    await joinNetwork(cleo, String(link), 'Cleo', 'Lime');
    await ben.ok('sync', '--once');
  });
  afterAll(async () => {
    await liar?.close();
    await Promise.all([ann?.end(), ben?.end(), cleo?.end()]);
  });

  async function meetAll(): Promise<void> {
    await liar?.close();
    liar = await lyingMember(join(ben.profile.directory, 'peer'), places);
    await expect.poll(() => liar.channels.size, { timeout: 40_000 }).toBe(2);
  }

  it('by nonsense on a channel loses it, and nothing else happens', async () => {
    await meetAll();
    for (const device of liar.channels.keys()) liar.garbage(device, KIND.record);
    await expect.poll(() => liar.ended.size, { timeout: 10_000 }).toBe(2);
    for (const { code, by } of liar.ended.values()) {
      expect(code).toMatch(/-malformed$/);
      expect(by).toBe('there');
    }
    await cleo.page.getByRole('button', { name: /1 connected/ }).waitFor();
  });

  it('by an event whose signature is wrong loses it as well', async () => {
    await meetAll();
    const { bytes } = await liar.next(1);
    const altered = bytes.slice();
    altered[3]! ^= 1;
    for (const device of liar.channels.keys()) liar.send(device, [altered]);
    await expect.poll(() => liar.ended.size, { timeout: 10_000 }).toBe(2);
    for (const { code } of liar.ended.values()) expect(code).toBe('signature-wrong');
  });

  it('by writing two texts under one number is shown, and whoever has the wrong one takes the other', async () => {
    await meetAll();
    const page = 'a'.repeat(32);
    const update = (edit: (doc: Y.Doc) => void): Uint8Array => {
      const doc = new Y.Doc();
      doc.clientID = 7;
      edit(doc);
      return Y.encodeStateAsUpdate(doc);
    };
    const index = update((doc) => addPage(doc, { id: page, title: 'Rent', parent: null, by: null, time: 0 }));
    for (const device of liar.channels.keys()) liar.write(device, COMMONS_DOC, index);
    const rents = ['We pay nothing.', 'We pay a lot...'] as const;
    for (const [which, device] of [...liar.channels.keys()].entries())
      liar.write(
        device,
        pageDoc(page),
        update((doc) => textToFragment(rents[which]!, pageText(doc))),
      );
    const differing = async (): Promise<unknown> => (await ann.run('documents')).answer['documents'];
    await expect.poll(differing, { timeout: 60_000 }).toMatchObject([{ id: pageDoc(page), title: 'Rent' }]);
    await openPage(cleo, 'Rent');
    const text = cleo.page.getByRole('textbox', { name: 'Text of “Rent”' });
    await text.filter({ hasText: 'We pay' }).waitFor();
    const isOne = (await text.innerText()).includes(rents[0]);
    const [mine, anns] = isOne ? rents : rents.toReversed();
    const alert = cleo.page.getByRole('alert').filter({ hasText: 'This is not the same on every device' });
    await alert.waitFor({ timeout: 60_000 });
    expect(await axeFaults(cleo.page)).toEqual([]);
    await alert.getByRole('button', { name: 'Compare with Ann' }).click();
    const dialog = cleo.page.getByRole('dialog');
    await dialog.getByRole('region', { name: 'Difference' }).locator('ins').first().waitFor();
    await dialog.getByRole('button', { name: 'Take that of Ann' }).click();
    await seeText(cleo, 'Rent', anns);
    await text.filter({ hasText: mine }).waitFor({ state: 'detached' });
    await alert.waitFor({ state: 'detached', timeout: 60_000 });
    await expect.poll(differing, { timeout: 60_000 }).toEqual([]);
  });

  it('by telling two people two histories is named to both, with the proof', async () => {
    await meetAll();
    const [one, other] = [await liar.next('to one'), await liar.next('to the other')];
    const [first, second] = [...liar.channels.keys()] as [string, string];
    liar.send(first, [one.bytes]);
    liar.send(second, [other.bytes]);
    await goTo(cleo, 'Members');
    await cleo.page.getByText('two histories').first().waitFor();
    await expect.poll(async () => (await ann.ok('evidence'))['forks'], { timeout: 20_000 }).toHaveLength(1);
    expect(await ann.ok('verify')).toMatchObject({ wrongs: 0 });
  });
});
