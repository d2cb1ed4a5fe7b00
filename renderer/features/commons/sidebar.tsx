import { Button, CloseButton, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/network';
import { useCommons } from './commons-context';
import classes from './commons.module.css';
import { DeletedPages } from './deleted-pages';
import { PageTree } from './page-tree';
import { TitleDialog } from './title-dialog';
import { foundRows, pathTo, visibleRows } from './tree-rows';
import { useNewPage } from './use-new-page';

/** The tree of pages with its search; new pages begin here. */
export function Sidebar({ current }: { readonly current: string | null }) {
  const { t, i18n } = useTranslation('commons');
  const { tree } = useCommons();
  const me = useMe();
  const newPage = useNewPage();
  const [adding, setAdding] = useState(false);
  const [query, setQuery] = useState('');
  const { open, toggle } = useOpened(current);
  const searching = query.trim() !== '';
  const rows = useMemo(
    () => (searching ? foundRows(tree, query, i18n.language) : visibleRows(tree, open)),
    [tree, open, searching, query, i18n.language],
  );
  return (
    <nav className={classes['sidebar']} aria-label={t('pages')}>
      {me !== null && (
        <Button
          variant={tree.length === 0 ? 'default' : 'light'}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('newPage')}
        </Button>
      )}
      {tree.length > 0 && (
        <TextInput
          aria-label={t('search.label')}
          placeholder={t('search.label')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          rightSection={
            searching ? <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => setQuery('')} /> : null
          }
        />
      )}
      <VisuallyHidden role="status">{searching && t('search.found', { count: rows.length })}</VisuallyHidden>
      {searching && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('search.found', { count: 0 })}
        </Text>
      )}
      {rows.length > 0 && <PageTree rows={rows} current={current} onFold={toggle} />}
      <DeletedPages />
      <TitleDialog
        opened={adding}
        onClose={() => setAdding(false)}
        heading={t('newPage')}
        action={t('create')}
        onSave={(title) => newPage(title, null)}
      />
    </nav>
  );
}

/** Which pages are opened in the tree: those that the person opened, and the way to the page shown. */
function useOpened(current: string | null): { open: ReadonlySet<string>; toggle: (id: string) => void } {
  const { tree } = useCommons();
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const open = useMemo(() => {
    const ids = new Set(current === null ? [] : pathTo(tree, current).map(({ id }) => id));
    for (const [id, opened] of chosen) {
      if (opened) ids.add(id);
      else ids.delete(id);
    }
    return ids;
  }, [tree, current, chosen]);
  return { open, toggle: (id) => setChosen((before) => new Map(before).set(id, !open.has(id))) };
}
