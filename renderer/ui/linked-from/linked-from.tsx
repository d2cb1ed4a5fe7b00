import { Anchor, Button, Text, Title } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Backlink, Backlinks } from '../../../shared/commons/links/backlinks';
import type { Mention } from '../../../shared/commons/text/schema';
import { ErrorState } from '../errors';
import { Fold } from '../fold';
import { foundHref } from '../found/href';
import { MarkedText } from '../found/marked-text';
import classes from './linked-from.module.css';
import { useBacklinks } from './use-backlinks';

interface Props {
  readonly of: Mention;
  /** Nothing is shown where nothing links to it. */
  readonly hideEmpty?: boolean;
  /** One of many on its screen, called so: only how many there are, until somebody wants to see them; nothing where there are none. */
  readonly foldedAs?: string;
}

/** The texts that mention something, each with the place where it does. */
export function LinkedFrom(props: Props) {
  // Of another thing nothing of this one is to be shown, not for a moment.
  return <Asked key={`${props.of.kind}/${props.of.id}`} {...props} />;
}

function Asked({ of, hideEmpty = false, foldedAs }: Props) {
  const { t } = useTranslation('links');
  const heading = useId();
  const { answer, error, retry } = useBacklinks(of);
  if (foldedAs !== undefined) return <Folded answer={answer} name={foldedAs} />;
  if (hideEmpty && (answer?.count ?? 0) === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <Title order={2} size="h3" id={heading} mb="xs">
        {t('title')}
      </Title>
      {error !== undefined ? <ErrorState error={error} retry={retry} /> : <Answer answer={answer} />}
    </section>
  );
}

function Folded({ answer, name }: { readonly answer: Backlinks | undefined; readonly name: string }) {
  const { t } = useTranslation('links');
  if (answer === undefined || answer.count === 0) return null;
  const words = t('folded', { count: answer.count });
  return (
    <Fold words={words} name={t('foldedOf', { words, name })}>
      <Answer answer={answer} />
    </Fold>
  );
}

/** Texts named at first, since there is more on a screen; of as many as one more all are. */
const FIRST = 10;

function Answer({ answer }: { readonly answer: Backlinks | undefined }) {
  const { t } = useTranslation('links');
  const [all, setAll] = useState(false);
  if (answer === undefined || (answer.count === 0 && answer.reading !== null))
    return (
      <Text c="dimmed" role="status">
        {t('loading')}
      </Text>
    );
  const { links, count, reading, cut } = answer;
  if (count === 0) return <Text c="dimmed">{t('none')}</Text>;
  const isLong = links.length > FIRST + 1;
  return (
    <>
      <ul className={classes['list']}>
        {(isLong && !all ? links.slice(0, FIRST) : links).map((link) => (
          <li key={`${link.kind} ${link.id}`}>
            <Linking link={link} />
          </li>
        ))}
      </ul>
      {isLong && (
        <Button variant="default" size="xs" mt="sm" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('all', { count })}
        </Button>
      )}
      {count > links.length && (all || !isLong) && (
        <Text size="sm" c="dimmed">
          {t('more', { count: count - links.length })}
        </Text>
      )}
      {reading !== null && (
        <Text size="sm" c="dimmed">
          {t('reading', { done: reading.done, total: reading.total })}
        </Text>
      )}
      {cut > 0 && (
        <Text size="sm" c="dimmed">
          {t('cut', { count: cut })}
        </Text>
      )}
    </>
  );
}

function Linking({ link: { kind, id, title, excerpt, times } }: { readonly link: Backlink }) {
  const { t } = useTranslation('links');
  const notes = [...(kind === 'page' ? [] : [t(`kind.${kind}`)]), ...(times > 1 ? [t('times', { count: times })] : [])];
  return (
    <>
      <Anchor component={Link} href={foundHref({ kind, id, about: null })} fw={600} dir="auto">
        {title === '' ? t('untitled') : title}
      </Anchor>
      {notes.length > 0 && (
        <Text span size="sm" c="dimmed">
          {' '}
          ({notes.join(', ')})
        </Text>
      )}
      <Text size="sm" className={classes['excerpt'] ?? ''}>
        <MarkedText of={excerpt} />
      </Text>
    </>
  );
}
