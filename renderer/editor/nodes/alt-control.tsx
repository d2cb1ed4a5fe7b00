import { Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { IconAlt } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_LABEL } from '../../../shared/commons/text/schema';

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
  const save = (event: FormEvent) => {
    event.preventDefault();
    // The editor around it has its own forms and keys.
    event.stopPropagation();
    onSave(text.trim());
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onDismiss={() => setOpened(false)}
      trapFocus
      returnFocus
      withArrow
      shadow="md"
      withinPortal
    >
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconAlt size={16} aria-hidden />} onClick={open}>
          {t(alt === '' ? 'alt.add' : 'alt.change')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('alt.label')}>
        <form onSubmit={save}>
          <Stack gap="xs" w="18rem" maw="80vw">
            <TextInput
              label={t('alt.label')}
              description={t('alt.hint')}
              maxLength={MAX_LABEL}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              data-autofocus
            />
            <Group justify="flex-end">
              <Button size="xs" type="submit">
                {t('alt.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
