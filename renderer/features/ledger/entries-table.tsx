import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useLocale } from '../../ui';
import type { EntryLine } from './entry-line';
import { EntryRow } from './entry-row';
import { useFixedRows } from './fixed-rows';
import { useAccountLabel } from './labels';
import classes from './ledger.module.css';

const ROW = 46;
const PAGE = 12;

interface Props {
  readonly rows: readonly EntryLine[];
  readonly label: string;
  /** The account whose statement this is: shows its running balance, and of each entry only the other accounts. */
  readonly account?: string;
}

/**
 * A grid of which only the visible rows exist, so that 100,000 entries scroll as lightly as ten. One row is in the tab order; arrows,
 * page keys, Home and End move it, Enter opens the entry.
 */
export function EntriesTable({ rows, label, account }: Props) {
  const { t } = useTranslation('ledger');
  const statement = account !== undefined;
  const [, navigate] = useLocation();
  const labelOf = useAccountLabel();
  const locale = useLocale();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, rows.length - 1);
  const { first, end, scrollTo } = useFixedRows(scroller, rows.length, ROW);
  // A row that is scrolled away can not be tabbed to; then the first that is drawn stands in for it.
  const tabStop = current >= first && current < end ? current : first;

  /** The row that the keyboard went to; it may only come into being with the scroll. */
  const toFocus = useRef<number | null>(null);
  const focusRow = (): void => {
    if (toFocus.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${toFocus.current}"]`);
    if (row === undefined || row === null) return;
    toFocus.current = null;
    row.focus({ preventScroll: true });
  };
  useLayoutEffect(focusRow);

  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    scrollTo(next);
    toFocus.current = next;
    focusRow();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + PAGE,
      PageUp: current - PAGE,
      Home: 0,
      End: rows.length - 1,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    moveTo(next);
    event.preventDefault();
  };

  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={statement ? 5 : 4}
      className={classes['grid']}
      data-statement={statement || undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={classes['head']}>
          <span role="columnheader">{t('column.date')}</span>
          <span role="columnheader">{t('column.what')}</span>
          <span role="columnheader">{t(statement ? 'column.others' : 'column.accounts')}</span>
          <span role="columnheader" className={classes['figure']}>
            {t('column.amount')}
          </span>
          {statement && (
            <span role="columnheader" className={classes['figure']}>
              {t('column.balance')}
            </span>
          )}
        </div>
      </div>
      <div ref={scroller} className={classes['scroller']} role="rowgroup">
        <div role="presentation" style={{ height: rows.length * ROW, position: 'relative' }}>
          {rows.slice(first, end).map((line, at) => (
            <EntryRow
              key={first + at}
              line={line}
              index={first + at}
              top={(first + at) * ROW}
              height={ROW}
              active={first + at === tabStop}
              account={account}
              labelOf={labelOf}
              locale={locale}
              t={t}
              onFocus={setActive}
              onOpen={navigate}
            />
          ))}
        </div>
        {rows.length === 0 && (
          <div role="row" className={classes['none']}>
            <span role="gridcell">{t('filter.none')}</span>
          </div>
        )}
      </div>
    </div>
  );
}
