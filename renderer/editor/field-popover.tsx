import { Button, Group, Popover, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';

interface Props {
  readonly opened: boolean;
  readonly onDismiss: () => void;
  readonly label: string;
  /** What opens it. */
  readonly target: ReactNode;
  /** The field. */
  readonly children: ReactNode;
  /** What else can be done, before the button that saves. */
  readonly more?: ReactNode;
  readonly save: string;
  readonly onSave: () => void;
}

/** A form of one field beside what opened it. */
export function FieldPopover({ opened, onDismiss, label, target, children, more, save, onSave }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The editor around it has its own forms and keys.
    event.stopPropagation();
    onSave();
  };
  return (
    <Popover opened={opened} onDismiss={onDismiss} trapFocus returnFocus withArrow shadow="md" withinPortal>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form onSubmit={submit}>
          <Stack gap="xs" w="18rem" maw="80vw">
            {children}
            <Group justify="flex-end" gap="xs">
              {more}
              <Button size="xs" type="submit">
                {save}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
