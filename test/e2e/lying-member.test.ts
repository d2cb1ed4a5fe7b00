import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeInvite } from '../../shared/invite/link';
import { KIND } from '../../shared/sync/channel/kinds';
import { type LyingMember, lyingMember } from '../channel/lying-member';
import { App } from './kit/app';
import { Terminal } from './kit/cli';
import { goTo, joinNetwork } from './kit/steps';

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
