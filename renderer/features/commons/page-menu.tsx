import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconFileExport,
  IconFolderSymlink,
  IconPencil,
  IconPlus,
  IconTemplate,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Page, deletePage, renamePage, setTemplate } from '../../../shared/commons/pages';
import { useCommons } from './commons-context';
import { ExportDialog } from './exchange/export-dialog';
import { MoveDialog } from './move-dialog';
import { NewPageDialog } from './templates/new-page-dialog';
import { TitleDialog } from './title-dialog';

type Dialog = 'rename' | 'under' | 'move' | 'export' | null;

/** What can be done with a page. Deleting asks nothing, since it is undone with one click. */
export function PageMenu({ page }: { readonly page: Page }) {
  const { t } = useTranslation('commons');
  const { index } = useCommons();
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
          <Menu.Item
            leftSection={<IconTemplate size={16} aria-hidden />}
            onClick={() => setTemplate(index, page.id, !page.template)}
          >
            {t(page.template ? 'menu.noTemplate' : 'menu.template')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => setDialog('export')}>
            {t('menu.export')}
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
      <NewPageDialog heading={t('menu.addUnder')} parent={page.id} opened={dialog === 'under'} onClose={close} />
      <ExportDialog page={page} opened={dialog === 'export'} onClose={close} />
      <MoveDialog page={page} opened={dialog === 'move'} onClose={close} />
    </>
  );
}
