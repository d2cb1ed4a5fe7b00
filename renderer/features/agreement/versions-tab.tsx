import { Anchor, Badge, Button, Group, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AgreementVersion } from '../../../shared/network/agreement/model';
import { sealedOf, versionsNewestFirst } from '../../../shared/network/agreement/queries';
import { useNetwork } from '../../app/network';
import { DetachedText, Finality, Moment } from '../../ui';
import { ProtocolsDiff } from './protocols-diff';
import { useReadable } from './readable';
import { VersionView } from './version-view';

/** Every version that was ever in force, any of them to read, any two to compare. */
export function VersionsTab({ inForce }: { readonly inForce: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const versions = versionsNewestFirst(state);
  const [read, setRead] = useState<string | null>(null);
  const [pair, setPair] = useState<{ before: string; after: string } | null>(null);
  const shown = read === null ? undefined : state.versions.get(read);
  const before = pair === null ? undefined : state.versions.get(pair.before);
  const after = pair === null ? undefined : state.versions.get(pair.after);
  const options = versions.map((version) => ({ value: version.id, label: t('version', { number: version.number }) }));

  return (
    <Stack gap="xl">
      <Table.ScrollContainer minWidth={480} type="native">
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('versions.version')}</Table.Th>
              <Table.Th scope="col">{t('versions.decision')}</Table.Th>
              <Table.Th scope="col">{t('versions.since')}</Table.Th>
              <Table.Th scope="col">{t('versions.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((version) => (
              <Table.Tr key={version.id}>
                <Table.Th scope="row" fw={500}>
                  <Group gap="xs" wrap="nowrap">
                    {t('version', { number: version.number })}
                    {version.id === inForce.id && <Badge miw="max-content">{t('inForce')}</Badge>}
                    <Finality why={version.why} sealed={sealedOf(state, version)} />
                  </Group>
                </Table.Th>
                <Table.Td>
                  <DecisionOf version={version} />
                </Table.Td>
                <Table.Td>
                  <Moment time={version.time} />
                </Table.Td>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      aria-label={t('versions.readOf', { number: version.number })}
                      onClick={() => {
                        setRead(version.id);
                        setPair(null);
                      }}
                    >
                      {t('versions.read')}
                    </Button>
                    {version.base !== null && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={t('versions.changesOf', { number: version.number })}
                        onClick={() => {
                          setPair({ before: version.base ?? version.id, after: version.id });
                          setRead(null);
                        }}
                      >
                        {t('versions.changes')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown !== undefined && (
        <Stack component="section" gap="lg" aria-label={t('version', { number: shown.number })}>
          <Text c="dimmed">
            {shown.id === inForce.id
              ? t('versions.readingCurrent', { number: shown.number })
              : t('versions.reading', { number: shown.number })}
          </Text>
          <VersionView version={shown} current={shown.id === inForce.id} />
        </Stack>
      )}
      {pair !== null && before !== undefined && after !== undefined && (
        <Stack component="section" gap="lg" aria-label={t('versions.compare')}>
          <Title order={2}>{t('versions.compare')}</Title>
          <Group align="flex-end">
            <NativeSelect
              label={t('versions.from')}
              value={pair.before}
              data={options}
              onChange={(event) => setPair({ ...pair, before: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('versions.to')}
              value={pair.after}
              data={options}
              onChange={(event) => setPair({ ...pair, after: event.currentTarget.value })}
            />
          </Group>
          <Comparison key={`${pair.before} ${pair.after}`} before={before} after={after} />
        </Stack>
      )}
    </Stack>
  );
}

function Comparison({ before, after }: { readonly before: AgreementVersion; readonly after: AgreementVersion }) {
  return <ProtocolsDiff before={useReadable(before.protocols)} after={useReadable(after.protocols)} />;
}

function DecisionOf({ version }: { readonly version: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const proposal = state.proposals.get(version.id);
  if (proposal === undefined) return <>{t('founding')}</>;
  return (
    <Anchor component={Link} href={`/decisions/${proposal.id}`} inherit>
      <DetachedText of={proposal.title} />
    </Anchor>
  );
}
