import { Button, Group, Stack, Text } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../../shared/network/state';
import { useNetwork, useText } from '../../../app/network';
import { FormError } from '../../../ui/errors';
import { LongTask } from '../../../ui/long-task';
import { ExportResult } from './export-result';
import { useExport } from './use-export';

/** All pages into one archive, with copies of what the record says. */
export function ExportAll() {
  const { t } = useTranslation('exchange');
  const network = useText(useNetwork().state.network.get(NETWORK_KEY)?.name);
  const { running, result, error, cancel, saveArchive } = useExport();
  const progress = useRef<HTMLDivElement>(null);
  // The button is the last thing on its screen: how it goes would be told below the window's edge.
  useEffect(() => {
    if (running || result !== undefined) progress.current?.scrollIntoView({ block: 'nearest' });
  }, [running, result]);
  // After the day too, so that several in one folder can be told apart.
  const save = (): void =>
    void saveArchive(null, `${network ?? t('pagesName')} ${new Date().toISOString().slice(0, 10)}`);
  return (
    <Stack gap="sm">
      <Group>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconFileZip size={18} aria-hidden />}
          disabled={running}
          onClick={save}
        >
          {t('all')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('allAbout')}
      </Text>
      <div ref={progress}>
        {running && <LongTask task="pages" label={t('running')} onCancel={cancel} />}
        <FormError error={error} />
        <div role="status">{result !== undefined && <ExportResult result={result} />}</div>
      </div>
    </Stack>
  );
}
