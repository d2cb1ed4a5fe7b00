import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests of shared/ need. */
const COPIED = ['shared', 'test/kit', 'test/channel', 'package.json', 'tsconfig.base.json'];
export const SETUP = 'seed.ts';

/** A private copy of the tree in which files may be changed; `remove` clears it away. */
export function openWorkshop(root: string, seed: number): { readonly root: string; remove(): void } {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'peerhold-mutate-')));
  for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  // Properties draw the same cases for every mutant, so that a score can be had again; and no time goes into small counterexamples.
  const setup = `import fc from 'fast-check';\nfc.configureGlobal({ seed: ${seed}, endOnFailure: true });\n`;
  writeFileSync(join(copy, SETUP), setup);
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
