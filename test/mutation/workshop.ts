import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests of shared/ need; no further tsconfig, whose references lead outside. */
const COPIED = ['shared', 'test/kit', 'test/channel', 'test/signatures', 'package.json', 'tsconfig.base.json'];
export const SETUP = 'seed.ts';

/**
 * Runs before each test file. Properties draw the same cases for every mutant, and each test the same keys and salts whatever ran
 * before it, so that a mutant has one fate; and no time goes into small counterexamples.
 */
const setup = (seed: number): string => `
import fc from 'fast-check';
import { beforeEach } from 'vitest';

fc.configureGlobal({ seed: ${seed}, endOnFailure: true });

let state = 0;
function restart(name: string): void {
  state = ${seed};
  for (const letter of name) state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193);
}
/** Mulberry32: no secret is made here. */
function next(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) & 255;
}
Object.defineProperty(globalThis.crypto, 'getRandomValues', {
  configurable: true,
  value(array: Uint8Array): Uint8Array {
    for (let at = 0; at < array.length; at++) array[at] = next();
    return array;
  },
});
restart('');
beforeEach(({ task }) => restart(task.name));
`;

/** A private copy of the tree in which files may be changed; `remove` clears it away. */
export function openWorkshop(root: string, seed: number): { readonly root: string; remove(): void } {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'peerhold-mutate-')));
  for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  writeFileSync(join(copy, SETUP), setup(seed));
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
