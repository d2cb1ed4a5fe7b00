import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Page, movePage } from '../../../shared/commons/pages';
import { useCommons } from './commons-context';
import { placesIn } from './places';

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
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <MoveForm page={page} onClose={onClose} />}
    </Modal>
  );
}

/** Stands for the first level; no page has this id. */
const TOP = '/';

function MoveForm({ page, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('commons');
  const { index, tree } = useCommons();
  const [parent, setParent] = useState<string | null>(page.parent ?? TOP);
  const options = useMemo(
    () => [{ value: TOP, label: t('move.top') }, ...placesIn(tree, page.id, t('untitled'))],
    [tree, page.id, t],
  );
  const move = () => {
    if (parent !== null) movePage(index, page.id, parent === TOP ? null : parent);
    onClose();
  };
  return (
    <Stack>
      <Select
        label={t('move.under')}
        data={options}
        value={parent}
        onChange={setParent}
        searchable
        limit={100}
        allowDeselect={false}
        nothingFoundMessage={t('move.none')}
        data-autofocus
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
