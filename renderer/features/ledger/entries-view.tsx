import { Button, Group, NativeSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ENTRY_KINDS, type EntryKind } from '../../../shared/network/ledger/model';
import { filterEntries } from '../../../shared/network/ledger/queries';
import { useNetwork } from '../../app/network';
import { Loading } from '../../ui';
import { EntriesTable } from './entries-table';
import { useAccountLabel, useNameOf } from './labels';
import classes from './ledger.module.css';
import { useLedgerScreen } from './store';
import { useEntries } from './use-entries';

export function EntriesView() {
  const { t } = useTranslation('ledger');
  const entries = useEntries();
  const { filter, clear } = useLedgerScreen();
  const shown = useMemo(() => entries && filterEntries(entries, filter), [entries, filter]);
  const filtered = Object.keys(filter).length > 0;
  return (
    <Stack gap="sm">
      <Filters />
      <Group justify="space-between" mih={32}>
        <Text size="sm" c="dimmed" role="status">
          {shown !== undefined &&
            (filtered
              ? t('filter.some', { count: shown.length, total: entries?.length })
              : t('filter.all', { count: shown.length }))}
        </Text>
        {filtered && (
          <Button size="compact-sm" variant="subtle" onClick={clear}>
            {t('filter.clear')}
          </Button>
        )}
      </Group>
      {shown === undefined ? <Loading /> : <EntriesTable rows={shown} label={t('view.entries')} />}
    </Stack>
  );
}

function Filters() {
  const { t } = useTranslation('ledger');
  const { balances, members } = useNetwork().state;
  const labelOf = useAccountLabel();
  const nameOf = useNameOf();
  const { filter, narrow } = useLedgerScreen();
  const accounts = useMemo(() => {
    const known = [...new Set([...balances.values()].map(({ account }) => account))];
    return known.map((value) => ({ value, label: labelOf(value) })).sort((a, b) => a.label.localeCompare(b.label));
  }, [balances, labelOf]);
  const people = useMemo(
    () => [...members.values()].map(({ id }) => ({ value: id, label: nameOf(id) })),
    [members, nameOf],
  );
  const orNone = <T extends string>(value: T | '' | null): T | undefined =>
    value === '' || value === null ? undefined : value;
  return (
    <div className={classes['filters']}>
      <Select
        label={t('filter.account')}
        placeholder={t('filter.any')}
        data={accounts}
        value={filter.account ?? null}
        onChange={(value) => narrow({ account: orNone(value) })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearOne') }}
      />
      <Select
        label={t('filter.member')}
        placeholder={t('filter.any')}
        data={people}
        value={filter.member ?? null}
        onChange={(value) => narrow({ member: orNone(value) })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearOne') }}
      />
      <NativeSelect
        label={t('filter.kind')}
        data={[
          { value: '', label: t('filter.any') },
          ...ENTRY_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        ]}
        value={filter.kind ?? ''}
        onChange={(event) => narrow({ kind: orNone(event.currentTarget.value as EntryKind | '') })}
      />
      <TextInput
        type="date"
        label={t('filter.from')}
        value={filter.from ?? ''}
        onChange={(event) => narrow({ from: orNone(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        label={t('filter.until')}
        value={filter.until ?? ''}
        onChange={(event) => narrow({ until: orNone(event.currentTarget.value) })}
      />
    </div>
  );
}
