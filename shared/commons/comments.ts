import * as Y from 'yjs';

/** Characters of one comment; comments shown of one thread. */
export const MAX_COMMENT = 10_000;
const MAX_COMMENTS = 2_000;

/** A comment in the document `discussion:<subject>`. Who and when are claims of its writer's app; nothing counts by them. */
export interface Comment {
  readonly id: string;
  readonly member: string | null;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
}

const list = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('comments');

/** The thread, oldest first by place in the document; entries that are not comments are left out. */
export function comments(doc: Y.Doc): readonly Comment[] {
  return list(doc)
    .toArray()
    .filter((value): value is Y.Map<unknown> => value instanceof Y.Map)
    .map((value) => ({
      id: value.get('id'),
      member: value.get('member'),
      time: value.get('time'),
      text: value.get('text'),
    }))
    .filter(
      (value): value is Comment =>
        typeof value.id === 'string' &&
        typeof value.text === 'string' &&
        Number.isSafeInteger(value.time) &&
        (value.member === null || typeof value.member === 'string'),
    )
    .slice(-MAX_COMMENTS)
    .map((comment) => ({ ...comment, text: comment.text.slice(0, MAX_COMMENT) }));
}

export function addComment(doc: Y.Doc, comment: Comment): void {
  list(doc).push([new Y.Map(Object.entries({ ...comment, text: comment.text.slice(0, MAX_COMMENT) }))]);
}

export function deleteComment(doc: Y.Doc, id: string): void {
  const at = list(doc)
    .toArray()
    .findIndex((value) => value instanceof Y.Map && value.get('id') === id);
  if (at !== -1) list(doc).delete(at, 1);
}
