import { useDirection } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import classes from './commons.module.css';
import { type TreeRow, keyMove } from './tree-rows';

/** Pixels of one line at the normal text size. */
const ROW = 34;

interface Props {
  readonly rows: readonly TreeRow[];
  readonly current: string | null;
  readonly onFold: (id: string) => void;
}

/** A tree that the keyboard walks; only the lines in view are in the page, so that thousands are no burden. */
export function PageTree({ rows, current, onFold }: Props) {
  const { t } = useTranslation('commons');
  const { dir } = useDirection();
  const [, navigate] = useLocation();
  const scroller = useRef<HTMLDivElement>(null);
  const items = useRef(new Map<string, HTMLElement>());
  const [active, setActive] = useState<string | null>(current);
  const wantsFocus = useRef(false);
  const found = rows.findIndex(({ id }) => id === active);
  const shown = rows.findIndex(({ id }) => id === current);
  // One line takes the Tab key: the one last walked to, else the page shown, else the first.
  const at = found !== -1 ? found : Math.max(shown, 0);
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  // oxlint-disable-next-line react/incompatible-library -- it warns users of the React Compiler, which this build does not run
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW * scale,
    overscan: 10,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), at])].sort((a, b) => a - b),
  });
  useEffect(() => {
    setActive(current);
  }, [current]);
  // Only going to another page scrolls there, not each change of the tree.
  const scrolledTo = useRef<string | null>(null);
  useEffect(() => {
    if (shown === -1 || scrolledTo.current === current) return;
    scrolledTo.current = current;
    virtual.scrollToIndex(shown);
  }, [virtual, shown, current]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    items.current.get(rows[at]?.id ?? '')?.focus();
  });
  const go = (index: number) => {
    wantsFocus.current = true;
    setActive(rows[index]?.id ?? null);
    virtual.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    if ((event.key === 'Enter' || event.key === ' ') && row !== undefined) {
      event.preventDefault();
      navigate(`/commons/${row.id}`);
      return;
    }
    const move = keyMove(rows, at, event.key, dir === 'rtl');
    if (move === null) return;
    event.preventDefault();
    if (move.do === 'focus') go(move.row);
    else onFold(move.id);
  };
  return (
    <div ref={scroller} className={classes['tree']}>
      <div role="tree" aria-label={t('pages')} className={classes['rows']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={row.id}
              ref={(element) => {
                if (element === null) items.current.delete(row.id);
                else items.current.set(row.id, element);
              }}
              role="treeitem"
              aria-level={row.level}
              aria-posinset={row.place}
              aria-setsize={row.siblings}
              aria-expanded={row.expanded}
              aria-selected={row.id === current}
              aria-current={row.id === current ? 'page' : undefined}
              tabIndex={index === at ? 0 : -1}
              className={classes['row']}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: `${(row.level - 1) * 0.9}rem` }}
              onFocus={() => setActive(row.id)}
              onKeyDown={onKeyDown}
              onClick={(event) => {
                const folds = event.target instanceof Element && event.target.closest('[data-fold]') !== null;
                if (folds) onFold(row.id);
                else navigate(`/commons/${row.id}`);
              }}
            >
              <span
                className={classes['fold']}
                data-open={row.expanded}
                data-fold={row.expanded === undefined ? undefined : true}
                aria-hidden
              >
                {row.expanded !== undefined && <IconChevronRight size={14} />}
              </span>
              <span className={classes['title']} dir="auto">
                {row.title === '' ? t('untitled') : row.title}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
