import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { counted } from './numbers';
import { run } from './run';

let home = '';
const before = process.env.PEERHOLD_HOME;
const told: string[] = [];

async function peerhold(...argv: string[]): Promise<readonly string[]> {
  const out: string[] = [];
  await run(argv, { out: (line) => void out.push(line), err: () => undefined });
  return out;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-lines-'));
  process.env.PEERHOLD_HOME = home;
  told.push(...(await peerhold('found', '--name', 'Mill', '--purpose', 'To mill.', '--you', 'Ann')));
});
afterAll(async () => {
  if (before === undefined) delete process.env.PEERHOLD_HOME;
  else process.env.PEERHOLD_HOME = before;
  await rm(home, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('what commands tell a person', () => {
  it('is one thing, or several', async () => {
    expect([0, 1, 2].map((count) => counted(count, 'seal'))).toEqual(['0 seals', '1 seal', '2 seals']);
    expect(counted(1, 'thing is wrong.', 'things are wrong.')).toBe('1 thing is wrong.');
    expect((await peerhold('networks'))[0]).toMatch(/ {2}Mill \(1 member\)$/);
    expect(await peerhold('status')).toContain('1 event, no seal yet');
    expect((await peerhold('verify'))[0]).toMatch(/^1 event, 1 signature, 0 seals with 0 signatures, \d+ texts$/);
  });

  it('is what the agreement says, and what of it is suspended, by the names that a proposal takes', async () => {
    const [first = '', ...lines] = await peerhold('agreement');
    expect(first).toMatch(/^Version 1 {2}[0-9a-f]{64}$/);
    expect(lines).toContain('  meetings  When we meet  practice');
    const effect = { kind: 'suspend', base: first.slice(-64), protocol: 'meetings' };
    const [proposed = ''] = await peerhold('propose', '--title', 'No meetings', '--effect', JSON.stringify(effect));
    await peerhold('vote', proposed.slice(-64), 'agree');
    expect(await peerhold('agreement')).toContain('  meetings  When we meet  practice  (suspended)');
  });

  it('is by which clock a network was founded, and that it is far ahead where another clock says so', async () => {
    expect(told).toContainEqual(
      expect.stringMatching(
        /^Its time begins with this machine's clock: \d{4}-\d\d-\d\d \d\d:\d\dZ\. If that is wrong/,
      ),
    );
    const ahead = /^The time of this network is .+, 3653 days ahead of this machine's clock/;
    expect(await peerhold('status')).not.toContainEqual(expect.stringMatching(ahead));
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_653 * 86_400_000 - 60_000);
    const lines = await peerhold('status');
    expect(lines).toContainEqual(expect.stringMatching(ahead));
    expect(lines).toContainEqual(expect.stringMatching(/start again from what is sealed/));
  });
});
