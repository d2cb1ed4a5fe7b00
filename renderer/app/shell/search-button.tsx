import { Button, Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type RefObject, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchDialog } from '../features';
import { useNetworkStore } from '../network';
import classes from './shell.module.css';

/** Milliseconds after a network is shown until its texts are read for the search: its screens come first. */
const PATIENCE = 2_000;
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the search; so does Ctrl K or ⌘ K, except where a field has another use for it. */
export function SearchButton() {
  const { t } = useTranslation('search');
  const [opened, setOpened] = useState(false);
  const [used, setUsed] = useState(false);
  const before = useRef<Element | null>(null);
  const begun = useRef('');
  const store = useNetworkStore();
  const open = useCallback(() => {
    before.current = document.activeElement;
    begun.current = '';
    setUsed(true);
    setOpened(true);
  }, []);
  useTypingAhead(opened, begun);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey) return;
      if (!(isMac ? event.metaKey : event.ctrlKey)) return;
      event.preventDefault();
      open();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
  useEffect(() => {
    // A question without words only begins the reading.
    const begin = () => void store.engine.search(store.id, { words: '', kind: null, each: 1 }).catch(() => undefined);
    const timer = setTimeout(begin, PATIENCE);
    return () => clearTimeout(timer);
  }, [store]);
  const close = (left: boolean): void => {
    setOpened(false);
    // Whoever went on is at the heading of another screen.
    if (!left && before.current instanceof HTMLElement) before.current.focus();
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconSearch size={18} aria-hidden />}
        classNames={{ section: classes['searchIcon'] ?? '' }}
        onClick={open}
        aria-haspopup="dialog"
        aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
      >
        <span className={classes['searchWords']}>{t('open')}</span>
        <Kbd size="xs" ms="xs" visibleFrom="md" aria-hidden>
          {isMac ? t('shortcutMac') : t('shortcut')}
        </Kbd>
      </Button>
      {used && (
        <Suspense>
          <SearchDialog opened={opened} begun={() => begun.current} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/**
 * Whoever opens the search goes on typing: what comes before its field is there is kept for it, and what comes before the field has the
 * focus goes into it. Else it would go into the text that one was at.
 */
function useTypingAhead(opened: boolean, begun: RefObject<string>): void {
  useEffect(() => {
    if (!opened) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const field = document.querySelector<HTMLElement>('[data-search-field]');
      if (field !== null) {
        if (field.closest('[role=dialog]')?.contains(document.activeElement) !== true) field.focus();
        return;
      }
      if (event.key.length !== 1 && event.key !== 'Backspace') return;
      event.preventDefault();
      event.stopPropagation();
      begun.current = event.key === 'Backspace' ? begun.current.slice(0, -1) : begun.current + event.key;
    };
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, [opened, begun]);
}
