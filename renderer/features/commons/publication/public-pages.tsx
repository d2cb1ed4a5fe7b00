import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Publication } from '../../../../shared/network/publication/model';
import { publicPages } from '../../../../shared/network/publication/queries';
import { useNetwork, useText } from '../../../app/network';
import { FormError, Moment } from '../../../ui';
import { LongTask } from '../../../ui/long-task';
import { useCommons } from '../commons-context';
import { ExportResult } from '../exchange/export-result';
import { useExport } from '../exchange/use-export';

/** What of the commons is public, and a way to take it to any web server. */
export function PublicPages() {
  const { t } = useTranslation(['publication', 'exchange']);
  const { state } = useNetwork();
  const rows = useMemo(() => publicPages(state), [state]);
  const { running, result, error, cancel, savePublic } = useExport();
  return (
    <Stack component="section" gap="sm" aria-labelledby="public-pages">
      <Title order={2} size="h3" id="public-pages">
        {t('list.title')}
      </Title>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('list.none')}</Text>
      ) : (
        <>
          <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: 'none' }}>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </Stack>
          <Group>
            <Button
              variant="default"
              size="sm"
              leftSection={<IconFileZip size={18} aria-hidden />}
              disabled={running}
              onClick={() => void savePublic(t('list.heading'))}
            >
              {t('list.export')}
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {t('list.about')}
          </Text>
        </>
      )}
      {running && <LongTask task="pages" label={t('running', { ns: 'exchange' })} onCancel={cancel} />}
      <FormError error={error} />
      <div role="status">{result !== undefined && <ExportResult result={result} />}</div>
    </Stack>
  );
}

function Row({ row }: { readonly row: Publication }) {
  const { t } = useTranslation('publication');
  const { all } = useCommons();
  const title = useText(row.title);
  const page = all.get(row.page);
  return (
    <li>
      <Group gap="sm">
        <Anchor component={Link} href={`/commons/${row.page}`}>
          {title === null ? t('list.erased') : <bdi>{title === '' ? t('untitled') : (title ?? '…')}</bdi>}
        </Anchor>
        <Text size="sm" c="dimmed">
          <Moment time={row.time} />
        </Text>
        {page?.deleted === true && <Badge color="yellow">{t('list.deleted')}</Badge>}
      </Group>
    </li>
  );
}
