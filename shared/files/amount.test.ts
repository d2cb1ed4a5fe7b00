import { expect, it } from 'vitest';
import { amountOf } from './amount';
import type { FileState } from './sync';

const state = (part: Partial<FileState>): FileState => ({
  ...{ state: 'absent', size: null, here: 0, sources: 0, problem: null },
  ...part,
});

it('adds up what is here, on its way and in the way; sizes are those of manifests where these are here', () => {
  const states = new Map([
    ['whole', state({ state: 'here', size: 100, here: 100 })],
    ['coming', state({ state: 'fetching', size: 50, here: 20, sources: 2 })],
    ['nowhere', state({ state: 'fetching' })],
    ['failed', state({ size: 10, here: 4, problem: 'storage-full' })],
  ]);
  const files = new Map([...states.keys(), 'unknown'].map((file) => [file, { size: 7 }]));
  expect(amountOf(files, (file) => states.get(file))).toEqual({
    ...{ files: 5, whole: 1, bytes: 100 + 50 + 7 + 10 + 7, here: 124 },
    ...{ fetching: 2, unreached: 1, problem: 'storage-full' },
  });
});
