import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import classes from './caret-menu.module.css';
import { type MenuItem, type MenuStore, type OpenMenu, choose } from './menu-store';
import { type Place, placeFor } from './place';

export interface Group {
  readonly label: string;
  readonly items: readonly MenuItem[];
}

interface Props {
  readonly editor: Editor;
  readonly store: MenuStore;
  readonly open: OpenMenu;
  /** What there is to choose for what was typed. */
  readonly groups: readonly Group[];
  /** What the list is, for a screen reader. */
  readonly label: string;
}

/**
 * The list at the caret. The focus stays in the text, which says by ARIA which option the keys are on; so it is a list box that the
 * text owns while it is open.
 */
export function CaretMenu({ editor, store, open, groups, label }: Props) {
  const { t } = useTranslation('editor');
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = useStore(store, (state) => state.index);
  const items = groups.flatMap((group) => group.items);
  const place = usePlace(editor, open.range.from);
  const current = items[Math.min(index, items.length - 1)];
  const optionId = (item: MenuItem) => `${id}-${item.id}`;
  useLayoutEffect(() => {
    store.setState((state) => ({ items, index: Math.min(state.index, Math.max(0, items.length - 1)) }));
  });
  useEffect(() => () => store.setState({ items: [], index: 0 }), [store]);
  const active = current === undefined ? undefined : optionId(current);
  useOwned(editor, id, active);
  useLayoutEffect(() => {
    if (active === undefined || list.current === null) return;
    const option = document.getElementById(active);
    // The list alone scrolls, not the page; the first option brings its group's name along.
    if (index === 0) list.current.scrollTop = 0;
    else option?.scrollIntoView({ block: 'nearest' });
  }, [active, index]);
  if (items.length === 0) return null;
  return (
    <>
      <VisuallyHidden role="status">{t('menu.found', { count: items.length })}</VisuallyHidden>
      <div
        ref={list}
        id={id}
        role="listbox"
        // It can scroll, so it must be possible to focus it. While it is open, Tab takes what is chosen, so nobody comes here by it.
        tabIndex={0}
        aria-label={label}
        className={classes['menu']}
        style={place}
        // The text keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {groups
          .filter((group) => group.items.length > 0)
          .map((group, at) => (
            <div key={group.label} role="group" aria-labelledby={`${id}-group-${at}`}>
              <div id={`${id}-group-${at}`} className={classes['group']} role="presentation">
                {group.label}
              </div>
              {group.items.map((item) => (
                <UnstyledButton
                  key={item.id}
                  id={optionId(item)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={item === current}
                  className={classes['option'] ?? ''}
                  onMouseMove={() => store.setState({ index: items.indexOf(item) })}
                  onClick={() => choose(editor, store, item)}
                >
                  <span className={classes['icon']} aria-hidden>
                    {item.icon}
                  </span>
                  <span className={classes['label']}>
                    <bdi>{item.label}</bdi>
                  </span>
                  {item.hint !== undefined && <span className={classes['hint']}>{item.hint}</span>}
                </UnstyledButton>
              ))}
            </div>
          ))}
      </div>
    </>
  );
}

/** Ties the text to the list while it is open, as a combobox ties its field. */
function useOwned(editor: Editor, list: string, active: string | undefined): void {
  useLayoutEffect(() => {
    const { dom } = editor.view;
    if (active === undefined) return undefined;
    const attributes = {
      'aria-haspopup': 'listbox',
      'aria-autocomplete': 'list',
      'aria-controls': list,
      'aria-activedescendant': active,
    };
    for (const [name, value] of Object.entries(attributes)) dom.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(attributes)) dom.removeAttribute(name);
    };
  }, [editor, list, active]);
}

/** Beside the trigger, on as the window changes. */
function usePlace(editor: Editor, at: number): Place {
  const measure = () =>
    placeFor(editor.view.coordsAtPos(Math.min(at, editor.state.doc.content.size)), {
      width: document.documentElement.clientWidth,
      height: document.documentElement.clientHeight,
    });
  const [place, setPlace] = useState(measure);
  useLayoutEffect(() => {
    const again = () => setPlace(measure());
    again();
    window.addEventListener('resize', again);
    window.addEventListener('scroll', again, { capture: true, passive: true });
    return () => {
      window.removeEventListener('resize', again);
      window.removeEventListener('scroll', again, { capture: true });
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- measures what these two say
  }, [editor, at]);
  return place;
}
