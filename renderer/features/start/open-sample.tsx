import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useEngine, useProgress } from '../../app/engine';
import { FormError } from '../../ui';

interface Props {
  /** The sample network that is here already. */
  readonly known: string | undefined;
  /** Whether there is no network here yet. */
  readonly first: boolean;
}

/** A way to look around before founding or joining anything. */
export function OpenSample({ known, first }: Props) {
  const { t } = useTranslation('start');
  const engine = useEngine();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const progress = useProgress('sample');
  const percent = progress === undefined || progress.total === 0 ? 0 : (100 * progress.done) / progress.total;
  const open = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      navigate(`/n/${known ?? (await engine.calls.openSample())}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="sample">
      <Title order={2} id="sample" mb={4}>
        {t(first ? 'sample.title' : 'sample.titleLater')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <Text c="dimmed" maw="var(--peerhold-measure)">
          {t('sample.text')}
        </Text>
        <Group>
          <Button variant="default" onClick={() => void open()} loading={busy}>
            {t(known === undefined ? 'sample.make' : 'sample.open')}
          </Button>
          {busy && known === undefined && (
            <Group gap="sm" role="status">
              <Progress value={percent} w="10rem" aria-label={t('sample.progress')} />
              <Text size="sm" c="dimmed">
                {t('sample.progress')}
              </Text>
            </Group>
          )}
        </Group>
        <FormError error={error} />
      </Stack>
    </section>
  );
}
