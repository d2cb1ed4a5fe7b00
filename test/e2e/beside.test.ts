import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Terminal } from './kit/cli';

const PLACE = ['--preset', 'circle', '--purpose', 'To have a house.', '--you', 'Ann'];

/** Ann and Ben stay online, each in one terminal, and type everything else into another; Cellar becomes a keeper. */
describe('commands beside one that goes on', () => {
  let ann: Terminal;
  let ben: Terminal;
  let cellar: Terminal;
  let ann2: Terminal;

  beforeAll(async () => {
    [ann, ben, cellar] = await Promise.all([Terminal.open('ann'), Terminal.open('ben'), Terminal.open('cellar')]);
    ann2 = ann.another();
    await ann.ok('found', '--name', 'Lime', ...PLACE);
    await ann.start(/online with/, 'sync', '--serve');
  });
  afterAll(async () => {
    await ann2?.stop('SIGKILL');
    await Promise.all([ann?.end(), ben?.end(), cellar?.end()]);
  });

  it('invite, sign and sync, and what goes on stays online', async () => {
    const { link } = await ann.ok('invite');
    await ben.ok('join', String(link), '--name', 'Ben');
    await ben.start(/online with/, 'sync');
    await ann.ok('propose', '--title', 'Paint the stairs');
    expect(await ann.ok('sync', '--once')).toMatchObject({ ok: true, met: [expect.any(String)] });
    await ben.ok('propose', '--title', 'Mow the lawn');
    await ben.ok('sync', '--once');
    for (const one of [ann, ben]) {
      const { proposals } = await one.ok('proposals');
      const titles = (proposals as { title: string }[]).map(({ title }) => title);
      expect(titles.sort()).toEqual(['Mow the lawn', 'Paint the stairs']);
    }
    expect(await ann.run('sync', '--serve')).toMatchObject({ code: 5, answer: { code: 'profile-held' } });
  });

  it('end by Ctrl-C where they were typed, and nowhere else', async () => {
    await ann2.start(/online with/, 'sync');
    expect(await ann2.stop()).toBe(0);
    expect(await ann.ok('sync', '--once')).toMatchObject({ ok: true });
  });

  it('join another network', async () => {
    await ann.ok('found', '--name', 'Barn', ...PLACE);
    const { link } = await ann.ok('invite', '--network', 'Barn');
    await ann2.start(/online with/, 'sync', '--network', 'Barn');
    expect(await ben.ok('join', String(link), '--name', 'Ben')).toMatchObject({ state: 'member' });
    expect(await ann2.stop()).toBe(0);
    expect((await ben.ok('networks'))['networks']).toHaveLength(2);
  });

  it('let a keeper in, also after one was killed while it waited for that', async () => {
    const add = ['add-device', '--network', 'Lime'];
    await ann2.start(/peerhold:\/\/join/, ...add);
    expect(await ann.run(...add)).toMatchObject({ code: 5, answer: { code: 'profile-busy' } });
    await ann2.stop('SIGKILL');
    await expect.poll(async () => (await ann.run(...add, '--seconds', '0')).code, { timeout: 20_000 }).toBe(4);

    const link = (await ann2.start(/(peerhold:\/\/join\/\S+)/, ...add))[1]!;
    const number = (await cellar.start(/Number to compare: ([\d ]+)\./, 'keeper', link))[1]!;
    expect((await ann2.hear(/Number: ([\d ]+)/))[1]!.trim()).toBe(number.trim());
    ann2.write('yes\n');
    expect(await ann2.ended()).toBe(0);
    await cellar.hear(/online with Lime/);

    // And one network more into the keeper, which goes on.
    const second = (await ann2.start(/(peerhold:\/\/join\/\S+)/, 'add-device', '--network', 'Barn'))[1]!;
    const beside = cellar.another();
    await beside.start(/Number to compare/, 'keeper', second);
    await ann2.hear(/Number: ([\d ]+)/);
    ann2.write('yes\n');
    expect([await ann2.ended(), await beside.ended()]).toEqual([0, 0]);
    await cellar.hear(/online with Barn/);
    expect((await cellar.ok('networks'))['networks']).toHaveLength(2);
    expect(await cellar.stop()).toBe(0);
    expect([await ann.stop(), await ben.stop()]).toEqual([0, 0]);
  });
});
