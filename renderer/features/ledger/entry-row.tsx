import { Badge } from '@mantine/core';
import type { TFunction } from 'i18next';
import { memo } from 'react';
import { turnover } from '../../../shared/network/ledger/accounts';
import type { Entry, Posting } from '../../../shared/network/ledger/model';
import { Day, DetachedText, formatMoney } from '../../ui';
import { AuthorisationBadge } from './authorisation';
import { type EntryLine, entryOf } from './entry-line';
import type { AccountLabel } from './labels';
import { entryHref } from './links';
import classes from './ledger.module.css';

interface Props {
  readonly line: EntryLine;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly account: string | undefined;
  readonly labelOf: AccountLabel;
  readonly locale: string;
  readonly t: TFunction;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (href: string) => void;
}

/** One row of the entries' grid; memoised and made of plain elements, so that scrolling costs little. */
export const EntryRow = memo(function EntryRow({
  line,
  index,
  top,
  height,
  active,
  account,
  labelOf,
  locale,
  t,
  onFocus,
  onOpen,
}: Props) {
  const entry = entryOf(line);
  const moved = 'entry' in line ? [line] : turnover(entry.postings);
  const open = (): void => onOpen(entryHref(entry.id));
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={active ? 0 : -1}
      className={classes['row']}
      style={{ height, transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(index)}
      onClick={open}
      onKeyDown={(event) => event.key === 'Enter' && open()}
    >
      <span role="gridcell" className={classes['date']}>
        <Day date={entry.date} />
      </span>
      <span role="gridcell" className={classes['memo']}>
        <span className={classes['cut']} data-undone={entry.reversedBy !== undefined || undefined}>
          <DetachedText of={entry.memo} fallback={t(`kind.${entry.kind}`)} />
        </span>
        {isNoteworthy(entry) && <AuthorisationBadge status={entry.authorisation.status} />}
        {entry.reversedBy !== undefined && <Badge color="gray">{t('undone')}</Badge>}
      </span>
      <span role="gridcell" className={classes['accounts']}>
        <bdi>{account === undefined ? fromTo(entry.postings, labelOf) : others(entry.postings, account, labelOf)}</bdi>
      </span>
      <span role="gridcell" className={classes['figure']}>
        {moved.map((sum) => (
          <span key={sum.unit}>{formatMoney(sum.amount, sum.unit, locale)}</span>
        ))}
      </span>
      {'entry' in line && (
        <span role="gridcell" className={classes['figure']}>
          {formatMoney(line.balance, line.unit, locale)}
        </span>
      )}
    </div>
  );
});

/** In a long list only what is out of order is marked. */
function isNoteworthy({ authorisation: { status } }: Entry): boolean {
  return status === 'breach' || status === 'contested';
}

/** From where to where: credited accounts, then debited ones. */
function fromTo(postings: readonly Posting[], labelOf: AccountLabel): string {
  const names = (credit: boolean): string =>
    postings
      .filter((posting) => posting.amount < 0 === credit)
      .map((posting) => labelOf(posting.account))
      .join(', ');
  return `${names(true)} → ${names(false)}`;
}

/** In the statement of an account the other side tells what happened. */
function others(postings: readonly Posting[], account: string, labelOf: AccountLabel): string {
  return postings
    .filter((posting) => posting.account !== account)
    .map((posting) => labelOf(posting.account))
    .join(', ');
}
