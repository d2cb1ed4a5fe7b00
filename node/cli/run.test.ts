import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProfile } from '../profile/profile';
import { NodeEngine } from '../peer/node-engine';
import { COMMANDS } from './commands';
import { EXIT, exitOf } from './exit';
import { run } from './run';

let home = '';
const before = process.env.PEERHOLD_HOME;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-cli-'));
  process.env.PEERHOLD_HOME = home;
});
afterAll(async () => {
  if (before === undefined) delete process.env.PEERHOLD_HOME;
  else process.env.PEERHOLD_HOME = before;
  await rm(home, { recursive: true });
});

async function peerhold(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(argv, { out: (line) => void out.push(line), err: (line) => void err.push(line) });
  return { code, out, err };
}
async function json(...argv: string[]): Promise<Record<string, unknown> & { code: unknown }> {
  const { code, out } = await peerhold(...argv, '--json');
  expect(out).toHaveLength(1);
  const answer = JSON.parse(out[0]!) as Record<string, unknown>;
  expect(answer['ok']).toBe(code === EXIT.done || code === EXIT.no);
  return { ...answer, exit: code, code: answer['code'] };
}

describe('the command line', () => {
  it('lists every command, and shows each with an example that it takes', async () => {
    const { code, out } = await peerhold('help');
    expect(code).toBe(EXIT.done);
    for (const { name, about, examples, options = {} } of COMMANDS) {
      expect(out.some((line) => line.includes(name) && line.includes(about))).toBe(true);
      const help = (await peerhold('help', name)).out;
      expect(help).toEqual((await peerhold(name, '--help')).out);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(help.some((line) => line.includes(example))).toBe(true);
        const [program, command, ...rest] = wordsOf(example);
        expect([program, command]).toEqual(['peerhold', name]);
        const common = { profile: { type: 'string' }, network: { type: 'string' }, json: { type: 'boolean' } } as const;
        expect(() =>
          parseArgs({ args: rest, options: { ...common, ...options }, allowPositionals: true }),
        ).not.toThrow();
      }
    }
  });

  it.each([
    [['fly'], 'cli-command'],
    [['status', '--wings'], 'cli-option'],
    [['status', 'of', 'what'], 'cli-option'],
    [['vote', 'one'], 'cli-missing'],
    [['found', '--name', 'N'], 'cli-missing'],
  ])('%j is a mistake in the line itself', async (argv, code) => {
    expect(await json(...argv)).toMatchObject({ ok: false, code, exit: EXIT.usage });
    const plain = await peerhold(...argv);
    expect(plain.out).toEqual([]);
    expect(plain.err[0]).toContain(code);
  });

  it('says what to do where there is no network', async () => {
    expect(await json('status')).toMatchObject({ code: 'cli-no-network', exit: EXIT.usage });
    expect((await peerhold('networks')).out.join()).toMatch(/Found one, or join/);
  });
});

