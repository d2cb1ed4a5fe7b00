import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addComment, deleteComment, wholeComments } from '../../shared/commons/comments';
import { useDoc, useDocValue } from '../app/docs';
import { useMe } from '../app/network';
import { ErrorState } from '../ui/errors';
import { Loading } from '../ui/loading';
import { CommentEntry, CommentForm } from './comment';
import { Diverged } from './diverged/diverged';
import { randomId } from './random-id';
import classes from './thread.module.css';

/** Comments shown at first: the newest; older ones on demand. */
const PAGE = 50;

interface Props {
  /** Document id: `discussion:` and the subject's id. */
  readonly doc: string;
  /** What is discussed, for a screen reader; the heading above the thread is the caller's. */
  readonly label?: string;
}

/** A plain thread of comments on the whole that works offline and merges. */
export function Thread({ doc, label }: Props) {
  const { t } = useTranslation('editor');
  const me = useMe();
  const open = useDoc(doc);
  const all = useDocValue(open, wholeComments);
  const [shown, setShown] = useState(PAGE);
  if (open?.problem !== undefined) return <ErrorState error={open.problem} />;
  if (open === null || all === undefined) return <Loading />;
  return (
    <Stack gap="md">
      <Diverged doc={doc} />
      {all.length === 0 && <Text c="dimmed">{t('thread.empty')}</Text>}
      {all.length > shown && (
        <Group>
          <Button variant="default" size="xs" onClick={() => setShown((count) => count + PAGE)}>
            {t('thread.older', { count: all.length - shown })}
          </Button>
        </Group>
      )}
      <ol className={classes['list']} aria-label={label ?? t('thread.title')}>
        {all.slice(-shown).map((comment) => (
          <CommentEntry key={comment.id} comment={comment} onDelete={() => deleteComment(open.doc, comment.id)} />
        ))}
      </ol>
      {me !== null && (
        <CommentForm
          onSend={(text) => addComment(open.doc, { id: randomId(), member: me.member, time: Date.now(), text })}
        />
      )}
    </Stack>
  );
}
