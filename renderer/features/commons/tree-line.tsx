import { IconChevronRight } from '@tabler/icons-react';
import type { DragEvent, FocusEventHandler, KeyboardEventHandler, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './commons.module.css';
import { type Drop, dropAt } from './tree-moves';
import type { TreeRow } from './tree-rows';

/** What can be dragged onto a line, and what comes of it; null: pages can not be moved now. */
export interface Dragging {
  /** How a page that is dragged would be dropped on this line; null: it is not over it, or can not be. */
  readonly drop: Drop | null;
  readonly onStart: () => void;
  /** False: it can not be dropped there. */
  readonly onOver: (drop: Drop) => boolean;
  readonly onDrop: () => void;
  readonly onEnd: () => void;
}

interface Props {
  readonly row: TreeRow;
  readonly ref: Ref<HTMLDivElement>;
  /** Pixels from the top of the tree. */
  readonly start: number;
  readonly isCurrent: boolean;
  /** The line that takes the Tab key. */
  readonly isActive: boolean;
  readonly dragging: Dragging | null;
  readonly onFocus: FocusEventHandler;
  readonly onKeyDown: KeyboardEventHandler;
  readonly onFold: () => void;
  readonly onOpen: () => void;
}

/** Whether a line says where its page is. */
export const isTall = ({ above = [] }: TreeRow): boolean => above.length > 0;

/** One line of the tree. */
export function TreeLine(props: Props) {
  const { row, ref, start, isCurrent, isActive, dragging, onFocus, onKeyDown, onFold, onOpen } = props;
  const { t } = useTranslation('commons');
  const titleOf = (title: string): string => (title === '' ? t('untitled') : title);
  const above = row.above?.map(titleOf).join(' › ') ?? '';
  return (
    <div
      ref={ref}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-expanded={row.expanded}
      aria-selected={isCurrent}
      aria-current={isCurrent ? 'page' : undefined}
      aria-keyshortcuts={dragging === null ? undefined : 'Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight'}
      tabIndex={isActive ? 0 : -1}
      className={classes['row']}
      data-tall={isTall(row) || undefined}
      title={[above, titleOf(row.title)].filter(Boolean).join(' › ')}
      style={{ transform: `translateY(${start}px)`, paddingInlineStart: `${(row.level - 1) * 0.9}rem` }}
      onClick={(event) => {
        const folds = event.target instanceof Element && event.target.closest('[data-fold]') !== null;
        if (folds) onFold();
        else onOpen();
      }}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      {...(dragging === null ? {} : dragProps(row, dragging))}
    >
      <span
        className={classes['fold']}
        data-open={row.expanded}
        data-fold={row.expanded === undefined ? undefined : true}
        aria-hidden
      >
        {row.expanded !== undefined && <IconChevronRight size={14} />}
      </span>
      <span className={classes['words']}>
        <span className={classes['title']} dir="auto">
          {titleOf(row.title)}
        </span>
        {above !== '' && (
          <span className={classes['above']} dir="auto">
            {above}
          </span>
        )}
      </span>
    </div>
  );
}

function dragProps(row: TreeRow, { drop, onStart, onOver, onDrop, onEnd }: Dragging) {
  return {
    draggable: true,
    'data-drop': drop ?? undefined,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', row.title);
      onStart();
    },
    onDragOver: (event: DragEvent) => {
      const { top, height } = event.currentTarget.getBoundingClientRect();
      // What is not prevented is refused.
      if (onOver(dropAt((event.clientY - top) / height))) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      onDrop();
    },
    onDragEnd: onEnd,
  };
}
