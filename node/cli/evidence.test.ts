import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProfile } from '../profile/profile';
import { EXIT } from './exit';
import { run } from './run';

let home = '';
const before = process.env.PEERHOLD_HOME;
const at = (name: string): string => join(home, name);

async function peerhold(...argv: string[]) {
  const out: string[] = [];
  const code = await run(argv, { out: (line) => void out.push(line), err: () => undefined });
  return { code, out };
}
async function json(...argv: string[]): Promise<Record<string, unknown> & { exit: number }> {
  const { code, out } = await peerhold(...argv, '--json');
  return { ...(JSON.parse(out[0]!) as Record<string, unknown>), exit: code };
}
const describeAs = (profile: string, name: string) =>
  json('act', 'member.describe', JSON.stringify({ name: { text: name } }), '--profile', profile);

/** What was told before. */
let none: { readonly code: number; readonly out: readonly string[] };

/** Ann's device, and a copy of its disk, have each signed something; each copy then heard of the other by file. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-evidence-'));
  process.env.PEERHOLD_HOME = home;
  await writeFile(at('secret.txt'), 'a passphrase to carry');
  const words = ['--name', 'Mill', '--purpose', 'To mill.', '--you', 'Ann', '--device', 'Laptop'];
  await json('found', ...words, '--profile', 'ann');
  await cp(findProfile('ann').directory, findProfile('copy').directory, { recursive: true });
  none = await peerhold('evidence', '--profile', 'ann');
  await describeAs('ann', 'Ann the first');
  await describeAs('copy', 'Ann the second');
  const by = ['--passphrase-file', at('secret.txt')];
  await json('export', at('copy.peerhold'), ...by, '--profile', 'copy');
  await json('import', at('copy.peerhold'), ...by, '--profile', 'ann');
}, 120_000);
afterAll(async () => {
  if (before === undefined) delete process.env.PEERHOLD_HOME;
  else process.env.PEERHOLD_HOME = before;
  await rm(home, { recursive: true });
});

describe('evidence of two histories on the command line', () => {
  let device = '';

  it('lists whose device signed them', async () => {
    expect(none).toEqual({ code: EXIT.done, out: ['No device signed two histories, as far as is known here.'] });
    const { forks } = (await json('evidence', '--profile', 'ann')) as unknown as { forks: { device: string }[] };
    expect(forks).toMatchObject([{ label: 'Laptop', status: 'active' }]);
    device = forks[0]!.device;
    const { out } = await peerhold('evidence', '--profile', 'ann');
    expect(out).toEqual([expect.stringMatching(new RegExp(`^${device.slice(0, 16)}  Ann the .+  Laptop  active$`))]);
  });

  it('writes the proof, which is checked without any network or profile', async () => {
    expect(await json('evidence', 'Laptop', '--out', at('ann.json'), '--profile', 'ann')).toMatchObject({
      device,
      exit: EXIT.done,
    });
    expect(await json('evidence', '--check', at('ann.json'), '--profile', 'nobody')).toMatchObject({
      proves: true,
      device,
      sequence: 1,
      events: [{ type: 'member.describe' }, { type: 'member.describe' }],
      exit: EXIT.done,
    });
    const { out } = await peerhold('evidence', '--check', at('ann.json'), '--profile', 'nobody');
    expect(out[0]).toMatch(/^It proves that one device signed two histories/);
    expect(out).toContain(`Device  ${device}`);
    // Nothing was made for the profile that was named.
    await expect(readFile(findProfile('nobody').directory)).rejects.toMatchObject({ code: 'ENOENT' });
    const again = await json('evidence', 'Laptop', '--out', at('ann.json'), '--profile', 'ann');
    expect(again).toMatchObject({ code: 'cli-file-exists' });
  });

  it('says plainly that a forged file proves nothing, and why', async () => {
    const proof = JSON.parse(await readFile(at('ann.json'), 'utf8')) as { events: [string, string] };
    const [one, other] = proof.events;
    const forge = async (events: readonly string[]): Promise<string> => {
      await writeFile(at('forged.json'), JSON.stringify({ ...proof, events }));
      return at('forged.json');
    };
    const twice = await forge([one, one]);
    expect(await json('evidence', '--check', twice)).toMatchObject({ proves: false, why: 'one-event', exit: EXIT.no });
    expect(await peerhold('evidence', '--check', twice)).toEqual({
      code: EXIT.no,
      out: ['It proves nothing: the two are one and the same event.'],
    });
    const borrowed = await forge([one, `${one.slice(0, 128)}${other.slice(128)}`]);
    expect(await json('evidence', '--check', borrowed)).toMatchObject({ proves: false, why: 'signature' });
    const cut = await forge([one, other.slice(0, -2)]);
    expect(await json('evidence', '--check', cut)).toMatchObject({ proves: false, why: 'no-event' });
  });

  it('refuses what is no such file, who is not accused, and a line that says two things', async () => {
    const refused = { code: 'fork-file-malformed', exit: EXIT.refused };
    expect(await json('evidence', '--check', at('secret.txt'))).toMatchObject(refused);
    await writeFile(at('long.json'), ' '.repeat(400_000));
    expect(await json('evidence', '--check', at('long.json'))).toMatchObject(refused);
    expect(await json('evidence', '--check', at('none.json'))).toMatchObject({ code: 'cli-file' });
    const wrong = (...argv: string[]) => json('evidence', ...argv, '--profile', 'ann');
    expect(await wrong('Phone', '--out', at('phone.json'))).toMatchObject({ code: 'cli-unknown' });
    expect(await wrong('Laptop')).toMatchObject({ code: 'cli-missing' });
    expect(await wrong('--out', at('x.json'))).toMatchObject({ code: 'cli-missing' });
    expect(await wrong('Laptop', '--check', at('ann.json'))).toMatchObject({ code: 'cli-option' });
  });
});
