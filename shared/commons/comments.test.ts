import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { addComment, comments, deleteComment } from './comments';

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
  doc.getArray('comments').push(['x', 1, new Y.Map<unknown>([['id', 1]]), new Y.Array()]);
  expect(comments(doc)).toEqual([]);
});
