import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { Terminal } from './kit/cli';
import { goTo, joinNetwork } from './kit/steps';

const QUESTION = 'Paint the stairs';

/** Two peers on the command line and one in the app, over real WebRTC: Node with Node, and a browser with Node. */
describe('a network of terminals and the app', () => {
  let ann: Terminal;
  let ben: Terminal;
  let cleo: App;

  beforeAll(async () => {
    [ann, ben, cleo] = await Promise.all([Terminal.open('ann'), Terminal.open('ben'), App.start('cleo')]);
  });
  afterAll(async () => {
    await Promise.all([ann?.end(), ben?.end(), cleo?.end()]);
  });

  const serve = () => ann.start(/online with/, 'sync', '--serve');
  const proposalAt = async (of: Terminal): Promise<Record<string, unknown>> =>
    ((await of.ok('proposals'))['proposals'] as Record<string, unknown>[])[0]!;

  it('is founded on one terminal, and joined from another and from the app', async () => {
    await ann.ok(
      'found',
      '--name',
      'Lime Street',
      '--purpose',
      'To buy a house.',
      '--you',
      'Ann',
      '--preset',
      'circle',
    );
    await serve();
    const { link } = await ann.ok('invite', '--uses', '2');
    expect(await ben.ok('join', String(link), '--name', 'Ben')).toMatchObject({ ok: true, state: 'member' });
    await joinNetwork(cleo, String(link), 'Cleo', 'Lime Street');
    await ben.ok('sync', '--once');
    await ben.ok('seal');
    const { members } = await ben.ok('members');
    expect((members as { name: string }[]).map(({ name }) => name).sort()).toEqual(['Ann', 'Ben', 'Cleo']);
  });

  it('decides what is proposed on a terminal, by votes that were cast in all three places', async () => {
    const { event } = await ann.ok('propose', '--title', QUESTION, '--days', '1');
    expect(await ann.ok('vote', String(event), 'agree')).toMatchObject({ choice: 'agree' });
    await ben.ok('sync', '--once');
    await ben.ok('vote', QUESTION, 'agree', '--reason', 'They are grey');
    await ben.ok('sync', '--once');
    await goTo(cleo, 'Decisions');
    await cleo.page.getByRole('link', { name: QUESTION }).click();
    await cleo.page.getByText('They are grey').waitFor();
    await expect.poll(async () => (await proposalAt(ben))['status'], { timeout: 10_000 }).toBe('adopted');
  });

  it('keeps what a terminal had when it is killed, and verifies it', async () => {
    await ann.stop('SIGKILL');
    const verified = await ann.ok('verify');
    expect(verified).toMatchObject({ wrongs: 0 });
    expect(Number(verified['events'])).toBeGreaterThan(5);
  });

  it('says in a code why something could not be done', async () => {
    expect(await ben.run('sync', '--once', '--seconds', '1')).toMatchObject({
      code: 4,
      answer: { ok: false, code: 'nobody-reachable', params: { obstacle: 'places-unreachable' } },
    });
    expect(await ben.run('vote', QUESTION, 'perhaps')).toMatchObject({ code: 2, answer: { code: 'cli-unknown' } });
    // Beside one that waits, no other command runs.
    await ben.start(/peerhold:\/\/join/, 'add-device');
    expect(await ben.run('status')).toMatchObject({ code: 5, answer: { code: 'profile-in-use' } });
    await ben.stop('SIGKILL');
  });

  it('has shown no error in the app', () => {
    expect(cleo.faults).toEqual([]);
  });
});
