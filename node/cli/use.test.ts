import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from './exit';
import { run } from './run';

let home = '';
const before = process.env['PEERHOLD_HOME'];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-use-'));
  process.env['PEERHOLD_HOME'] = home;
});
afterAll(async () => {
  if (before === undefined) delete process.env['PEERHOLD_HOME'];
  else process.env['PEERHOLD_HOME'] = before;
  await rm(home, { recursive: true });
});

async function peerhold(...argv: string[]) {
  const out: string[] = [];
  const exit = await run(argv, { out: (line) => void out.push(line), err: () => undefined });
  return { exit, out };
}
async function json(...argv: string[]): Promise<Record<string, unknown>> {
  const { exit, out } = await peerhold(...argv, '--json');
  return { ...(JSON.parse(out.at(-1)!) as Record<string, unknown>), exit };
}
const sign = async (type: string, payload: object): Promise<string> =>
  String((await json('act', type, JSON.stringify(payload)))['event']);

/** One who founds alone, decides alone, and holds a boat. */
async function holdBoat(): Promise<void> {
  await json('found', '--name', 'Crew', '--purpose', 'P', '--you', 'Ann', '--preset', 'boat');
  const of = { amount: 1, unit: 'EUR' };
  const words = { name: { text: 'Gull' }, about: { text: '' } };
  const resource = await sign('resource.seek', { ...words, kind: 'boat', ...of });
  const effect = JSON.stringify({ kind: 'buy', resource, ...of });
  const allowance = String((await json('propose', '--title', 'Buy it', '--effect', effect))['event']);
  await json('vote', 'Buy it', 'agree');
  const postings = [
    { account: `resource:${resource}`, unit: 'EUR', amount: 1 },
    { account: 'bank', unit: 'EUR', amount: -1 },
  ];
  await sign('entry.post', {
    kind: 'purchase',
    date: '2026-01-02',
    memo: { text: 'Paid' },
    postings,
    allowance,
    resource,
  });
}

describe('bookings on the command line', () => {
  it('are made, listed, refused and taken back, by names and dates', async () => {
    await holdBoat();
    const booked = await json('book', 'gull', '2090-08-01', '2090-08-11');
    expect(booked).toMatchObject({ ok: true, quotas: [{ year: '2090', left: 50, of: 60 }] });
    const { bookings } = await json('bookings', 'Gull');
    expect(bookings).toMatchObject([
      {
        id: booked['event'],
        name: 'Gull',
        memberName: 'Ann',
        from: '2090-08-01',
        until: '2090-08-11',
        status: 'stands',
      },
    ]);
    expect((await peerhold('bookings')).out).toEqual([
      `${String(booked['event']).slice(0, 8)}  Gull  2090-08-01 to 2090-08-11  Ann  10 nights (provisional)`,
    ]);
    expect(await json('book', 'Gull', '2090-08-10', '2090-08-12')).toMatchObject({
      exit: EXIT.refused,
      code: 'refused-already-booked',
    });
    expect(await json('book', 'Gull', '2090-02-30', '2090-03-02')).toMatchObject({
      exit: EXIT.usage,
      code: 'cli-date',
      params: { what: '2090-02-30' },
    });
    expect(await json('book', 'Whale', '2090-02-20', '2090-03-02')).toMatchObject({ code: 'cli-unknown' });
    const beginning = String(booked['event']).slice(0, 8);
    expect(await json('cancel-booking', beginning)).toMatchObject({ ok: true, booking: booked['event'] });
    expect(await json('cancel-booking', beginning)).toMatchObject({ code: 'refused-booking-taken-back' });
    expect(await json('bookings')).toMatchObject({ bookings: [] });
  });
});
