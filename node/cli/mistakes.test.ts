import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from './exit';
import { run } from './run';

let home = '';
const before = process.env['PEERHOLD_HOME'];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-mistakes-'));
  process.env['PEERHOLD_HOME'] = home;
  await ok('found', '--name', 'Mill', '--purpose', 'P', '--you', 'Ann', '--preset', 'circle');
});
afterAll(async () => {
  if (before === undefined) delete process.env['PEERHOLD_HOME'];
  else process.env['PEERHOLD_HOME'] = before;
  await rm(home, { recursive: true });
});

async function peerhold(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const exit = await run(argv, { out: (line) => void out.push(line), err: (line) => void err.push(line) });
  return { exit, out, err };
}
async function json(...argv: string[]): Promise<Record<string, unknown>> {
  const { exit, out } = await peerhold(...argv, '--json');
  return { ...(JSON.parse(out.at(-1)!) as Record<string, unknown>), exit };
}
async function ok(...argv: string[]): Promise<Record<string, unknown>> {
  const answer = await json(...argv);
  expect(answer).toMatchObject({ ok: true });
  return answer;
}

const FOUND = ['found', '--name', 'Barn', '--purpose', 'P', '--you', 'Ann'];
const without = (option: string): string[] => {
  const at = FOUND.indexOf(option);
  return FOUND.toSpliced(at, 2);
};

describe('a mistake in the line', () => {
  it.each([
    [['invite', '--at', 'nonsense'], 'cli-address', 'nonsense'],
    [['invite', '--at', 'http://meet.example.org'], 'cli-address', 'ws://'],
    [['invite', '--at', `wss://meet.example.org/${'a'.repeat(200)}`], 'cli-address', 'ws://'],
    [['sync', '--at', 'wss://meet.example.org:99999/'], 'cli-address', '99999'],
    [['seal', '--at', 'wss:meet'], 'cli-address', 'wss:meet'],
    [['fetch', 'plan.pdf', '--at', 'wss://a b/'], 'cli-address', 'wss://a b/'],
    [['add-device', '--at', 'ws://'], 'cli-address', 'ws://'],
    [['invite', '--days', '0'], 'cli-range', '--days'],
    [['invite', '--uses', '0'], 'cli-range', 'from 1 to 150'],
    [['propose', '--title', 'T', '--days=-1'], 'cli-range', '--days'],
    [['sync', '--once', '--seconds', 'soon'], 'cli-range', 'soon'],
    [['keeper', '--port', '99999'], 'cli-range', 'from 1 to 65535'],
    [['sync', '--serve', '--port', '0'], 'cli-range', '--port'],
    [['found', '--name', '', '--purpose', 'P', '--you', 'Ann'], 'cli-blank', '--name'],
    [['found', '--name', 'N', '--purpose', 'P', '--you', '   '], 'cli-blank', '--you'],
    [['propose', '--title', ''], 'cli-blank', '--title'],
    [['join', 'peerhold://join/AbC', '--name', ' '], 'cli-blank', '--name'],
    [without('--you'), 'cli-missing', '--you'],
    [['post', 'money'], 'cli-missing', 'AMOUNT'],
    [['post', 'expense', '5'], 'cli-missing', '--category'],
    [['join', '--name', 'Ben'], 'cli-missing', 'LINK'],
    [['networks', '--network', 'Mill'], 'cli-option', 'networks'],
    [[...FOUND, '--network', 'Mill'], 'cli-option', 'found'],
    [['help', 'nonsense'], 'cli-command', 'nonsense'],
    [['status', '--profile', '../x'], 'node.profile-name', 'small letters'],
  ])('%j is told by what is wrong', async (argv, code, words) => {
    const answer = await json(...argv);
    expect(answer).toMatchObject({ ok: false, code, exit: EXIT.usage });
    expect(answer['message']).toContain(words);
  });

  it('of a payload is told by the part of it', async () => {
    for (const [argv, field] of [
      [['post', 'money', '5', '--date', 'yesterday'], 'date'],
      [['propose', '--title', 'T', '--effect', '{"kind":"spend","amount":5}'], 'effect.unit'],
      [['propose', '--title', 'T', '--effect', '{"kind":"spend","amount":5,"unit":"EURO"}'], 'effect.unit'],
      [['propose', '--title', 'T', '--effect', '{"kind":"sing"}'], 'effect.kind'],
      [['act', 'resource.seek', '{"name":{"text":"N"},"wings":2}'], 'about'],
      [[...FOUND, '--unit', 'EURO'], 'unit'],
    ] as const) {
      const answer = await json(...argv);
      expect(answer).toMatchObject({ code: 'refused-payload-malformed', params: { field }, exit: EXIT.refused });
      expect(answer['message']).toContain(`look at ${field}.`);
    }
  });

  it('of days for an invite is told what the agreement allows', async () => {
    const answer = await json('invite', '--days', '15', '--at', 'wss://meet.example.org/');
    expect(answer).toMatchObject({ code: 'cli-invite-days', exit: EXIT.usage });
    expect(answer['message']).toContain('14 days at most');
  });

  it('of a name is refused by the engine too: nobody could take it back', async () => {
    const payload = { title: { text: ' ' }, text: { text: '' }, effect: { kind: 'none' }, deadline: Date.now() };
    expect(await json('act', 'proposal.open', JSON.stringify(payload))).toMatchObject({
      code: 'name-blank',
      exit: EXIT.refused,
    });
    expect(await json('proposals')).toMatchObject({ proposals: [] });
  });
});

