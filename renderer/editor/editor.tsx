import '@mantine/tiptap/styles.layer.css';
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { RichTextEditor, type RichTextEditorLabels } from '@mantine/tiptap';
import type { EditorOptions } from '@tiptap/core';
import type { EditorView } from '@tiptap/pm/view';
import { EditorContent } from '@tiptap/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { blockRange } from '../../shared/commons/passages/flat-text';
import { canonicalText, textToFragment } from '../../shared/commons/text/canonical';
import { type BlockNumber, blockIndex } from '../../shared/commons/text/change-text';
import { isFamiliar, isMendable } from '../../shared/commons/text/familiar';
import { useAttachments } from '../app/attachments';
import { useDocValue } from '../app/docs';
import { useMe } from '../app/network';
import { NamedFiles } from '../ui/files/named-files';
import { Markdown } from '../ui/markdown/markdown';
import { ApartNotice } from './apart/apart-notice';
import type { EditorProps } from './editor-props';
import classes from './editor.module.css';
import { extensions } from './extensions';
import { FileStatus } from './insert/file-status';
import { type FileTools, useFileTools } from './insert/use-file-tools';
import { LinkControl } from './link-control';
import { CommentControl } from './margin/comment-control';
import { WithMargin } from './margin/margin';
import { type MarginStore, newMarginStore } from './margin/margin-store';
import { useNameOf } from './member-names';
import { EditorMenus } from './menu/editor-menus';
import { newMenuStore } from './menu/menu-store';
import { InsertControl, TableControl } from './toolbar-menus';
import { type TextMapping, useMadeEditor } from './use-made-editor';

/** The editor itself, in a chunk of its own. A text with something that this version can not hold is shown and not edited. */
export function Editor(props: EditorProps) {
  const { fragment, readOnly = false, discussion, startAt = null } = props;
  const { t } = useTranslation('editor');
  const [looked, setLooked] = useState(() => lookAt(fragment));
  // A document that was opened anew is another one.
  if (looked.fragment !== fragment) setLooked(lookAt(fragment));
  const { familiar } = looked;
  const attached = useAttachments(props.doc.doc);
  const stop = useCallback(() => setLooked({ fragment, familiar: false }), [fragment]);
  const mend = () => {
    textToFragment(canonicalText(fragment), fragment);
    setLooked(lookAt(fragment));
  };
  const mendable = !familiar && isMendable(fragment);
  const [margin] = useState(newMarginStore);
  const edit = useCallback(
    (block: BlockNumber) => {
      const index = blockIndex(fragment, block);
      if (index !== -1) margin.getState().goToText?.(blockRange(fragment, index));
    },
    [fragment, margin],
  );
  const started = useRef(false);
  const start = useCallback(() => {
    if (startAt === null || started.current) return;
    started.current = true;
    if (startAt === 'text') margin.getState().goToText?.(null);
    else edit(startAt);
  }, [startAt, edit, margin]);
  const text = familiar ? (
    <FamiliarEditor {...props} {...(discussion === undefined ? {} : { margin })} onShown={start} onUnfamiliar={stop} />
  ) : (
    <>
      <Group role="note" gap="xs" mb="sm">
        <Text>{t(mendable ? 'unfit' : 'unfamiliar')}</Text>
        {!readOnly && mendable && (
          <Button size="xs" variant="default" onClick={mend}>
            {t('mend')}
          </Button>
        )}
      </Group>
      <Reading fragment={fragment} doc={props.doc} />
    </>
  );
  return (
    <NamedFiles value={attached}>
      {discussion === undefined ? (
        text
      ) : (
        <>
          {familiar && !readOnly && <ApartNotice doc={props.doc} fragment={fragment} onEdit={edit} />}
          <WithMargin doc={props.doc} fragment={fragment} discussion={discussion} store={margin} readOnly={readOnly}>
            {text}
          </WithMargin>
        </>
      )}
    </NamedFiles>
  );
}

const lookAt = (fragment: Y.XmlFragment) => ({ fragment, familiar: isFamiliar(fragment) });

