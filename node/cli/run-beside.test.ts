import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PeerholdError } from '../../shared/errors';
import { findProfile } from '../profile/profile';
import { Holder } from './beside/holder';
import { type Output, callerHere } from './caller';
import { EXIT } from './exit';
import { OpenProfile } from './open-profile';
import { run, runBeside } from './run';

const PASSPHRASE = 'a stick in the post';
const UNREACHABLE = 'ws://127.0.0.1:9/signal';

let home = '';
let open: OpenProfile;
let holder: Holder;
const before = process.env['PEERHOLD_HOME'];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-run-beside-'));
  process.env['PEERHOLD_HOME'] = home;
  for (const name of ['Mill', 'Barn'])
    await json('found', '--name', name, '--purpose', 'P', '--you', 'Ann', '--preset', 'circle');
  const profile = findProfile('default');
  // As a keeper or `sync` has it, without meeting anybody.
  open = await OpenProfile.open(profile, { meets: false });
  holder = await Holder.listen(join(profile.directory, 'peer'), (argv, caller) => runBeside(argv, caller, open));
});
afterAll(async () => {
  await holder.close();
  await open.close();
  if (before === undefined) delete process.env['PEERHOLD_HOME'];
  else process.env['PEERHOLD_HOME'] = before;
  delete process.env['PEERHOLD_PASSPHRASE'];
  await rm(home, { recursive: true });
});

async function peerhold(argv: readonly string[], rest: Partial<Output> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const exit = await run(argv, { out: (line) => void out.push(line), err: (line) => void err.push(line), ...rest });
  return { exit, out, err };
}
async function json(...argv: string[]): Promise<Record<string, unknown>> {
  const { exit, out } = await peerhold([...argv, '--json']);
  expect(out).toHaveLength(1);
  return { ...(JSON.parse(out[0]!) as Record<string, unknown>), exit };
}
const inMill = (...argv: string[]) => json(...argv, '--network', 'Mill');

