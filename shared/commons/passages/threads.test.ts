import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { addComment, comments, deleteComment, wholeComments } from '../comments';
import type { Anchor } from './anchor';
import { addPassage, passageThreads, resolvePassage } from './threads';

const ANNA = 'a'.repeat(64);
const anchor: Anchor = { start: [1, 2], end: [1, 9], quote: 'keep it quiet', before: 'tenwe', after: '.' };
const comment = (id: string, passage?: string) => ({
  id,
  member: ANNA,
  time: 5,
  text: `text ${id}`,
  ...(passage === undefined ? {} : { passage }),
});

function commented(): Y.Doc {
  const doc = new Y.Doc();
  addPassage(doc, 'p', anchor);
  addComment(doc, comment('1', 'p'));
  return doc;
}

const meet = (one: Y.Doc, two: Y.Doc): void => {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
};

it('a thread has its passage, and its comments in order, apart from those on the whole', () => {
  const doc = commented();
  addComment(doc, comment('2'));
  addComment(doc, comment('3', 'p'));
  expect(passageThreads(doc)).toEqual([
    { id: 'p', anchor, comments: [comment('1', 'p'), comment('3', 'p')], resolved: null },
  ]);
  expect(wholeComments(doc)).toEqual([comment('2')]);
  expect(comments(doc)).toHaveLength(3);
});

it('a thread is resolved and opened again', () => {
  const doc = commented();
  resolvePassage(doc, 'p', { member: ANNA, time: 7 });
  expect(passageThreads(doc)[0]!.resolved).toEqual({ member: ANNA, time: 7 });
  resolvePassage(doc, 'p', null);
  expect(passageThreads(doc)[0]!.resolved).toBeNull();
  resolvePassage(doc, 'unknown', null);
  expect(passageThreads(doc)).toHaveLength(1);
});

it('a thread goes with its last comment, and an answer that was written meanwhile keeps it', () => {
  const one = commented();
  const two = new Y.Doc();
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  deleteComment(one, '1');
  expect(passageThreads(one)).toEqual([]);
  addComment(two, comment('2', 'p'));
  meet(one, two);
  for (const doc of [one, two])
    expect(passageThreads(doc).map((thread) => thread.comments)).toEqual([[comment('2', 'p')]]);
});

it('what two say at the same time of whether it is done ends the same for both', () => {
  const one = commented();
  resolvePassage(one, 'p', { member: ANNA, time: 7 });
  const two = new Y.Doc();
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  resolvePassage(one, 'p', null);
  resolvePassage(two, 'p', { member: null, time: 8 });
  meet(one, two);
  expect(passageThreads(one)).toEqual(passageThreads(two));
});

it('whatever stands in its place, a thread is well formed or left out', () => {
  const doc = commented();
  const passages = doc.getMap('passages');
  const bad = (fields: Readonly<Record<string, unknown>>) =>
    new Y.Map<unknown>(Object.entries({ ...anchor, start: [1, 2], end: [1, 9], ...fields }));
  const wrong = [
    5,
    null,
    new Y.Array(),
    bad({ start: [1] }),
    bad({ start: 'x' }),
    bad({ end: [1, -1] }),
    bad({ end: [1, 0.5] }),
    bad({ quote: 7 }),
  ];
  wrong.forEach((value, index) => {
    passages.set(`w${index}`, value);
    addComment(doc, comment(`c${index}`, `w${index}`));
  });
  expect(passageThreads(doc).map(({ id }) => id)).toEqual(['p']);
  passages.set('long', bad({ quote: 'x'.repeat(9_999), before: 'y'.repeat(999), after: 4, resolved: 'yes' }));
  addComment(doc, comment('long', 'long'));
  const { anchor: long, resolved } = passageThreads(doc).find(({ id }) => id === 'long')!;
  expect([long.quote.length, long.before.length, long.after, resolved]).toEqual([1_000, 32, '', null]);
  (passages.get('p') as Y.Map<unknown>).set('resolved', { member: 4, time: 'x' });
  expect(passageThreads(doc)[0]!.resolved).toEqual({ member: null, time: 0 });
});
