import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from './exit';
import { run } from './run';

let home = '';
const before = process.env['PEERHOLD_HOME'];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'peerhold-cli-pages-'));
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
const at = (name: string) => join(home, name);

describe('pages on the command line', () => {
  it('come in from files and leave as an archive, which comes in again', async () => {
    await peerhold('found', '--preset', 'circle', '--name', 'Lime Street', '--you', 'Ann', '--purpose', 'To live.');
    await writeFile(at('minutes.md'), '# Minutes\n\nSee [the plan](plan.pdf).\n\n[the plan](plan.pdf)\n');
    await writeFile(at('plan.pdf'), '%PDF-1.7');
    await writeFile(at('other.md'), 'Read [minutes](minutes.md).');
    const files = [at('minutes.md'), at('plan.pdf'), at('other.md')];
    expect(await peerhold('import-pages', ...files, '--preview')).toEqual({
      exit: EXIT.done,
      out: ['Minutes (1 file)', 'other'],
    });
    expect(await peerhold('import-pages', ...files)).toEqual({ exit: EXIT.done, out: ['Made 2 pages with 1 file.'] });
    const made = await peerhold('export-pages', at('all.zip'));
    expect(made.exit).toBe(EXIT.done);
    expect(made.out[0]).toMatch(/all\.zip: 2 pages and 1 file, \d+ bytes$/);
    const unzipped = unzipSync(await readFile(at('all.zip')));
    const copies = 'Agreement, decisions, discussions.record';
    expect(Object.keys(unzipped).sort()).toEqual([
      `${copies}/Agreement, version 1.md`,
      ...['Minutes.files/plan.pdf', 'Minutes.md', 'other.md'],
    ]);
    expect(Buffer.from(unzipped['other.md']!).toString()).toContain('\n\nRead [minutes](Minutes.md).\n');
    expect(await peerhold('import-pages', at('all.zip'), '--under', 'other')).toEqual({
      exit: EXIT.done,
      out: ['Made 2 pages with 1 file.', expect.stringContaining(`Left out: ${copies}: `) as string],
    });
    expect((await peerhold('export-pages', at('one.zip'), '--page', 'Minutes')).exit).not.toBe(EXIT.done);
  });

  it('say what is left out, and what there is none of', async () => {
    await writeFile(at('bad.md'), Buffer.from([0xff, 0x61]));
    const { exit, out } = await peerhold('import-pages', at('bad.md'));
    expect([exit, out[1]]).toEqual([EXIT.no, 'Left out: bad.md: It is not text that can be read: save it as UTF-8.']);
    expect((await peerhold('import-pages', at('none.md'))).exit).toBe(EXIT.usage);
    expect((await peerhold('export-pages', at('x.zip'), '--page', 'Nothing')).exit).toBe(EXIT.usage);
  });
});