describe('a network on the command line', () => {
  it('is founded, decided in, accounted for and verified, each command by itself', async () => {
    const { network } = await json(
      'found',
      '--name',
      'Mill',
      '--purpose',
      'To mill.',
      '--you',
      'Ann',
      '--preset',
      'circle',
    );
    const { event: proposal } = await json('propose', '--title', 'Grind', '--text', 'Finely.');
    await json('vote', 'Grind', 'agree');
    await json('post', 'money', '12.50', '--memo', 'first');
    await json('post', 'expense', '2.5', '--category', 'oil');
    const { balances } = await json('ledger');
    const bank = (balances as { account: string; amount: number }[]).find(({ account }) => account === 'bank');
    expect(bank?.amount).toBe(1_000);
    const { proposals } = await json('proposals');
    expect(proposals).toMatchObject([{ id: proposal, title: 'Grind', text: 'Finely.', status: 'adopted' }]);
    expect(await json('status')).toMatchObject({ network, name: 'Mill', events: 5, sealed: null });
    // It connects to nobody, and so knows of nothing that would be in the way.
    expect(await json('status')).toMatchObject({ online: false, connections: [], obstacles: [] });
    expect((await peerhold('status')).out).toContain('Not connected: `peerhold sync` meets the others.');
    expect(await json('events', '--limit', '2')).toMatchObject({ total: 5, events: [{ type: 'entry.post' }, {}] });
    expect(await json('verify')).toMatchObject({ events: 5, wrongs: 0, exit: EXIT.done });
  });

  it('is searched, once all of it is read', async () => {
    const found = await json('search', 'GRIND');
    expect(found).toMatchObject({ exit: EXIT.done, match: 'all', counts: { proposal: 1 }, cut: 0 });
    expect(found['hits']).toMatchObject([{ kind: 'proposal', title: { text: 'Grind', marks: [[0, 5]] }, gone: false }]);
    const { out } = await peerhold('search', 'finel');
    expect(out).toEqual([expect.stringMatching(/^proposal {2}[0-9a-f]{8} {2}Grind$/), '    *Finely*.']);
    expect(await json('search', 'first', '--kind', 'page')).toMatchObject({
      hits: [],
      counts: { entry: 1 },
      exit: EXIT.no,
    });
    expect(await peerhold('search', 'zzz')).toMatchObject({ code: EXIT.no, out: ['Nothing found.'] });
    expect(await json('search', 'first', '--kind', 'poem')).toMatchObject({ code: 'cli-unknown' });
    expect(await json('search')).toMatchObject({ code: 'cli-missing', exit: EXIT.usage });
  });

  it('refuses as the app does, and signs nothing then', async () => {
    const events = (await json('status'))['events'];
    const unknown = JSON.stringify({ invite: '0'.repeat(64) });
    expect(await json('act', 'invite.revoke', unknown)).toMatchObject({
      code: 'refused-invite-unknown',
      exit: EXIT.refused,
    });
    expect(await json('post', 'money', '1,5')).toMatchObject({ code: 'cli-number', exit: EXIT.usage });
    expect(await json('propose', '--title', 'X', '--effect', '{')).toMatchObject({ code: 'cli-json' });
    expect(await json('vote', 'Mow', 'agree')).toMatchObject({ code: 'cli-unknown' });
    expect((await json('status'))['events']).toBe(events);
  });

  it('is named where there are several', async () => {
    await json('found', '--name', 'Barn', '--purpose', 'To store.', '--you', 'Ann', '--preset', 'circle');
    expect(await json('status')).toMatchObject({ code: 'cli-which-network' });
    expect(await json('status', '--network', 'barn')).toMatchObject({ name: 'Barn', events: 1 });
    const { network } = await json('status', '--network', 'Mill');
    expect(await json('status', '--network', String(network).slice(0, 10))).toMatchObject({ name: 'Mill' });
    expect(await json('status', '--network', 'Pond')).toMatchObject({ code: 'network-unknown', exit: EXIT.refused });
  });

  it('is left alone while something else has the profile open, and is for its user alone to read', async () => {
    const engine = await NodeEngine.open(findProfile('default'), { meets: false });
    expect(await json('networks')).toMatchObject({ code: 'profile-in-use', exit: EXIT.storage });
    await engine.close();
    expect(await json('networks')).toMatchObject({ ok: true });
    expect((await stat(join(home, 'default', 'peer'))).mode & 0o077).toBe(0);
  });
});

describe('a network by rules that this version does not know', () => {
  it('is said to be so, and nothing is signed in it', async () => {
    const on = ['--network', 'Kiln'];
    const founded = ['--name', 'Kiln', '--purpose', 'To burn.', '--you', 'Ann', '--preset', 'circle'];
    expect(await json('found', ...founded)).toMatchObject({ ok: true });
    const effect = JSON.stringify({ kind: 'rules', version: 2 });
    expect(await json('propose', '--title', 'Newer', '--effect', effect, ...on)).toMatchObject({ ok: true });
    expect(await json('vote', 'Newer', 'agree', ...on)).toMatchObject({ ok: true });
    // Decided, and in force only once it is sealed.
    expect(await json('status', ...on)).toMatchObject({ problem: null, rules: { inForce: 1, known: 1 } });
    expect(await json('seal', ...on)).toMatchObject({ code: 'app-too-old', exit: EXIT.outdated });
    const rules = { inForce: 2, known: 1 };
    expect(await json('status', ...on)).toMatchObject({ problem: 'app-too-old', rules, next: null, exit: EXIT.done });
    const { out } = await peerhold('status', ...on);
    expect(out.join('\n')).toContain('Update the app');
    expect(out).not.toContain('Everything is sealed.');
    const { events } = await json('status', ...on);
    expect(await json('post', 'money', '5', ...on)).toMatchObject({ code: 'app-too-old', exit: EXIT.outdated });
    expect((await json('status', ...on))['events']).toBe(events);
    expect(await json('verify', ...on)).toMatchObject({ wrongs: 0, exit: EXIT.done });
  });
});

describe('an exit code', () => {
  it.each([
    ['refused-not-in-electorate', EXIT.refused],
    ['invite-expired', EXIT.refused],
    ['nobody-reachable', EXIT.unreached],
    ['storage-full', EXIT.storage],
    ['node.listen-failed', EXIT.storage],
    ['app-too-old', EXIT.outdated],
    ['internal', EXIT.internal],
  ])('of %s is %d', (code, exit) => expect(exitOf(code)).toBe(exit));
});

/** The words of an example, as a shell takes them apart. */
function wordsOf(line: string): string[] {
  return [...line.replace(/ (#|&&).*/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}
