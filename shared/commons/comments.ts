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
  /** Of which passage of the text it is; left out where it is of the whole. */
  readonly passage?: string;
}

/** Milliseconds since 1970 that a date can have: screens write it out. */
export const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= 8.64e15;

const list = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('comments');

/** All comments, those on passages too, oldest first by place in the document; entries that are not comments are left out. */
export const comments = (doc: Y.Doc): readonly Comment[] => bounded(entries(doc));

/** The comments on the whole. */
export const wholeComments = (doc: Y.Doc): readonly Comment[] =>
  bounded(entries(doc).filter(({ passage }) => passage === undefined));

/** The comments on each passage that has one. */
export function passageComments(doc: Y.Doc): ReadonlyMap<string, readonly Comment[]> {
  const on = new Map<string, Comment[]>();
  for (const comment of entries(doc)) {
    if (comment.passage === undefined) continue;
    const others = on.get(comment.passage);
    if (others === undefined) on.set(comment.passage, [comment]);
    else others.push(comment);
  }
  return new Map([...on].map(([passage, all]) => [passage, bounded(all)]));
}

function entries(doc: Y.Doc): readonly Comment[] {
  return list(doc)
    .toArray()
    .filter((value): value is Y.Map<unknown> => value instanceof Y.Map)
    .map((value) => {
      const passage = value.get('passage');
      return {
        id: value.get('id'),
        member: value.get('member'),
        time: value.get('time'),
        text: value.get('text'),
        ...(passage === undefined ? {} : { passage }),
      };
    })
    .filter(
      (value): value is Comment =>
        typeof value.id === 'string' &&
        typeof value.text === 'string' &&
        isTime(value.time) &&
        (value.member === null || typeof value.member === 'string') &&
        (value.passage === undefined || typeof value.passage === 'string'),
    );
}

const bounded = (all: readonly Comment[]): readonly Comment[] =>
  all.slice(-MAX_COMMENTS).map((comment) => ({ ...comment, text: comment.text.slice(0, MAX_COMMENT) }));

export function addComment(doc: Y.Doc, comment: Comment): void {
  list(doc).push([new Y.Map(Object.entries({ ...comment, text: comment.text.slice(0, MAX_COMMENT) }))]);
}

export function deleteComment(doc: Y.Doc, id: string): void {
  const at = list(doc)
    .toArray()
    .findIndex((value) => value instanceof Y.Map && value.get('id') === id);
  if (at !== -1) list(doc).delete(at, 1);
}
