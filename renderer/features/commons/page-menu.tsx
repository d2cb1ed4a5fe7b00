import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconFolderSymlink, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Page, deletePage, renamePage } from '../../../shared/commons/pages';
import { useCommons } from './commons-context';
import { MoveDialog } from './move-dialog';
import { TitleDialog } from './title-dialog';
import { useNewPage } from './use-new-page';

type Dialog = 'rename' | 'under' | 'move' | null;

/** What can be done with a page. Deleting asks nothing, since it is undone with one click. */
export function PageMenu({ page }: { readonly page: Page }) {
  const { t } = useTranslation('commons');
  const { index } = useCommons();
  const newPage = useNewPage();
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('menu.label')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setDialog('rename')}>
            {t('menu.rename')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog('under')}>
            {t('menu.addUnder')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFolderSymlink size={16} aria-hidden />} onClick={() => setDialog('move')}>
            {t('menu.move')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            c="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => deletePage(index, page.id)}
          >
            {t('menu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TitleDialog
        opened={dialog === 'rename'}
        onClose={close}
        heading={t('menu.rename')}
        action={t('save')}
        initial={page.title}
        onSave={(title) => renamePage(index, page.id, title)}
      />
      <TitleDialog
        opened={dialog === 'under'}
        onClose={close}
        heading={t('menu.addUnder')}
        action={t('create')}
        onSave={(title) => newPage(title, page.id)}
      />
      <MoveDialog page={page} opened={dialog === 'move'} onClose={close} />
    </>
  );
}
