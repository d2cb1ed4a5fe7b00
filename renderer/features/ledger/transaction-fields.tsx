import { Autocomplete, Group, NativeSelect, Select, Stack, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { subjectOf } from '../../../shared/network/ledger/accounts';
import { MONEY_ACCOUNTS, type MoneyAccount } from '../../../shared/network/ledger/drafts';
import { activeMembers } from '../../../shared/network/membership/queries';
import { useNetwork } from '../../app/network';
import { type EntryValues, hasField, unitOf } from './entry-form';
import { EXPENSE_CATEGORIES, INCOME_CATEGORIES, useAccountLabel, useNameOf } from './labels';

interface Props {
  readonly values: EntryValues;
  readonly unit: string;
  readonly change: (part: Partial<EntryValues>) => void;
  readonly faultText: (field: keyof EntryValues) => string | undefined;
}

/** Who, for what, how much and where, as far as what happened needs them. */
export function TransactionFields({ values, unit, change, faultText }: Props) {
  const { t } = useTranslation('ledger');
  const { what } = values;
  const counted = unitOf(what, unit);
  return (
    <Stack gap="md">
      {hasField(what, 'member') && <MemberField values={values} change={change} error={faultText('member')} />}
      {hasField(what, 'category') && <CategoryField values={values} change={change} error={faultText('category')} />}
      {hasField(what, 'resource') && <ResourceField values={values} change={change} error={faultText('resource')} />}
      {hasField(what, 'from') && <AccountFields values={values} change={change} faultText={faultText} />}
      <Group grow align="flex-start">
        <TextInput
          label={t(what === 'hours' ? 'form.hours' : what === 'in-kind' ? 'form.value' : 'form.amount')}
          required
          inputMode="decimal"
          autoComplete="off"
          rightSection={counted === 'hour' ? t('form.hourUnit') : counted}
          rightSectionWidth={56}
          rightSectionPointerEvents="none"
          value={values.amount}
          error={faultText('amount')}
          onChange={(event) => change({ amount: event.currentTarget.value })}
        />
        {hasField(what, 'money') && (
          <NativeSelect
            label={t(what === 'money' || what === 'income' ? 'form.into' : 'form.paidFrom')}
            data={MONEY_ACCOUNTS.map((account) => ({ value: account, label: t(`account.${account}`) }))}
            value={values.money}
            onChange={(event) => change({ money: event.currentTarget.value as MoneyAccount })}
          />
        )}
      </Group>
    </Stack>
  );
}

interface FieldProps {
  readonly values: EntryValues;
  readonly change: (part: Partial<EntryValues>) => void;
  readonly error: string | undefined;
}

function MemberField({ values, change, error }: FieldProps) {
  const { t } = useTranslation('ledger');
  const { state } = useNetwork();
  const nameOf = useNameOf();
  const data = useMemo(() => activeMembers(state).map(({ id }) => ({ value: id, label: nameOf(id) })), [state, nameOf]);
  return (
    <Select
      label={t(`form.member.${values.what}`)}
      required
      searchable
      allowDeselect={false}
      data={data}
      value={values.member === '' ? null : values.member}
      error={error}
      onChange={(member) => change({ member: member ?? '' })}
    />
  );
}

function CategoryField({ values, change, error }: FieldProps) {
  const { t } = useTranslation('ledger');
  const { balances } = useNetwork().state;
  const labelOf = useAccountLabel();
  const kind = values.what === 'income' ? 'income' : 'expense';
  const data = useMemo(() => {
    const offered: readonly string[] = kind === 'income' ? INCOME_CATEGORIES : EXPENSE_CATEGORIES;
    const used = [...balances.values()]
      .filter(({ account }) => account.startsWith(`${kind}:`))
      .map(({ account }) => subjectOf(account) ?? '');
    // The typed words and the offered ones both become the category's slug, so labels are what the field holds.
    return [...new Set([...used, ...offered].map((category) => labelOf(`${kind}:${category}`)))];
  }, [balances, kind, labelOf]);
  return (
    <Autocomplete
      label={t(`form.category.${kind}`)}
      description={t('form.categoryHint')}
      required
      data={data}
      maxLength={40}
      value={values.category}
      error={error}
      onChange={(category) => change({ category })}
    />
  );
}

function ResourceField({ values, change, error }: FieldProps) {
  const { t } = useTranslation('ledger');
  const { resources } = useNetwork().state;
  const nameOf = useNameOf();
  const data = useMemo(
    () =>
      [...resources.values()]
        .filter(({ status }) => status !== 'held' && status !== 'dropped')
        .map(({ id }) => ({ value: id, label: nameOf(id) })),
    [resources, nameOf],
  );
  return (
    <Select
      label={t('form.resource')}
      required
      data={data}
      nothingFoundMessage={t('form.noResource')}
      value={values.resource === '' ? null : values.resource}
      error={error}
      onChange={(resource) =>
        change({ resource: resource ?? '', allowance: resources.get(resource ?? '')?.proposal ?? '' })
      }
    />
  );
}

function AccountFields({ values, change, faultText }: Omit<Props, 'unit'>) {
  const { t } = useTranslation('ledger');
  const { state } = useNetwork();
  const labelOf = useAccountLabel();
  const data = useMemo(() => {
    const own = activeMembers(state).flatMap(({ id }) => [`member:${id}`, `owed:${id}`]);
    return [...MONEY_ACCOUNTS, ...own].map((value) => ({ value, label: labelOf(value) }));
  }, [state, labelOf]);
  return (
    <Group grow align="flex-start">
      {(['from', 'to'] as const).map((field) => (
        <Select
          key={field}
          label={t(`form.${field}`)}
          required
          searchable
          allowDeselect={false}
          data={data}
          value={values[field] === '' ? null : values[field]}
          error={faultText(field)}
          onChange={(account) => change({ [field]: account ?? '' })}
        />
      ))}
    </Group>
  );
}