function Reading({ fragment, doc }: Pick<EditorProps, 'fragment' | 'doc'>) {
  const read = useCallback(() => canonicalText(fragment), [fragment]);
  return <Markdown text={useDocValue(doc, read) ?? ''} />;
}

type FamiliarProps = EditorProps & {
  readonly margin?: MarginStore;
  /** The text is on the screen. */
  readonly onShown: () => void;
  readonly onUnfamiliar: () => void;
};

function FamiliarEditor(props: FamiliarProps) {
  const { doc, fragment, label, readOnly = false, placeholder, headerOffset, margin, onShown, onUnfamiliar } = props;
  const { t } = useTranslation('editor');
  const me = useMe();
  const member = readOnly ? null : (me?.member ?? null);
  const nameOf = useNameOf();
  const [names] = useState(() => new CurrentNames(nameOf));
  useEffect(() => names.change(nameOf), [names, nameOf]);
  const [menu] = useState(newMenuStore);
  const files = useFileTools(doc.doc);
  const { tools } = files;
  const editor = useMadeEditor(fragment, () => {
    const mapping: TextMapping = new Map();
    const options: Partial<EditorOptions> = {
      extensions: extensions({
        fragment,
        mapping,
        awareness: doc.awareness,
        member,
        nameOf: names.of,
        taskLabel: (text) => (text.trim() === '' ? t('task.empty') : t('task.label', { text })),
        menu,
        ...(margin === undefined ? {} : { margin }),
        onUnfamiliar,
      }),
      editable: !readOnly,
      // Styles come from our own sheet.
      injectCSS: false,
      editorProps: {
        attributes: readOnly
          ? { 'aria-label': label, role: 'group' }
          : { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true', dir: 'auto' },
        handlePaste: (view, event) => takeFiles(view, event.clipboardData, tools),
        handleDrop: (view, event, _, moved) =>
          !moved &&
          takeFiles(
            view,
            event.dataTransfer,
            tools,
            view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos,
          ),
      },
    };
    return { options, mapping, onUnfamiliar };
  }, [doc.awareness, member, readOnly, label, margin]);
  useEffect(() => {
    if (editor !== null) onShown();
  }, [editor, onShown]);
  const labels = useLabels();
  const hint = placeholder ?? t('placeholder');
  if (editor === null) return <Skeleton height="10rem" radius="md" />;
  return (
    <>
      <RichTextEditor
        editor={editor}
        labels={labels}
        className={readOnly ? `${classes['root']} ${classes['plain']}` : classes['root']}
        style={{ '--editor-placeholder': JSON.stringify(readOnly ? '' : hint) }}
        withCodeHighlightStyles={false}
        data-editor
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
              <RichTextEditor.Strikethrough />
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
              <RichTextEditor.TaskList />
              <RichTextEditor.Blockquote />
            </RichTextEditor.ControlsGroup>
            <RichTextEditor.ControlsGroup>
              <InsertControl editor={editor} tools={tools} />
            </RichTextEditor.ControlsGroup>
            <TableControl editor={editor} />
            {margin !== undefined && (
              <RichTextEditor.ControlsGroup>
                <CommentControl editor={editor} fragment={fragment} store={margin} />
              </RichTextEditor.ControlsGroup>
            )}
            <RichTextEditor.ControlsGroup>
              <RichTextEditor.Undo />
              <RichTextEditor.Redo />
            </RichTextEditor.ControlsGroup>
          </RichTextEditor.Toolbar>
        )}
        <EditorContent editor={editor} className={classes['content']} />
        {!readOnly && <EditorMenus editor={editor} store={menu} tools={tools} />}
      </RichTextEditor>
      {!readOnly && <FileStatus files={files} editor={editor} />}
    </>
  );
}

/** Files among what was pasted or dropped go into the text, unless it is text that brings a picture of itself along. */
function takeFiles(view: EditorView, data: DataTransfer | null, tools: FileTools, at?: number): boolean {
  const files = [...(data?.files ?? [])];
  if (!view.editable || files.length === 0 || (data?.getData('text/plain') ?? '') !== '') return false;
  tools.add(view, files, at);
  return true;
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
      strikeControlLabel: t('control.strike'),
      tasksControlLabel: t('control.taskList'),
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
