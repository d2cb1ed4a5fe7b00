import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { useStore } from 'zustand';
import { addComment, deleteComment } from '../../../shared/commons/comments';
import { type Anchor, locate } from '../../../shared/commons/passages/anchor';
import { FlatText, type Range } from '../../../shared/commons/passages/flat-text';
import {
  type PassageThread,
  addPassage,
  passageThreads,
  resolvePassage,
} from '../../../shared/commons/passages/threads';
import { type OpenDoc, useDoc, useDocValue } from '../../app/docs';
import { useMe } from '../../app/network';
import { ErrorState } from '../../ui/errors';
import { CommentForm } from '../comment';
import { randomId } from '../random-id';
import { shortQuote } from '../short-quote';
import classes from './margin.module.css';
import type { MarginStore } from './margin-store';
import { PassageThreadView } from './passage-thread';

/** Milliseconds without a change after which it is looked again where the passages are. */
const QUIET = 200;
const NONE: readonly PassageThread[] = [];

interface Props {
  /** The text that is commented on, and its document. */
  readonly doc: OpenDoc;
  readonly fragment: Y.XmlFragment;
  /** Id of the document that has the comments. */
  readonly discussion: string;
  readonly store: MarginStore;
  readonly readOnly: boolean;
  /** The text itself. */
  readonly children: ReactNode;
}

/** A text with the comments on its passages beside it; below it where there is no room. */
export function WithMargin({ discussion, children, ...rest }: Props) {
  const open = useDoc(discussion);
  const threads = useDocValue(open, passageThreads) ?? NONE;
  const chosen = useStore(rest.store, (state) => state.chosen);
  const some = threads.length > 0 || chosen !== null;
  return (
    <div className={classes['frame']}>
      <div className={classes['columns']} data-comments={some || undefined}>
        <div>{children}</div>
        {open?.problem !== undefined && <ErrorState error={open.problem} />}
        {some && open !== null && <Margin {...rest} open={open} threads={threads} chosen={chosen} />}
      </div>
    </div>
  );
}

type MarginProps = Omit<Props, 'discussion' | 'children'> & {
  readonly open: OpenDoc;
  readonly threads: readonly PassageThread[];
  readonly chosen: Anchor | null;
};

function Margin({ doc, fragment, open, threads, chosen, store, readOnly }: MarginProps) {
  const { t } = useTranslation('editor');
  const me = useMe();
  const [withResolved, setWithResolved] = useState(false);
  const resolved = threads.filter((thread) => thread.resolved !== null);
  const shown = useMemo(
    () => threads.filter((thread) => withResolved || thread.resolved === null),
    [threads, withResolved],
  );
  const text = useFlatText(doc, fragment);
  const placed = useMemo(() => inOrder(doc.doc, text, shown), [doc, text, shown]);
  useEffect(() => {
    store.setState({ marked: new Map(shown.map(({ id, anchor }) => [id, anchor])) });
    return () => store.setState({ marked: new Map() });
  }, [store, shown]);
  const leave = () => {
    store.setState({ chosen: null });
    store.getState().goToText?.(null);
  };
  const begin = (words: string) => {
    if (chosen === null || me === null) return;
    const passage = randomId();
    open.doc.transact(() => {
      addPassage(open.doc, passage, chosen);
      addComment(open.doc, { id: randomId(), member: me.member, time: Date.now(), text: words, passage });
    });
    store.setState({ active: passage });
    leave();
  };
  return (
    <section aria-label={t('margin.title')}>
      <Stack gap="sm">
        <Text fw={600} aria-hidden>
          {t('margin.title')}
        </Text>
        {chosen !== null && me !== null && (
          <div className={classes['thread']} data-active>
            <p className={classes['quote']} dir="auto">
              {chosen.quote}
            </p>
            <CommentForm label={t('margin.new', { quote: shortQuote(chosen.quote) })} onSend={begin} onCancel={leave} />
          </div>
        )}
        <ol className={classes['threads']} aria-label={t('margin.title')}>
          {placed.map(({ thread, range }) => (
            <PassageThreadView
              key={thread.id}
              thread={thread}
              range={range}
              store={store}
              readOnly={readOnly || me === null}
              onReply={(words) =>
                me !== null &&
                addComment(open.doc, {
                  id: randomId(),
                  member: me.member,
                  time: Date.now(),
                  text: words,
                  passage: thread.id,
                })
              }
              onResolve={(done) =>
                me !== null &&
                resolvePassage(open.doc, thread.id, done ? { member: me.member, time: Date.now() } : null)
              }
              onDelete={(id) => deleteComment(open.doc, id)}
            />
          ))}
        </ol>
        {resolved.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={withResolved}
            onClick={() => setWithResolved(!withResolved)}
          >
            {withResolved ? t('margin.hideResolved') : t('margin.showResolved', { count: resolved.length })}
          </Button>
        )}
      </Stack>
    </section>
  );
}

interface Placed {
  readonly thread: PassageThread;
  /** Null: the passage was deleted. */
  readonly range: Range | null;
}

/** As their passages stand in the text; those whose passage is gone come last. */
function inOrder(doc: Y.Doc, text: FlatText, threads: readonly PassageThread[]): readonly Placed[] {
  const place = ({ range }: Placed): number => range?.from ?? Number.MAX_SAFE_INTEGER;
  return threads
    .map((thread) => ({ thread, range: locate(doc, text, thread.anchor) }))
    .sort((a, b) => place(a) - place(b) || (a.thread.id < b.thread.id ? -1 : 1));
}

/** The text once nothing has changed for a moment. */
function useFlatText({ doc }: OpenDoc, fragment: Y.XmlFragment): FlatText {
  const [text, setText] = useState(() => new FlatText(fragment));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => setText(new FlatText(fragment));
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(read, QUIET);
    };
    read();
    doc.on('update', changed);
    return () => {
      clearTimeout(timer);
      doc.off('update', changed);
    };
  }, [doc, fragment]);
  return text;
}
