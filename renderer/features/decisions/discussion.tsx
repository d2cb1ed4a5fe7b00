import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Comment, MAX_COMMENT, addComment, comments } from '../../../shared/commons/comments';
import { discussionDoc } from '../../../shared/commons/pages';
import { type OpenDoc, useDoc, useDocValue } from '../../app/docs';
import { useMe } from '../../app/network';
import { ErrorState, Loading, MemberName, Moment } from '../../ui';
import classes from './decisions.module.css';

/** Comments drawn at first: the newest ones. */
const FIRST = 50;
const NONE: readonly Comment[] = [];

/** What members say about a proposal. It is part of the commons, not of the record: nothing counts by it. */
export function Discussion({ proposal }: { readonly proposal: string }) {
  const { t } = useTranslation('decisions');
  const open = useDoc(discussionDoc(proposal));
  if (open !== null && open.problem !== undefined) return <ErrorState error={open.problem} />;
  if (open === null || !open.synced) return <Loading label={t('discussion.loading')} />;
  return <Thread open={open} />;
}

function Thread({ open }: { readonly open: OpenDoc }) {
  const { t } = useTranslation('decisions');
  const me = useMe()?.member;
  const all = useDocValue(open, comments) ?? NONE;
  const [shown, setShown] = useState(FIRST);
  const [text, setText] = useState('');
  const earlier = Math.max(0, all.length - shown);
  const send = () => {
    if (text.trim() === '' || me === undefined) return;
    addComment(open.doc, { id: crypto.randomUUID(), member: me, time: Date.now(), text: text.trim() });
    setText('');
  };
  return (
    <Stack gap="md">
      {all.length === 0 && <Text c="dimmed">{t('discussion.none')}</Text>}
      {earlier > 0 && (
        <div>
          <Button variant="default" size="xs" onClick={() => setShown(shown + FIRST)}>
            {t('discussion.more', { count: earlier })}
          </Button>
        </div>
      )}
      <ul className={classes['rows']}>
        {all.slice(earlier).map((comment) => (
          <li key={comment.id} className={classes['comment']}>
            <Text size="sm" component="div">
              <b>{comment.member === null ? '?' : <MemberName id={comment.member} />}</b>{' '}
              <Text span inherit c="dimmed">
                <Moment time={comment.time} />
              </Text>
            </Text>
            <Text className={classes['said'] ?? ''} dir="auto">
              {comment.text}
            </Text>
          </li>
        ))}
      </ul>
      {me !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <Stack gap="xs" maw="var(--peerhold-measure)">
            <Textarea
              label={t('discussion.label')}
              value={text}
              maxLength={MAX_COMMENT}
              autosize
              minRows={2}
              maxRows={12}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button type="submit" variant="default" disabled={text.trim() === ''}>
                {t('discussion.send')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
