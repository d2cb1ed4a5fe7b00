import { Button, Group, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Comment, MAX_COMMENT } from '../../shared/commons/comments';
import { useMe } from '../app/network';
import { ConfirmButton } from '../ui/confirm-button';
import { MemberName } from '../ui/member-name';
import { Moment } from '../ui/moment';
import { focused } from '../ui/focused';
import classes from './thread.module.css';

interface EntryProps {
  readonly comment: Comment;
  /** Left out where nothing can be taken away; it is offered to who wrote it. */
  readonly onDelete?: () => void;
}

/** One comment of a thread, as an item of its list. */
export function CommentEntry({ comment, onDelete }: EntryProps) {
  const { t } = useTranslation('editor');
  const me = useMe();
  return (
    <li className={classes['comment']}>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="baseline">
        <Text size="sm" fw={600}>
          {comment.member === null ? t('history.unknownAuthor') : <MemberName id={comment.member} />}{' '}
          <Text span size="sm" c="dimmed" fw="normal">
            · <Moment time={comment.time} />
          </Text>
        </Text>
        {onDelete !== undefined && comment.member !== null && comment.member === me?.member && (
          <ConfirmButton
            variant="subtle"
            color="gray"
            size="compact-xs"
            title={t('thread.deleteTitle')}
            text={t('thread.deleteText')}
            confirm={t('thread.delete')}
            onConfirm={onDelete}
          >
            {t('thread.delete')}
          </ConfirmButton>
        )}
      </Group>
      <p className={classes['text']} dir="auto">
        {comment.text}
      </p>
    </li>
  );
}

interface FormProps {
  readonly onSend: (text: string) => void;
  /** What is written, as the field's label. */
  readonly label?: string;
  /** Where it can be left: also by Escape. It has the focus from the start then. */
  readonly onCancel?: () => void;
}

/** Writes one comment. */
export function CommentForm({ onSend, label, onCancel }: FormProps) {
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
        label={label ?? t('thread.write')}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={MAX_COMMENT}
        value={text}
        // Whoever asked for it goes on there.
        ref={onCancel === undefined ? null : focused}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
          if (event.key === 'Escape') onCancel?.();
        }}
      />
      <Group justify="flex-end" mt="xs" gap="xs">
        {onCancel !== undefined && (
          <Button variant="subtle" color="gray" onClick={onCancel}>
            {t('thread.cancel')}
          </Button>
        )}
        <Button type="submit" variant="light" disabled={text.trim() === ''}>
          {t('thread.send')}
        </Button>
      </Group>
    </form>
  );
}
