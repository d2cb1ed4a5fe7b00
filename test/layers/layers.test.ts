import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const CHECK = resolve('build/layers.mjs');

let tree: string;

beforeEach(async () => {
  // Outside the repository, since its own check leaves the fixture out by its path.
  tree = await mkdtemp(join(tmpdir(), 'peerhold-layers-'));
  const electron = join(tree, 'node_modules', 'electron');
  await mkdir(electron, { recursive: true });
  await writeFile(join(electron, 'package.json'), '{"name":"electron","version":"1.0.0","main":"index.js"}');
  await writeFile(join(electron, 'index.js'), '');
  await writeFile(join(tree, 'package.json'), '{"name":"fixture","devDependencies":{"electron":"1.0.0"}}');
});

afterEach(() => rm(tree, { recursive: true }));

function check(): { status: number | null; lines: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHECK, '--root', tree], { encoding: 'utf8' });
  return { status, lines: `${stderr}${stdout}`.trim().split('\n') };
}

test('every broken layer is found, and nothing else', async () => {
  await cp(resolve('test/layers/fixture'), tree, { recursive: true });
  const { status, lines } = check();
  expect(status).toBe(1);
  expect(lines.slice(0, -1).sort()).toEqual([
    'electron-imports-node-and-shared: electron/uses-test.ts -> test/helper.ts',
    'features-meet-through-their-index: renderer/features/b/deep.tsx -> renderer/features/a/view.tsx',
    'no-cycles: shared/cycle-one.ts -> shared/cycle-two.ts',
    'only-electron-imports-electron: node/uses-electron.ts -> node_modules/electron/index.js',
    'production-imports-no-test: electron/uses-test.ts -> test/helper.ts',
    'shared-imports-shared: shared/uses-node.ts -> fs',
    'shared-imports-shared: shared/uses-renderer.ts -> renderer/features/a/view.tsx',
  ]);
  expect(lines.at(-1)).toMatch(/^1\d modules, \d+ imports, 7 violations$/);
});

test('a check that reads nothing fails', async () => {
  await mkdir(join(tree, 'shared'));
  await writeFile(join(tree, 'shared', 'readme.txt'), 'no module');
  const { status, lines } = check();
  expect(status).toBe(1);
  expect(lines).toContain('no module read in shared/');
});
