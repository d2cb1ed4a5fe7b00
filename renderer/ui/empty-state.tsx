import { Box, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconSeeding } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

/** What a view shows before there is anything in it: what will be here, and the way to begin. */
export function EmptyState({ title, text, action, icon }: Props) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
        {icon ?? <IconSeeding size={28} stroke={1.5} />}
      </ThemeIcon>
      <Title order={2} size="h3">
        {title}
      </Title>
      {text !== undefined && (
        <Text c="dimmed" maw="32rem">
          {text}
        </Text>
      )}
      {action !== undefined && <Box mt="xs">{action}</Box>}
    </Stack>
  );
}