describe('commands on a profile that another process holds', () => {
  it('read and sign as they would alone, several at once', async () => {
    const titles = ['Grind', 'Sweep', 'Mend'];
    const signed = await Promise.all(titles.map((title) => inMill('propose', '--title', title)));
    expect(signed.map(({ ok }) => ok)).toEqual([true, true, true]);
    const { proposals } = await inMill('proposals');
    expect((proposals as { title: string }[]).map(({ title }) => title).sort()).toEqual([...titles].sort());
    expect(await inMill('vote', 'Grind', 'agree')).toMatchObject({ ok: true, choice: 'agree' });
    const [one, two] = await Promise.all([inMill('verify'), inMill('verify')]);
    expect(one).toMatchObject({ wrongs: 0, exit: EXIT.done });
    expect(two).toEqual(one);
    expect(await json('status')).toMatchObject({ code: 'cli-which-network', exit: EXIT.usage });
    expect((await peerhold(['vote', 'Mow', 'agree', '--network', 'Mill'])).err.join()).toContain('cli-unknown');
  });

  it('close the networks that they alone had open', async () => {
    expect(await json('status', '--network', 'Barn')).toMatchObject({ name: 'Barn' });
    for (const { id } of await open.engine.host.networks())
      await expect(open.engine.host.peer(id)).rejects.toThrow('network-not-open');
  });

  it('take the passphrase from where they were typed, and files', async () => {
    const file = join(home, 'mill.peerhold');
    const secret = join(home, 'secret');
    await writeFile(secret, PASSPHRASE);
    expect(await inMill('export', file)).toMatchObject({ code: 'cli-no-passphrase', exit: EXIT.usage });
    process.env['PEERHOLD_PASSPHRASE'] = PASSPHRASE;
    expect(await inMill('export', file)).toMatchObject({ ok: true });
    delete process.env['PEERHOLD_PASSPHRASE'];
    expect(await inMill('import', file, '--passphrase-file', secret)).toMatchObject({ fresh: 0, exit: EXIT.done });
    expect(await inMill('import', `${file}.not`, '--passphrase-file', secret)).toMatchObject({ code: 'cli-file' });
  });

  it('make links with the places that they are given, and leave those of the holder as they are', async () => {
    const other = 'ws://127.0.0.1:7/signal';
    open.engine.host.places.own = [other];
    const { link } = await inMill('invite', '--at', UNREACHABLE);
    expect(Buffer.from(String(link).split('/').at(-1)!, 'base64url').toString()).toContain(UNREACHABLE);
    expect(Buffer.from(String(link).split('/').at(-1)!, 'base64url').toString()).not.toContain(other);
    const network = (await open.engine.host.networks()).find(({ name }) => name === 'Mill')!.id;
    await open.engine.host.open(network);
    const { link: theirs } = await open.engine.host.deviceLink(network);
    expect(Buffer.from(theirs.split('/').at(-1)!, 'base64url').toString()).toContain(other);
    await open.engine.host.close(network);
  });

  it('join one at a time', async () => {
    const { link } = await inMill('invite', '--at', UNREACHABLE);
    let release = (): void => undefined;
    const joining = open.once('join', () => new Promise<void>((done) => (release = done)));
    expect(await json('join', String(link), '--name', 'Ben')).toMatchObject({
      code: 'profile-busy',
      exit: EXIT.storage,
    });
    release();
    await joining;
    expect(await json('join', String(link), '--name', 'Ben')).toMatchObject({ code: 'network-known' });
  });

  it('go on verifying for one when another breaks off, and no longer than for the last', async () => {
    const { host } = open.engine;
    const ends: (() => void)[] = [];
    const verify = vi
      .spyOn(host, 'verify')
      .mockImplementation(() => new Promise((done) => void ends.push(() => done(null))));
    const cancel = vi.spyOn(host, 'cancelVerify').mockImplementation(async () => ends.forEach((end) => end()));
    const callers = [new AbortController(), new AbortController()];
    const exits = callers.map(({ signal }) => {
      const caller = { ...callerHere({ out: () => undefined, err: () => undefined }), gone: signal };
      return runBeside(['verify', '--network', 'Mill'], caller, open);
    });
    await vi.waitFor(() => expect(verify).toHaveBeenCalledTimes(2));
    callers[0]!.abort(new PeerholdError('cli-interrupted'));
    await new Promise((done) => setImmediate(done));
    expect(cancel).not.toHaveBeenCalled();
    callers[1]!.abort(new PeerholdError('cli-interrupted'));
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
    await exits[1];
    vi.restoreAllMocks();
  });

  it.each([[['keeper']], [['keeper', 'peerhold://join/AbC']], [['sync', '--serve', '--network', 'Mill']]])(
    '%j says that it can not run beside another',
    async (argv) => {
      expect(await json(...argv)).toMatchObject({ code: 'profile-held', exit: EXIT.storage });
    },
  );

  it('end when the person wants, or when their time is over, and leave the holder as it was', async () => {
    let interrupt = (): void => undefined;
    const ended = await peerhold(['sync', '--network', 'Mill'], {
      interrupted: () => new Promise((done) => (interrupt = done)),
      err: () => interrupt(),
    });
    expect(ended).toMatchObject({ exit: EXIT.done, out: [expect.stringContaining('Nobody is connected.')] });
    expect(await inMill('sync', '--once', '--seconds', '1')).toMatchObject({ code: 'nobody-reachable' });
    expect(await inMill('status')).toMatchObject({ ok: true });
  });

  it('share the meeting place that is open, whichever port they ask for', async () => {
    const { value, release } = await open.place.take(undefined);
    const { exit, err } = await peerhold(['add-device', '--port', '9', '--seconds', '0', '--network', 'Mill']);
    expect(err).toContain(
      `The meeting place of this profile is open already, at port ${value.port}: that one is used.`,
    );
    expect([exit, err.at(-1)]).toEqual([EXIT.unreached, expect.stringContaining('(device-link-unanswered)')]);
    await release();
  });

  it('are told when the holder ends first', async () => {
    const online = vi.spyOn(open.engine.host, 'setOnline');
    const answer = inMill('sync', '--once');
    await vi.waitFor(() => expect(online).toHaveBeenCalled());
    await holder.close();
    expect(await answer).toMatchObject({ code: 'profile-holder-ended', exit: EXIT.storage });
    expect(await json('networks')).toMatchObject({ code: 'profile-in-use', exit: EXIT.storage });
  });
});
