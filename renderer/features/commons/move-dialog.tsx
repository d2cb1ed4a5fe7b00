import { Button, Group, Modal, NativeSelect, Select, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Page, type PageNode, movePage } from '../../../shared/commons/pages';
import { selectAll } from '../../ui/select-all';
import { useCommons } from './commons-context';
import classes from './commons.module.css';
import { placesIn } from './places';
import { allNodes } from './tree-rows';

interface Props {
  readonly page: Page;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Puts a page under another, or on the first level. */
export function MoveDialog({ page, opened, onClose }: Props) {
  const { t } = useTranslation('commons');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('move.title', { page: page.title })}
      classNames={{ content: classes['small'] ?? '' }}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <MoveForm page={page} onClose={onClose} />}
    </Modal>
  );
}

/** Stands for the first level; no page has this id. */
const TOP = '/';
const LAST = '/';

function MoveForm({ page, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('commons');
  const { index, tree } = useCommons();
  const [parent, setParent] = useState<string>(page.parent ?? TOP);
  const options = useMemo(
    () => [{ value: TOP, label: t('move.top') }, ...placesIn(tree, page.id, t('untitled'))],
    [tree, page.id, t],
  );
  const siblings = useMemo(() => siblingsIn(tree, parent === TOP ? null : parent), [tree, parent]);
  // Where it is already it stays in its place.
  const next = siblings[siblings.findIndex(({ id }) => id === page.id) + 1];
  const [chosen, setChosen] = useState<string>();
  const before = chosen ?? (parent === (page.parent ?? TOP) ? (next?.id ?? LAST) : LAST);
  const move = () => {
    movePage(index, page.id, parent === TOP ? null : parent, ...(before === LAST ? [] : [before]));
    onClose();
  };
  return (
    <Stack>
      <Select
        label={t('move.under')}
        data={options}
        value={parent}
        onChange={(value) => {
          if (value !== null) setParent(value);
          setChosen(undefined);
        }}
        onClick={selectAll}
        onFocus={selectAll}
        searchable
        // The list would lie over the rest of the dialog before it is asked for.
        openOnFocus={false}
        limit={100}
        allowDeselect={false}
        nothingFoundMessage={t('move.none')}
        data-autofocus
      />
      <NativeSelect
        label={t('move.place')}
        value={before}
        data={[
          ...siblings
            .filter(({ id }) => id !== page.id)
            .map(({ id, title }) => ({
              value: id,
              label: t('move.before', { page: title === '' ? t('untitled') : title }),
            })),
          { value: LAST, label: t('move.last') },
        ]}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button onClick={move}>{t('move.action')}</Button>
      </Group>
    </Stack>
  );
}

const siblingsIn = (tree: readonly PageNode[], parent: string | null): readonly PageNode[] =>
  parent === null ? tree : (allNodes(tree).find(({ id }) => id === parent)?.children ?? []);
