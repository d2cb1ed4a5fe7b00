import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXIT } from './exit';
import { run } from './run';

let home = '';
const before = process.env['PEERHOLD_HOME'];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-dues-'));
  process.env['PEERHOLD_HOME'] = home;
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  if (before === undefined) delete process.env['PEERHOLD_HOME'];
  else process.env['PEERHOLD_HOME'] = before;
  await rm(home, { recursive: true });
});

async function peerhold(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const exit = await run(argv, { out: (line) => void out.push(line), err: (line) => void err.push(line) });
  return { exit, out, err };
}
const json = async (...argv: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await peerhold(...argv, '--json')).out[0]!) as Record<string, unknown>;

/** From now on this machine's clock goes from that day on. */
function goTo(date: string): void {
  vi.restoreAllMocks();
  const ahead = Date.parse(`${date}T12:00Z`) - Date.now();
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
}
const seal = async (): Promise<void> => expect((await peerhold('seal', '--seconds', '60')).exit).toBe(EXIT.done);

describe('dues on the command line', () => {
  it('are counted from one seal to another, and less what was put in', async () => {
    goTo('2026-01-10');
    await peerhold('found', '--preset', 'workshop', '--name', 'Shed', '--you', 'Ann', '--purpose', 'To make.');
    expect(await peerhold('dues')).toEqual({
      exit: EXIT.done,
      out: [],
      err: [expect.stringMatching(/^Nothing is due/)],
    });
    expect(await json('dues')).toMatchObject({ ok: true, dues: [], nothing: 'no-seal' });
    await seal();
    expect(await json('dues', 'Ann')).toMatchObject({ dues: [], nothing: 'not-begun' });

    goTo('2026-03-20');
    expect(await json('dues')).toMatchObject({ dues: [] });
    await peerhold('post', 'money', '40', '--memo', 'Dues');
    await seal();
    expect(await json('dues')).toMatchObject({
      nothing: null,
      dues: [
        {
          ...{ name: 'Ann', unit: 'EUR', due: 6_000, paid: 4_000, open: 2_000, ahead: 0 },
          ...{ since: '2026-02-01', openSince: '2026-03-01' },
          parts: [{ every: 'month', amount: 3_000, periods: 2, from: '2026-02-01', last: '2026-03-01' }],
        },
      ],
    });
    expect((await peerhold('dues', 'ann')).out).toEqual([
      'Ann  since 2026-02-01  €60.00 due  €40.00 paid  €20.00 open from 2026-03-01',
      expect.stringMatching(
        /^ {10}€30.00 a month, 2 months: 2026-02-01 to 2026-03-01 {2}contributions \([0-9a-f]{8}\)$/,
      ),
    ]);
    expect(await json('dues', 'Ben')).toMatchObject({ ok: false, code: 'cli-unknown' });
  }, 180_000);
});
