import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_TITLE } from '../../../shared/commons/pages';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly heading: string;
  /** Words of the button that saves. */
  readonly action: string;
  readonly initial?: string;
  readonly onSave: (title: string) => void;
}

/** Asks for a page's title. */
export function TitleDialog({ opened, onClose, heading, ...form }: Props) {
  const { t } = useTranslation('commons');
  return (
    <Modal opened={opened} onClose={onClose} title={heading} closeButtonProps={{ 'aria-label': t('close') }}>
      {opened && <TitleForm {...form} onClose={onClose} />}
    </Modal>
  );
}

function TitleForm({ action, initial = '', onSave, onClose }: Omit<Props, 'opened' | 'heading'>) {
  const { t } = useTranslation('commons');
  const [title, setTitle] = useState(initial);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === '') return;
    onSave(title.trim());
    onClose();
  };
  return (
    <form onSubmit={save}>
      <Stack>
        <TextInput
          label={t('title')}
          value={title}
          maxLength={MAX_TITLE}
          onChange={(event) => setTitle(event.currentTarget.value)}
          required
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={title.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
