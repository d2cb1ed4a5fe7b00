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
  home = await mkdtemp(join(tmpdir(), 'peerhold-cli-public-'));
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
async function json(...argv: string[]) {
  const { exit, out } = await peerhold(...argv, '--json');
  return { exit, answer: JSON.parse(out[0]!) };
}
const site = (): string => join(home, 'site.zip');

describe('publication on the command line', () => {
  it('goes from a page over a decision to a folder for the web, and back', async () => {
    await peerhold('found', '--preset', 'circle', '--name', 'Lime Street', '--you', 'Ann', '--purpose', 'To live.');
    await writeFile(join(home, 'Welcome.md'), 'Come **in**.');
    await peerhold('import-pages', join(home, 'Welcome.md'));

    const preview = await peerhold('publish', 'Welcome', '--preview');
    expect(preview).toEqual({
      exit: EXIT.done,
      out: [
        'Members decide on it (Important matters; 1 member would vote). Public would be:',
        '',
        'Welcome',
        '',
        'Come **in**.',
      ],
    });
    expect((await json('export-public', site())).answer).toMatchObject({ ok: false, code: 'nothing-public' });
    expect((await peerhold('take-back', 'Welcome')).exit).toBe(EXIT.usage);

    const made = await json('publish', 'Welcome', '--text', 'For the open day');
    expect(made.answer).toMatchObject({ ok: true, title: 'Welcome', text: 'Come **in**.', files: [], alone: false });
    await peerhold('vote', made.answer.event, 'agree');
    const waiting = (await json('public')).answer.publications;
    expect(waiting).toMatchObject([{ title: 'Welcome', text: 'Come **in**.', status: 'waiting' }]);
    expect((await peerhold('seal', '--seconds', '60')).exit).toBe(EXIT.done);
    expect((await json('public')).answer.publications).toMatchObject([
      { status: 'public', sealed: expect.any(Number) },
    ]);

    expect((await peerhold('export-public', site())).out[0]).toMatch(/site\.zip: 1 page and 0 files, \d+ bytes$/);
    const unzipped = unzipSync(await readFile(site()));
    expect(Object.keys(unzipped).sort()).toEqual(['Welcome.html', 'index.html']);
    expect(Buffer.from(unzipped['Welcome.html']!).toString()).toContain('Come <strong>in</strong>.');

    expect((await peerhold('take-back', 'Welcome')).exit).toBe(EXIT.done);
    expect((await json('public')).answer.publications).toEqual([]);
    expect((await json('export-public', site())).answer).toMatchObject({ ok: false, code: 'nothing-public' });
  }, 90_000);
});
