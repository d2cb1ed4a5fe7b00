import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SIGNALLING_PATH } from '../../shared/ipc/channels';
import { SignallingService } from '../signalling/service';
import { run } from './run';

let home = '';
let at = '';
const place = new SignallingService();
const before = process.env['PEERHOLD_HOME'];

/** A command that goes on: what it says as it says it, and what is typed to it. */
class Running {
  readonly said: string[] = [];
  readonly exit: Promise<number>;
  end = (): void => undefined;
  readonly #typed: string[] = [];
  #changed = (): void => undefined;

  constructor(...argv: string[]) {
    const hear = (line: string): void => {
      this.said.push(line);
      this.#changed();
    };
    const interrupted = new Promise<void>((resolve) => (this.end = resolve));
    this.exit = run(argv, { out: hear, err: hear, read: () => this.#line(), interrupted: () => interrupted });
  }

  hear(wanted: RegExp): Promise<string> {
    const look = (): string => {
      const found = this.said.map((line) => wanted.exec(line)?.[1]).find((one) => one !== undefined);
      if (found === undefined) throw new Error(`did not say ${String(wanted)}: ${this.said.join('; ')}`);
      return found;
    };
    return vi.waitFor(look, { timeout: 20_000, interval: 20 });
  }

  type(line: string): void {
    this.#typed.push(line);
    this.#changed();
  }

  async #line(): Promise<string> {
    while (this.#typed.length === 0) await new Promise<void>((resolve) => (this.#changed = resolve));
    return this.#typed.shift()!;
  }
}

async function ok(...argv: string[]): Promise<Record<string, unknown>> {
  const running = new Running(...argv, '--json');
  expect([await running.exit, running.said]).toEqual([0, expect.anything()]);
  return JSON.parse(running.said.at(-1)!) as Record<string, unknown>;
}

/** Two commands that connect by hand; resolves with both once they have ended. */
async function connected(offering: Running, answering: Running): Promise<void> {
  answering.type(await offering.hear(/^(peerhold-offer\S+)/));
  offering.type(await answering.hear(/^(peerhold-answer\S+)/));
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-equality-'));
  process.env['PEERHOLD_HOME'] = home;
  at = `ws://127.0.0.1:${await place.listenLoopback()}${SIGNALLING_PATH}`;
  await ok('found', '--name', 'Mill', '--purpose', 'P', '--you', 'Ann', '--preset', 'circle', '--profile', 'ann');
  const online = new Running('sync', '--at', at, '--profile', 'ann');
  await online.hear(/^(online)/);
  const { link } = await ok('invite', '--at', at, '--profile', 'ann');
  await ok('join', String(link), '--name', 'Ben', '--profile', 'ben');
  online.end();
  await online.exit;
});
afterAll(async () => {
  await place.close();
  if (before === undefined) delete process.env['PEERHOLD_HOME'];
  else process.env['PEERHOLD_HOME'] = before;
  await rm(home, { recursive: true, force: true });
});

const bothSign = (title: string) =>
  Promise.all(['ann', 'ben'].map((who) => ok('propose', '--title', `${title} of ${who}`, '--profile', who)));

describe('two who both leave once they have the same', () => {
  it.each([1, 2, 3, 4, 5])(
    'by a meeting place and by hand: both have it, and both say so (%i)',
    async (round) => {
      await bothSign(`Met ${round}`);
      const met = ['ann', 'ben'].map((who) => new Running('sync', '--once', '--at', at, '--profile', who));
      const expectBoth = async (both: readonly Running[]): Promise<void> => {
        expect(await Promise.all(both.map(({ exit }) => exit))).toEqual([0, 0]);
        expect(both.map(({ said }) => said.at(-1)!.replace(/:.*/, ''))).toEqual(['Same as Ben', 'Same as Ann']);
        const digests = await Promise.all(['ann', 'ben'].map((who) => ok('verify', '--profile', who)));
        expect(digests[0]!['digest']).toBe(digests[1]!['digest']);
      };
      await expectBoth(met);
      await bothSign(`By hand ${round}`);
      const offering = new Running('connect', '--once', '--profile', 'ann');
      const answering = new Running('connect', '--answer', '--once', '--profile', 'ben');
      await connected(offering, answering);
      await expectBoth([offering, answering]);
    },
    60_000,
  );
});

it('who connects by hand beside a sync waits for that device, not only for those who were connected before', async () => {
  const adding = new Running('add-device', '--at', at, '--profile', 'ben');
  const link = await adding.hear(/^(peerhold:\S+)/);
  const keeper = new Running('keeper', link, '--label', 'Cellar', '--profile', 'cellar');
  adding.type((await keeper.hear(/(Number to compare)/)) && 'yes');
  expect(await adding.exit).toBe(0);
  const theirs = await keeper.hear(/^meeting place: (\S+)/);
  const online = new Running('sync', '--at', theirs, '--profile', 'ben');
  await online.hear(/^(connected: Keeper Cellar of Ben)/);

  for (const title of ['One', 'Two', 'Three']) await ok('propose', '--title', title, '--profile', 'ann');
  const offering = new Running('connect', '--once', '--profile', 'ann');
  const answering = new Running('connect', '--answer', '--once', '--profile', 'ben');
  await connected(offering, answering);
  expect([await offering.exit, await answering.exit]).toEqual([0, 0]);
  expect(answering.said.at(-1)).toMatch(/^Same as Ann: /);
  const { proposals } = await ok('proposals', '--profile', 'ben');
  expect((proposals as { title: string }[]).map(({ title }) => title)).toEqual(
    expect.arrayContaining(['One', 'Two', 'Three']),
  );
  for (const running of [online, keeper]) {
    running.end();
    expect(await running.exit).toBe(0);
  }
  expect(keeper.said.at(-1)).toBe('Kept 1 network.');

  // A keeper is told apart from the member whose it is, and lets nobody in.
  const lines = async (...argv: string[]): Promise<string> => {
    const running = new Running(...argv);
    await running.exit;
    return running.said.join('\n');
  };
  expect(await lines('members', '--profile', 'ben')).toMatch(/ {2}keeper Cellar {2}[0-9a-f]{8} {2}active/);
  expect(await lines('status', '--profile', 'cellar')).toMatch(/^This is keeper Cellar of Ben, device [0-9a-f]{8}$/m);
  expect(await lines('add-device', '--profile', 'cellar')).toContain('(keeper-lets-nobody-in)');
});
