import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_COMMENT, addComment, comments, deleteComment } from '../../shared/commons/comments';
import { useDoc, useDocValue } from '../app/docs';
import { useMe } from '../app/network';
import { ConfirmButton } from '../ui/confirm-button';
import { ErrorState } from '../ui/errors';
import { Loading } from '../ui/loading';
import { MemberName } from '../ui/member-name';
import { Moment } from '../ui/moment';
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

/** A plain thread of comments that works offline and merges. */
export function Thread({ doc, label }: Props) {
  const { t } = useTranslation('editor');
  const me = useMe();
  const open = useDoc(doc);
  const all = useDocValue(open, comments);
  const [shown, setShown] = useState(PAGE);
  if (open?.problem !== undefined) return <ErrorState error={open.problem} />;
  if (open === null || all === undefined) return <Loading />;
  return (
    <Stack gap="md">
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
          <li key={comment.id} className={classes['comment']}>
            <Group gap="xs" justify="space-between" wrap="nowrap" align="baseline">
              <Text size="sm" fw={600}>
                {comment.member === null ? t('history.unknownAuthor') : <MemberName id={comment.member} />}{' '}
                <Text span size="sm" c="dimmed" fw="normal">
                  · <Moment time={comment.time} />
                </Text>
              </Text>
              {comment.member !== null && comment.member === me?.member && (
                <ConfirmButton
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  title={t('thread.deleteTitle')}
                  text={t('thread.deleteText')}
                  confirm={t('thread.delete')}
                  onConfirm={() => deleteComment(open.doc, comment.id)}
                >
                  {t('thread.delete')}
                </ConfirmButton>
              )}
            </Group>
            <p className={classes['text']} dir="auto">
              {comment.text}
            </p>
          </li>
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

function CommentForm({ onSend }: { readonly onSend: (text: string) => void }) {
  const { t } = useTranslation('editor');
  const [text, setText] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onSend(text.trim());
    setText('');
  };
  return (
    <form onSubmit={send} className={classes['form']}>
      <Textarea
        label={t('thread.write')}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={MAX_COMMENT}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
        }}
      />
      <Group justify="flex-end" mt="xs">
        <Button type="submit" variant="light" disabled={text.trim() === ''}>
          {t('thread.send')}
        </Button>
      </Group>
    </form>
  );
}
