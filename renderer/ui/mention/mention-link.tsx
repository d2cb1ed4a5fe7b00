import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Mention } from '../../../shared/commons/text/schema';
import { useInNetwork } from '../../app/network';
import classes from './mention.module.css';
import { MENTION_ICONS } from './mention-icon';
import { useMentionedPage, useMentionedRow } from './mentioned';

interface Props {
  readonly mention: Mention;
  /** What the text calls it: shown where it is not known. */
  readonly label: string;
}

/** What a text mentions, by the name that it has now, as a link to its screen. */
export function MentionLink(props: Props) {
  const inNetwork = useInNetwork();
  if (!inNetwork) return <Chip {...props} name={props.label} />;
  return props.mention.kind === 'page' ? <PageLink {...props} /> : <RowLink {...props} />;
}

function PageLink(props: Props) {
  const { t } = useTranslation('ui');
  const page = useMentionedPage(props.mention.id);
  if (page === null) return <Chip {...props} name={props.label} hint={t('mention.unknown')} />;
  return (
    <Chip
      {...props}
      name={page.name ?? props.label}
      href={page.href}
      {...(page.deleted ? { hint: t('mention.deleted') } : {})}
    />
  );
}

function RowLink(props: Props) {
  const { t } = useTranslation('ui');
  const row = useMentionedRow(props.mention);
  if (row === null) return <Chip {...props} name={props.label} hint={t('mention.unknown')} />;
  return <Chip {...props} name={row.name ?? props.label} href={row.href} />;
}

function Chip({
  mention: { kind },
  name,
  href,
  hint,
}: Props & { readonly name: string; readonly href?: string; readonly hint?: string }) {
  const { t } = useTranslation('ui');
  const Icon = MENTION_ICONS[kind];
  const kindName = t(`mention.kind.${kind}`);
  const content: ReactNode = (
    <>
      <Icon size="0.9em" role="img" aria-label={kindName} className={classes['icon']} />
      <bdi>{name === '' ? kindName : name}</bdi>
    </>
  );
  if (href === undefined)
    return (
      <span className={classes['mention']} data-unknown title={hint}>
        {content}
      </span>
    );
  return (
    <Anchor component={Link} href={href} inherit underline="always" className={classes['mention'] ?? ''} title={hint}>
      {content}
    </Anchor>
  );
}
