import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { addComment, comments, deleteComment, passageComments, wholeComments } from './comments';

const ANNA = 'a'.repeat(64);

it('comments are kept in order, and one can be taken away', () => {
  const doc = new Y.Doc();
  for (const id of ['1', '2', '3']) addComment(doc, { id, member: ANNA, time: 5, text: `text ${id}` });
  deleteComment(doc, '2');
  deleteComment(doc, 'unknown');
  expect(comments(doc)).toEqual([
    { id: '1', member: ANNA, time: 5, text: 'text 1' },
    { id: '3', member: ANNA, time: 5, text: 'text 3' },
  ]);
});

it('comments written at the same time are all there', () => {
  const [one, two] = [new Y.Doc(), new Y.Doc()];
  addComment(one, { id: '1', member: null, time: 5, text: 'a' });
  addComment(two, { id: '2', member: null, time: 5, text: 'b' });
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  expect(comments(one)).toEqual(comments(two));
  expect(comments(one)).toHaveLength(2);
});

it('entries that are not comments are left out', () => {
  const doc = new Y.Doc();
  const fields = { id: '1', member: ANNA, time: 5, text: 'a', passage: 7 };
  const entry = new Y.Map<unknown>(Object.entries(fields));
  const late = new Y.Map<unknown>(Object.entries({ id: '2', member: ANNA, time: 8.64e15 + 1, text: 'a' }));
  doc.getArray('comments').push(['x', 1, new Y.Map<unknown>([['id', 1]]), new Y.Array(), entry, late]);
  expect(comments(doc)).toEqual([]);
});

it('comments on a passage do not push out those on the whole', () => {
  const doc = new Y.Doc();
  addComment(doc, { id: 'whole', member: ANNA, time: 5, text: 'a' });
  doc.transact(() => {
    for (let n = 0; n < 2_100; n++) addComment(doc, { id: `${n}`, member: ANNA, time: 5, text: 'b', passage: 'p' });
  });
  expect(wholeComments(doc).map(({ id }) => id)).toEqual(['whole']);
  expect(passageComments(doc).get('p')).toHaveLength(2_000);
});
