import { Box, Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './fold.module.css';

interface Props {
  /** What the button says, and for a screen reader, where there are many of them. */
  readonly words: string;
  readonly name: string;
  readonly opened?: boolean;
  /** Only made while it is open. */
  readonly children: ReactNode;
}

/** A button that shows what belongs to it, and hides it again. */
export function Fold({ words, name, opened: first = false, children }: Props) {
  const [opened, setOpened] = useState(first);
  const content = useId();
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={opened}
        aria-controls={content}
        aria-label={name}
        leftSection={<IconChevronRight size={14} aria-hidden className={classes['sign']} data-open={opened} />}
        onClick={() => setOpened(!opened)}
      >
        {words}
      </Button>
      <Box id={content} hidden={!opened} ps="md" pt="xs">
        {opened && children}
      </Box>
    </div>
  );
}
