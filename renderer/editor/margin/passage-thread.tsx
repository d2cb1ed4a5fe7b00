import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Range } from '../../../shared/commons/passages/flat-text';
import type { PassageThread } from '../../../shared/commons/passages/threads';
import { MemberName } from '../../ui/member-name';
import { Moment } from '../../ui/moment';
import { CommentEntry, CommentForm } from '../comment';
import { shortQuote } from '../short-quote';
import threadClasses from '../thread.module.css';
import classes from './margin.module.css';
import type { MarginStore } from './margin-store';

interface Props {
  readonly thread: PassageThread;
  /** Where the passage is; null: it was deleted. */
  readonly range: Range | null;
  readonly store: MarginStore;
  readonly readOnly: boolean;
  readonly onReply: (words: string) => void;
  readonly onResolve: (resolved: boolean) => void;
  readonly onDelete: (comment: string) => void;
}

/** The comments on one passage, and what can be done with them. */
export function PassageThreadView({ thread, range, store, readOnly, onReply, onResolve, onDelete }: Props) {
  const { t } = useTranslation('editor');
  const { id, anchor, comments, resolved } = thread;
  const [replying, setReplying] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const active = useStore(store, (state) => state.active === id);
  const wanted = useStore(store, (state) => state.focus === id);
  const canGo = useStore(store, (state) => state.goToText !== null) && range !== null;
  useEffect(() => {
    if (!wanted) return;
    store.setState({ focus: null });
    item.current?.focus();
  }, [wanted, store]);
  const named = (action: string) => t('margin.of', { action, quote: shortQuote(anchor.quote) });
  const show = () => {
    store.setState({ active: id });
    store.getState().goToText?.(range);
  };
  const back = () => {
    setReplying(false);
    item.current?.focus();
  };
  return (
    <li
      ref={item}
      tabIndex={-1}
      className={classes['thread']}
      data-active={active || undefined}
      aria-label={t('margin.on', { quote: shortQuote(anchor.quote) })}
    >
      <p className={classes['quote']} dir="auto">
        {anchor.quote}
      </p>
      {range === null && (
        <Text size="sm" c="dimmed">
          {t('margin.gone')}
        </Text>
      )}
      {resolved !== null && (
        <Text size="sm" c="dimmed">
          {t('margin.resolved')}{' '}
          {resolved.member === null ? t('history.unknownAuthor') : <MemberName id={resolved.member} />} ·{' '}
          <Moment time={resolved.time} />
        </Text>
      )}
      <ol className={threadClasses['list']}>
        {comments.map((comment) => (
          <CommentEntry
            key={comment.id}
            comment={comment}
            {...(readOnly ? {} : { onDelete: () => onDelete(comment.id) })}
          />
        ))}
      </ol>
      <Group gap="xs" mt="xs">
        {canGo && (
          <Button variant="subtle" size="compact-xs" aria-label={named(t('margin.show'))} onClick={show}>
            {t('margin.show')}
          </Button>
        )}
        {!readOnly && !replying && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={named(t('margin.reply'))}
            onClick={() => setReplying(true)}
          >
            {t('margin.reply')}
          </Button>
        )}
        {!readOnly && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={named(t(resolved === null ? 'margin.resolve' : 'margin.reopen'))}
            onClick={() => onResolve(resolved === null)}
          >
            {t(resolved === null ? 'margin.resolve' : 'margin.reopen')}
          </Button>
        )}
      </Group>
      {replying && (
        <CommentForm
          label={named(t('margin.reply'))}
          onSend={(words) => {
            onReply(words);
            back();
          }}
          onCancel={back}
        />
      )}
    </li>
  );
}