describe('a place on the disk', () => {
  it('that can not be had is told with its path', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const homes = process.platform === 'linux' ? [file, '/proc/nope'] : [file];
    try {
      for (const place of homes) {
        process.env['PEERHOLD_HOME'] = place;
        const answer = await json('networks');
        expect(answer).toMatchObject({ code: 'profile-folder', exit: EXIT.storage });
        expect(answer['message']).toContain(place);
      }
    } finally {
      process.env['PEERHOLD_HOME'] = home;
    }
  });

  it('that is no file to be read or written is told as what it is', async () => {
    const folder = join(home, 'a-folder');
    await mkdir(folder);
    for (const [path, words] of [
      [join(home, 'absent'), 'There is no file'],
      [folder, 'is no file'],
    ] as const) {
      const answer = await json('import', path);
      expect(answer).toMatchObject({ code: 'cli-file', exit: EXIT.usage });
      expect(answer['message']).toContain(words);
    }
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('that may not be read is told as that', async () => {
    const shut = join(home, 'shut');
    await writeFile(shut, '');
    await chmod(shut, 0);
    expect((await json('import', shut))['message']).toContain('no permission');
  });
});

describe('an answer with nothing in it', () => {
  it.each([['proposals'], ['ledger'], ['files']])(
    '%s is told to a person, and is an empty list to a script',
    async (command) => {
      const { out, err, exit } = await peerhold(command);
      expect([exit, out, err]).toEqual([EXIT.done, [], [expect.stringMatching(/^No /)]]);
      const answer = await ok(command);
      expect(answer[command === 'ledger' ? 'balances' : command]).toEqual([]);
    },
  );

  it('is no news of how far a short verification is', async () => {
    expect((await peerhold('verify')).err).toEqual([]);
  });
});

describe('the help', () => {
  it('explains every option, and offers --network only where there is one to choose', async () => {
    const sync = (await peerhold('help', 'sync')).out.join('\n');
    expect(sync).toMatch(/--once +end once/);
    expect(sync).toMatch(/--at ADDRESS +look for/);
    expect(sync).toContain('--network NAME');
    for (const command of ['found', 'join', 'networks', 'keeper'])
      expect((await peerhold('help', command)).out.join()).not.toContain('--network NAME');
  });

  it('says which version this is', async () => {
    expect(await peerhold('--version')).toEqual({
      exit: EXIT.done,
      out: [expect.stringMatching(/^peerhold \d+\.\d+\.\d+$/)],
      err: [],
    });
  });
});
