import { Button, Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
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
  const store = useNetworkStore();
  const open = useCallback(() => {
    before.current = document.activeElement;
    setUsed(true);
    setOpened(true);
  }, []);
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
          <SearchDialog opened={opened} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
