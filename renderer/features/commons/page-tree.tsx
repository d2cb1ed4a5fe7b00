import { useDirection } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { PageNode } from '../../../shared/commons/pages';
import classes from './commons.module.css';
import { TreeLine, isTall } from './tree-line';
import { type NewPlace, placeByKey } from './tree-moves';
import { type TreeRow, keyMove } from './tree-rows';
import { useTreeDrag } from './use-tree-drag';

/** Pixels of one line at the normal text size. */
const ROW = 34;
/** … and of one that says where its page is. */
const TALL = 50;

interface Props {
  readonly tree: readonly PageNode[];
  readonly rows: readonly TreeRow[];
  readonly current: string | null;
  readonly onFold: (id: string) => void;
  /** Null: pages can not be moved now. */
  readonly onMove: ((id: string, to: NewPlace) => void) | null;
}

/** A tree that the keyboard walks; only the lines in view are in the page, so that thousands are no burden. */
export function PageTree({ tree, rows, current, onFold, onMove }: Props) {
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
    estimateSize: (index) => (rows[index] !== undefined && isTall(rows[index]) ? TALL : ROW) * scale,
    // With other rows the lines have other heights.
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
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
    // What was in view stays where it is; what was not comes with those around it.
    const { startIndex = 0, endIndex = -1 } = virtual.range ?? {};
    const isInView = shown >= startIndex && shown <= endIndex;
    virtual.scrollToIndex(shown, { align: isInView ? 'auto' : 'center' });
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
  const dragging = useTreeDrag(tree, rows, onMove);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    const row = rows[at];
    if (event.altKey) {
      // Elsewhere these keys go back and forward; in the tree they move a page, also where it can go no further.
      if (row === undefined || onMove === null || !event.key.startsWith('Arrow')) return;
      event.preventDefault();
      const to = placeByKey(tree, row.id, event.key, dir === 'rtl');
      if (to === null) return;
      setActive(row.id);
      wantsFocus.current = true;
      onMove(row.id, to);
      return;
    }
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
            <TreeLine
              key={row.id}
              ref={(element) => {
                if (element === null) items.current.delete(row.id);
                else items.current.set(row.id, element);
              }}
              row={row}
              start={start}
              isCurrent={row.id === current}
              isActive={index === at}
              // The line that is dragged stays in the page, however far the tree is scrolled.
              dragging={dragging === null ? null : dragging(index, () => setActive(row.id))}
              onFocus={() => setActive(row.id)}
              onKeyDown={onKeyDown}
              onFold={() => onFold(row.id)}
              onOpen={() => navigate(`/commons/${row.id}`)}
            />
          );
        })}
      </div>
    </div>
  );
}
