import '@mantine/tiptap/styles.layer.css';
import { RichTextEditor, type RichTextEditorLabels } from '@mantine/tiptap';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFamiliar } from '../../shared/commons/text/fragment';
import { canonicalText } from '../../shared/commons/text/canonical';
import { useMe } from '../app/network';
import { useNameOf } from './member-names';
import { Markdown } from '../ui/markdown/markdown';
import type { EditorProps } from './editor-props';
import { extensions } from './extensions';
import classes from './editor.module.css';
import { LinkControl } from './link-control';

/** The editor itself, in a chunk of its own. A text with something unknown to this version is shown and not edited. */
export function Editor(props: EditorProps) {
  const { t } = useTranslation('editor');
  const familiar = useMemo(() => isFamiliar(props.fragment), [props.fragment]);
  if (familiar) return <FamiliarEditor {...props} />;
  return (
    <>
      <p role="note">{t('unfamiliar')}</p>
      <Markdown text={canonicalText(props.fragment)} />
    </>
  );
}

function FamiliarEditor({ doc, fragment, label, readOnly = false, placeholder, headerOffset }: EditorProps) {
  const { t } = useTranslation('editor');
  const me = useMe();
  const member = readOnly ? null : (me?.member ?? null);
  const nameOf = useNameOf();
  const [names] = useState(() => new CurrentNames(nameOf));
  useEffect(() => names.change(nameOf), [names, nameOf]);
  const editor = useEditor(
    {
      extensions: extensions({
        fragment,
        awareness: doc.awareness,
        member,
        nameOf: names.of,
      }),
      editable: !readOnly,
      // Styles come from our own sheet.
      injectCSS: false,
      editorProps: {
        attributes: readOnly
          ? { 'aria-label': label, role: 'group' }
          : { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true', dir: 'auto' },
      },
    },
    [fragment, doc.awareness, member, readOnly, label],
  );
  const labels = useLabels();
  const hint = placeholder ?? t('placeholder');
  return (
    <RichTextEditor
      editor={editor}
      labels={labels}
      className={readOnly ? `${classes['root']} ${classes['plain']}` : classes['root']}
      style={{ '--editor-placeholder': JSON.stringify(readOnly ? '' : hint) }}
      withCodeHighlightStyles={false}
    >
      {!readOnly && (
        <RichTextEditor.Toolbar
          sticky
          stickyOffset={headerOffset ?? 'var(--app-shell-header-offset, 0px)'}
          className={classes['toolbar']}
          role="toolbar"
          aria-label={t('toolbar', { label })}
        >
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.Code />
            <LinkControl editor={editor} />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.H1 />
            <RichTextEditor.H2 />
            <RichTextEditor.H3 />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Blockquote />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Undo />
            <RichTextEditor.Redo />
          </RichTextEditor.ControlsGroup>
        </RichTextEditor.Toolbar>
      )}
      <EditorContent editor={editor} className={classes['content']} />
    </RichTextEditor>
  );
}

/** Names change and arrive while an editor lives, which asks for them whenever it draws a caret. */
class CurrentNames {
  #nameOf: (member: string) => string;

  constructor(nameOf: (member: string) => string) {
    this.#nameOf = nameOf;
  }

  change(nameOf: (member: string) => string): void {
    this.#nameOf = nameOf;
  }

  readonly of = (member: string): string => this.#nameOf(member);
}

function useLabels(): Partial<RichTextEditorLabels> {
  const { t } = useTranslation('editor');
  return useMemo(
    () => ({
      boldControlLabel: t('control.bold'),
      italicControlLabel: t('control.italic'),
      codeControlLabel: t('control.code'),
      h1ControlLabel: t('control.heading', { level: 1 }),
      h2ControlLabel: t('control.heading', { level: 2 }),
      h3ControlLabel: t('control.heading', { level: 3 }),
      bulletListControlLabel: t('control.bulletList'),
      orderedListControlLabel: t('control.orderedList'),
      blockquoteControlLabel: t('control.blockquote'),
      undoControlLabel: t('control.undo'),
      redoControlLabel: t('control.redo'),
    }),
    [t],
  );
}
