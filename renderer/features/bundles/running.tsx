import { Progress, Text } from '@mantine/core';
import { useProgress } from '../../app/engine';

/** How far it is. Before the first report a passphrase is turned into a key, which takes a second or two on purpose. */
export function Running({ task, label }: { readonly task: 'export' | 'import'; readonly label: string }) {
  const { done, total } = useProgress(task) ?? { done: 0, total: 0 };
  return (
    <div role="status">
      <Text size="sm" mb={4}>
        {label}
      </Text>
      <Progress value={total === 0 ? 0 : (100 * done) / total} size="sm" aria-label={label} />
    </div>
  );
}
