import { Button, Group, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProgress } from '../app/engine';

interface Props {
  /** The engine's name for it, under which it tells how far it is. */
  readonly task: string;
  readonly label: string;
  readonly onCancel: () => void;
}

/** How far something long is, and a way to end it. */
export function LongTask({ task, label, onCancel }: Props) {
  const { t } = useTranslation('ui');
  const { done, total } = useProgress(task) ?? { done: 0, total: 0 };
  return (
    <Group align="end" gap="sm">
      <div role="status" style={{ flexGrow: 1 }}>
        <Text size="sm" mb={4}>
          {label}
        </Text>
        <Progress value={total === 0 ? 0 : (100 * done) / total} size="sm" aria-label={label} />
      </div>
      <Button variant="default" size="compact-sm" leftSection={<IconX size={16} aria-hidden />} onClick={onCancel}>
        {t('cancel')}
      </Button>
    </Group>
  );
}
