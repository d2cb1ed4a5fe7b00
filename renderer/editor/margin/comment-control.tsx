import { RichTextEditor } from '@mantine/tiptap';
import { IconMessagePlus } from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { MarginStore } from './margin-store';
import { comment, markAt } from './passage-marks';

interface Props {
  readonly editor: Editor;
  readonly fragment: Y.XmlFragment;
  readonly store: MarginStore;
}

/** Comments on what is selected, or goes to the comments on where the caret is. */
export function CommentControl({ editor, fragment, store }: Props) {
  const { t } = useTranslation('editor');
  const possible = useEditorState({
    editor,
    selector: ({ editor: { state } }) => !state.selection.empty || markAt(state, state.selection.from) !== null,
  });
  return (
    <RichTextEditor.Control
      onClick={() => comment(editor.state, fragment, store)}
      disabled={!possible}
      aria-label={t('margin.comment')}
      aria-keyshortcuts="Control+Alt+M"
      title={t('margin.commentHint')}
    >
      <IconMessagePlus size={16} aria-hidden />
    </RichTextEditor.Control>
  );
}
