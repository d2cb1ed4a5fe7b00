import { Button, TextInput } from '@mantine/core';
import { IconAlt } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_LABEL } from '../../../shared/commons/text/schema';
import { FieldPopover } from '../field-popover';

interface Props {
  readonly alt: string;
  readonly onSave: (alt: string) => void;
}

/** Says what is to be seen in a picture, for who does not see it. */
export function AltControl({ alt, onSave }: Props) {
  const { t } = useTranslation('editor');
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState('');
  const open = () => {
    setText(alt);
    setOpened(true);
  };
  const save = () => {
    onSave(text.trim());
    setOpened(false);
  };
  return (
    <FieldPopover
      opened={opened}
      onDismiss={() => setOpened(false)}
      label={t('alt.label')}
      target={
        <Button size="xs" variant="default" leftSection={<IconAlt size={16} aria-hidden />} onClick={open}>
          {t(alt === '' ? 'alt.add' : 'alt.change')}
        </Button>
      }
      save={t('alt.save')}
      onSave={save}
    >
      <TextInput
        label={t('alt.label')}
        description={t('alt.hint')}
        maxLength={MAX_LABEL}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
    </FieldPopover>
  );
}
