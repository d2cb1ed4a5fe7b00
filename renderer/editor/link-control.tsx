import { Button, TextInput } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { IconLink } from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { completedAddress } from './address';
import { FieldPopover } from './field-popover';

/** Sets, changes and removes a link. An address without a scheme is taken as https, one with an at sign as e-mail. */
export function LinkControl({ editor }: { readonly editor: Editor | null }) {
  const { t } = useTranslation('editor');
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const active = useEditorState({ editor, selector: ({ editor: now }) => now?.isActive('link') ?? false });
  if (editor === null) return null;
  const open = () => {
    const href: unknown = editor.getAttributes('link')['href'];
    setText(typeof href === 'string' ? href : '');
    setWrong(false);
    setOpened(true);
  };
  const close = () => {
    setOpened(false);
    editor.commands.focus();
  };
  const save = () => {
    const address = completedAddress(text);
    if (address === null) {
      setWrong(true);
      return;
    }
    const chain = editor.chain().focus().extendMarkRange('link');
    // Without a selection there is nothing to link, so the address stands for itself.
    if (editor.state.selection.empty && active !== true)
      chain
        .insertContent({ type: 'text', text: text.trim(), marks: [{ type: 'link', attrs: { href: address } }] })
        .run();
    else chain.setLink({ href: address }).run();
    setOpened(false);
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run();
    setOpened(false);
  };
  return (
    <FieldPopover
      opened={opened}
      onDismiss={close}
      label={t('control.link')}
      target={
        <RichTextEditor.Control
          onClick={open}
          active={active === true}
          aria-label={t('control.link')}
          title={t('control.link')}
        >
          <IconLink size={16} aria-hidden />
        </RichTextEditor.Control>
      }
      more={
        active === true && (
          <Button size="xs" variant="default" onClick={remove}>
            {t('link.remove')}
          </Button>
        )
      }
      save={t('link.save')}
      onSave={save}
    >
      <TextInput
        label={t('link.address')}
        placeholder="https://"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={wrong ? t('link.wrong') : undefined}
        data-autofocus
      />
    </FieldPopover>
  );
}
