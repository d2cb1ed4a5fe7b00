import { IconPlus } from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { COMMONS_DOC, MAX_TITLE, addPage } from '../../../shared/commons/pages';
import { useDoc } from '../../app/docs';
import { useMe } from '../../app/network';
import { MENTION_ICONS } from '../../ui/mention/mention-icon';
import type { FileTools } from '../insert/use-file-tools';
import { randomId } from '../random-id';
import { type Candidate, grouped, useMentionablePages, useMentionableRows } from './candidates';
import { CaretMenu } from './caret-menu';
import { plain } from './filter';
import { insertGroups } from './insert-items';
import type { MenuItem, MenuStore, OpenMenu } from './menu-store';

interface Props {
  readonly editor: Editor;
  readonly store: MenuStore;
  readonly tools: FileTools;
}

/** The lists that open at the caret while something is typed. */
export function EditorMenus(props: Props) {
  const open = useStore(props.store, (state) => state.open);
  if (open === null) return null;
  switch (open.trigger) {
    case 'insert':
      return <InsertMenu {...props} open={open} />;
    case 'mention':
      return <MentionMenu {...props} open={open} />;
    case 'page':
      return <PageMenu {...props} open={open} />;
  }
}

type OpenProps = Props & { readonly open: OpenMenu };

function InsertMenu({ editor, store, tools, open }: OpenProps) {
  const { t } = useTranslation('editor');
  const groups = insertGroups(editor, tools, t, open.query);
  return <CaretMenu editor={editor} store={store} open={open} groups={groups} label={t('menu.insert')} />;
}

function MentionMenu({ editor, store, open }: OpenProps) {
  const { t } = useTranslation(['editor', 'ui']);
  const rows = useMentionableRows();
  const pages = useMentionablePages();
  const groups = grouped([...rows, ...pages], open.query).map(({ kind, found }) => ({
    label: t(`mention.group.${kind}`),
    items: found.map(itemOf),
  }));
  return <CaretMenu editor={editor} store={store} open={open} groups={groups} label={t('menu.mention')} />;
}

function PageMenu({ editor, store, open }: OpenProps) {
  const { t } = useTranslation('editor');
  const pages = useMentionablePages();
  const index = useDoc(COMMONS_DOC);
  const me = useMe();
  const found = grouped(pages, open.query).flatMap((group) => group.found);
  const title = open.query.trim().slice(0, MAX_TITLE);
  const isThere = pages.some(({ name }) => plain(name) === plain(title));
  const create: MenuItem = {
    id: 'create',
    label: t('menu.createPage', { title }),
    icon: <IconPlus size={18} />,
    run: (at) => {
      if (index === null) return;
      const id = randomId();
      addPage(index.doc, { id, title, parent: null, by: me?.member ?? null, time: Date.now() });
      mention(at, { kind: 'page', id, name: title });
    },
  };
  const canCreate = index?.synced === true && title !== '' && !isThere;
  const groups = [
    { label: t('mention.group.page'), items: found.map(itemOf) },
    { label: t('menu.new'), items: canCreate ? [create] : [] },
  ];
  return <CaretMenu editor={editor} store={store} open={open} groups={groups} label={t('menu.page')} />;
}

function itemOf(candidate: Candidate): MenuItem {
  const Icon = MENTION_ICONS[candidate.kind];
  return {
    id: `${candidate.kind}-${candidate.id}`,
    label: candidate.name,
    icon: <Icon size={18} />,
    run: (editor) => mention(editor, candidate),
  };
}

function mention(editor: Editor, { kind, id, name }: Candidate): void {
  const node = { type: 'mention', attrs: { kind, id, label: name } };
  editor
    .chain()
    .focus()
    .insertContent([node, { type: 'text', text: ' ' }])
    .run();
}
