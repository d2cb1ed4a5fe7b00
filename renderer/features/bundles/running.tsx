import { Button, Group, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorCode } from '../../../shared/errors';
import { useProgress } from '../../app/engine';
import { useNetworkStore } from '../../app/network';

/** Whether the person ended it: then there is nothing to tell them. */
export const wasCancelled = (failure: unknown): boolean => errorCode(failure) === 'bundle-cancelled';

/** How far it is, and a way to end it. Before the first report a passphrase is turned into a key, which takes a second or two on purpose. */
export function Running({ task, label }: { readonly task: 'export' | 'import'; readonly label: string }) {
  const { t } = useTranslation('bundles');
  const { engine, id } = useNetworkStore();
  const { done, total } = useProgress(task) ?? { done: 0, total: 0 };
  return (
    <Group align="end" gap="sm">
      <div role="status" style={{ flexGrow: 1 }}>
        <Text size="sm" mb={4}>
          {label}
        </Text>
        <Progress value={total === 0 ? 0 : (100 * done) / total} size="sm" aria-label={label} />
      </div>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconX size={16} aria-hidden />}
        onClick={() => void engine.cancelBundle(id)}
      >
        {t('cancel')}
      </Button>
    </Group>
  );
}
