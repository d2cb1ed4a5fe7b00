import { Button, CloseButton, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconListTree, IconPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { movePage, pageTree } from '../../../shared/commons/pages';
import { useMe } from '../../app/network';
import { useCommons } from './commons-context';
import classes from './commons.module.css';
import { DeletedPages } from './deleted-pages';
import { PageTree } from './page-tree';
import { TagFilter } from './tags/tag-filter';
import { NewPageDialog } from './templates/new-page-dialog';
import type { NewPlace } from './tree-moves';
import { foundRows, pathTo, visibleRows } from './tree-rows';

/** The tree of pages with its search; new pages begin here. */
export function Sidebar({ current }: { readonly current: string | null }) {
  const { t, i18n } = useTranslation('commons');
  const { index, tree, tag } = useCommons();
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const [query, setQuery] = useState('');
  const [said, setSaid] = useState('');
  /** The page beside which a narrow window shows the tree; going to another folds it again. */
  const [unfolded, setUnfolded] = useState<string | null>(null);
  const isFolded = current !== null && unfolded !== current;
  const { open, toggle, show } = useOpened(current);
  const typing = query.trim() !== '';
  const searching = typing || tag !== null;
  const rows = useMemo(
    () => (searching ? foundRows(tree, { words: query, tag }, i18n.language) : visibleRows(tree, open)),
    [tree, open, searching, query, tag, i18n.language],
  );
  const move = (id: string, to: NewPlace): void => {
    movePage(index, id, to.parent, to.before);
    if (to.parent !== null) show(to.parent);
    const now = pageTree(index);
    const parent = pathTo(now, id).at(-1);
    const siblings = parent?.children ?? now;
    const at = siblings.findIndex((page) => page.id === id);
    const place = { page: siblings[at]?.title, place: at + 1, count: siblings.length };
    setSaid(parent === undefined ? t('move.movedTop', place) : t('move.moved', { ...place, parent: parent.title }));
  };
  return (
    <nav className={classes['sidebar']} aria-label={t('pages')} data-folded={isFolded || undefined} data-noprint>
      {current !== null && (
        <Button
          className={classes['unfold']}
          variant="default"
          size="compact-md"
          leftSection={<IconListTree size={16} aria-hidden />}
          aria-expanded={!isFolded}
          onClick={() => setUnfolded(isFolded ? current : null)}
        >
          {t('pages')}
        </Button>
      )}
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
            typing ? <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => setQuery('')} /> : null
          }
        />
      )}
      <TagFilter />
      <VisuallyHidden role="status">{searching && t('search.found', { count: rows.length })}</VisuallyHidden>
      {searching && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('search.found', { count: 0 })}
        </Text>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {rows.length > 0 && (
        <PageTree
          tree={tree}
          rows={rows}
          current={current}
          onFold={toggle}
          onMove={searching || me === null ? null : move}
        />
      )}
      <DeletedPages />
      <NewPageDialog heading={t('newPage')} parent={null} opened={adding} onClose={() => setAdding(false)} />
    </nav>
  );
}

/** Which pages are opened in the tree: those that the person opened, and the way to the page shown. */
function useOpened(current: string | null): {
  readonly open: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly show: (id: string) => void;
} {
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
  const set = (id: string, opened: boolean): void => setChosen((before) => new Map(before).set(id, opened));
  return { open, toggle: (id) => set(id, !open.has(id)), show: (id) => set(id, true) };
}
