import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { versionAt } from '../../../../shared/network/agreement/past';
import { sealedOf, versionsNewestFirst } from '../../../../shared/network/agreement/queries';
import { useNetwork } from '../../../app/network';
import { Finality, Moment } from '../../../ui';
import { ProtocolsDiff } from '../protocols-diff';
import { useReadable } from '../readable';
import { DecisionOf } from './decision-of';
import { PastVersion } from './past-version';

type Asked = Readonly<Partial<Record<'on' | 'read' | 'from' | 'to', string>>>;
const ASKED = ['on', 'read', 'from', 'to'] as const;

/** Every version that was ever in force: any to read, by its number or by a date, and any two to compare. What is shown is in the address. */
export function VersionsTab({ inForce }: { readonly inForce: AgreementVersion }) {
  const { state } = useNetwork();
  const [asked, ask] = useAsked();
  const read = asked.read === undefined ? undefined : state.versions.get(asked.read);
  return (
    <Stack gap="xl">
      <OnDate asked={asked} ask={ask} />
      <VersionsTable inForce={inForce} ask={ask} />
      <Compare asked={asked} ask={ask} inForce={inForce} />
      {read !== undefined && <PastVersion version={read} inForce={inForce} />}
    </Stack>
  );
}

/** Nobody goes back through what they looked at one after the other: it takes the address's place. */
function useAsked(): [Asked, (next: Asked) => void] {
  const [, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const asked = Object.fromEntries(ASKED.flatMap((key) => (search.has(key) ? [[key, search.get(key) ?? '']] : [])));
  const ask = (next: Asked): void => {
    const entries = Object.entries(next).filter(([, value]) => value !== '');
    navigate(`/agreement?${new URLSearchParams([['view', 'versions'], ...entries])}`, { replace: true });
  };
  return [asked, ask];
}

interface Props {
  readonly asked: Asked;
  readonly ask: (next: Asked) => void;
}

/** The version in force at the end of a day, as this machine's time zone has it. */
function OnDate({ asked, ask }: Props) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const date = asked.on ?? '';
  const on = (day: string): AgreementVersion | undefined => {
    const end = new Date(`${day}T23:59:59.999`).getTime();
    return Number.isNaN(end) ? undefined : versionAt(state, end);
  };
  const found = on(date);
  return (
    <Group align="flex-end">
      <TextInput
        type="date"
        label={t('versions.on')}
        value={date}
        onChange={(event) => {
          const day = event.currentTarget.value;
          const version = on(day);
          ask({ on: day, ...(version === undefined ? {} : { read: version.id }) });
        }}
      />
      <Text role="status" pb={8}>
        {date !== '' &&
          (found === undefined ? t('versions.before') : t('versions.wasInForce', { number: found.number }))}
      </Text>
    </Group>
  );
}

function VersionsTable({ inForce, ask }: { readonly inForce: AgreementVersion; readonly ask: Props['ask'] }) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  return (
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
          {versionsNewestFirst(state).map((version) => (
            <Table.Tr key={version.id}>
              <Table.Th scope="row" fw={500}>
                <Group gap="xs">
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
                    onClick={() => ask({ read: version.id })}
                  >
                    {t('versions.read')}
                  </Button>
                  {version.base !== null && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      aria-label={t('versions.changesOf', { number: version.number })}
                      onClick={() => ask({ from: version.base ?? version.id, to: version.id })}
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
  );
}

/** Any two, in either direction; before somebody chooses, the first and the one in force stand there, and nothing is compared. */
function Compare({ asked, ask, inForce }: Props & { readonly inForce: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const versions = versionsNewestFirst(state);
  const [before, after] = [asked.from, asked.to].map((id) => state.versions.get(id ?? ''));
  const pair = {
    from: before?.id ?? (asked.read !== undefined && asked.read !== inForce.id ? asked.read : versions.at(-1)!.id),
    to: after?.id ?? inForce.id,
  };
  if (versions.length < 2) return null;
  const options = versions.map((version) => ({ value: version.id, label: t('version', { number: version.number }) }));
  return (
    <Stack component="section" gap="lg" aria-label={t('versions.compare')}>
      <Title order={2}>{t('versions.compare')}</Title>
      <Group align="flex-end">
        <NativeSelect
          label={t('versions.from')}
          value={pair.from}
          data={options}
          onChange={(event) => ask({ ...pair, from: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('versions.to')}
          value={pair.to}
          data={options}
          onChange={(event) => ask({ ...pair, to: event.currentTarget.value })}
        />
        {(before === undefined || after === undefined) && (
          <Button variant="default" onClick={() => ask(pair)}>
            {t('versions.show')}
          </Button>
        )}
      </Group>
      {before !== undefined && after !== undefined && (
        <Comparison key={`${before.id} ${after.id}`} before={before} after={after} />
      )}
    </Stack>
  );
}

function Comparison({ before, after }: { readonly before: AgreementVersion; readonly after: AgreementVersion }) {
  return <ProtocolsDiff before={useReadable(before.protocols)} after={useReadable(after.protocols)} />;
}
