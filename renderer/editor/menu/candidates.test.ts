import { expect, it } from 'vitest';
import { type Candidate, grouped } from './candidates';

const named = (kind: Candidate['kind'], ...names: readonly string[]): readonly Candidate[] =>
  names.map((name, id) => ({ kind, id: String(id), name }));
const all = [
  ...named('entry', 'Roof tiles'),
  ...named('page', 'Roof', 'Rules', 'A', 'B', 'C'),
  ...named('member', 'Robin', 'Anna'),
];
const names = (query: string) => grouped(all, query).map(({ kind, found }) => [kind, found.map(({ name }) => name)]);

it('what can be mentioned stands in groups by kind, of each kind a few until it is narrowed down', () => {
  expect(names('')).toEqual([
    ['member', ['Robin', 'Anna']],
    ['page', ['Roof', 'Rules', 'A', 'B']],
    ['entry', ['Roof tiles']],
  ]);
  expect(names('ro')).toEqual([
    ['member', ['Robin']],
    ['page', ['Roof']],
    ['entry', ['Roof tiles']],
  ]);
  expect(names('nothing')).toEqual([]);
});
