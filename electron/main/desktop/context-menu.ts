import { type BrowserWindow, clipboard, type ContextMenuParams, Menu, type MenuItemConstructorOptions } from 'electron';
import { isSafeExternalUrl } from '../../../shared/ipc/external-url';
import { shellWords } from '../words';

const MOST_SUGGESTIONS = 5;

/** The menu under the pointer: how a word may be spelt, cut, copy and paste. Where there is nothing to do, none opens. */
export function setupContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = template(window, params);
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}

function template(window: BrowserWindow, params: ContextMenuParams): MenuItemConstructorOptions[] {
  const { menu } = shellWords();
  const { editFlags, isEditable, linkURL, selectionText } = params;
  const spellings = params.dictionarySuggestions.slice(0, MOST_SUGGESTIONS).map((word) => ({
    label: word,
    click: () => window.webContents.replaceMisspelling(word),
  }));
  const editing: MenuItemConstructorOptions[] = isEditable
    ? [
        { role: 'cut', label: menu.cut, enabled: editFlags.canCut },
        { role: 'copy', label: menu.copy, enabled: editFlags.canCopy },
        { role: 'paste', label: menu.paste, enabled: editFlags.canPaste },
        { role: 'pasteAndMatchStyle', label: menu.pastePlain, enabled: editFlags.canPaste },
        { role: 'selectAll', label: menu.selectAll, enabled: editFlags.canSelectAll },
      ]
    : selectionText.trim() === ''
      ? []
      : [{ role: 'copy', label: menu.copy }];
  // Links within the app are routes, which are of no use elsewhere.
  const link = isSafeExternalUrl(linkURL)
    ? [{ label: menu.copyLink, click: () => void clipboard.writeText(linkURL) }]
    : [];
  const groups = [spellings, link, editing].filter((group) => group.length > 0);
  return groups.flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' }, ...group]));
}
