import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_AMOUNT } from '../../../../shared/network/agreement/model';
import { formatAmount, parseMoney, useLocale } from '../../../ui';

/** For what is short to write; what is said about it has the whole line. */
const NARROW = { maw: 'var(--peerhold-measure)', styles: { wrapper: { maxWidth: 220 } } };

/** A whole number in bounds. What is not one is handed on as NaN, which no parameter's shape accepts, so that a form can tell. */
export function IntegerField(props: {
  label: string;
  description?: string | undefined;
  value: number;
  min: number;
  max: number;
  suffix?: string;
  onChange: (value: number) => void;
}) {
  const { t } = useTranslation('agreement');
  const valid = Number.isSafeInteger(props.value) && props.value >= props.min && props.value <= props.max;
  return (
    <NumberInput
      label={props.label}
      description={props.description}
      value={Number.isNaN(props.value) ? '' : props.value}
      onChange={(value) => props.onChange(typeof value === 'number' ? value : Number.NaN)}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      {...(props.suffix === undefined ? {} : { suffix: props.suffix })}
      {...NARROW}
      error={valid ? null : t('form.between', { min: props.min, max: props.max })}
    />
  );
}

/** An amount in minor units, typed in the person's own writing; unreadable text is handed on as NaN. */
export function AmountField(props: {
  label: string;
  description?: string | undefined;
  value: number;
  unit: string;
  onChange: (amount: number) => void;
}) {
  const { t } = useTranslation('agreement');
  const locale = useLocale();
  const [typed, setTyped] = useState(() =>
    Number.isSafeInteger(props.value) ? formatAmount(props.value, props.unit, locale) : '',
  );
  /** Nothing is said about an empty field that the person has not come to yet. */
  const [left, setLeft] = useState(typed !== '');
  const amount = parseMoney(typed, props.unit, locale);
  const valid = amount !== null && amount > 0 && amount <= MAX_AMOUNT;
  return (
    <TextInput
      label={props.label}
      description={props.description}
      value={typed}
      inputMode="decimal"
      {...NARROW}
      rightSection={<span aria-hidden>{props.unit === 'hour' ? t('form.hours') : props.unit}</span>}
      rightSectionWidth={56}
      error={valid || (!left && typed === '') ? null : t('form.amount')}
      onBlur={() => setLeft(true)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const next = parseMoney(text, props.unit, locale);
        props.onChange(next !== null && next > 0 && next <= MAX_AMOUNT ? next : Number.NaN);
      }}
    />
  );
}

/** Currencies offered in lists; any ISO code can stand in a record. `hour` only where time can be owed. */
export const CURRENCIES = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'AUD',
  'BRL',
  'CAD',
  'CZK',
  'DKK',
  'HUF',
  'INR',
  'JPY',
  'KES',
  'MXN',
  'NOK',
  'NZD',
  'PLN',
  'RON',
  'SEK',
  'TRY',
  'ZAR',
] as const;

export function UnitField(props: {
  label: string;
  description?: string | undefined;
  value: string;
  hours?: boolean;
  onChange: (unit: string) => void;
}) {
  const { t } = useTranslation('templates');
  const locale = useLocale();
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const codes = [...new Set<string>([...(props.value === 'hour' ? [] : [props.value]), ...CURRENCIES])];
  return (
    <NativeSelect
      label={props.label}
      description={props.description}
      value={props.value}
      maw={280}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data={[
        ...codes.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` })),
        ...(props.hours === true || props.value === 'hour' ? [{ value: 'hour', label: t('units.hour') }] : []),
      ]}
    />
  );
}

/** A choice among a parameter's few values, whose words stand under `templates` at `base.<value>`. */
export function ChoiceField<T extends string>(props: {
  label: string;
  description?: string | undefined;
  value: T;
  choices: readonly T[];
  words: (choice: T) => string;
  onChange: (value: T) => void;
}) {
  return (
    <NativeSelect
      label={props.label}
      description={props.description}
      value={props.value}
      maw={440}
      onChange={(event) => {
        const chosen = props.choices.find((choice) => choice === event.currentTarget.value);
        if (chosen !== undefined) props.onChange(chosen);
      }}
      data={props.choices.map((choice) => ({ value: choice, label: props.words(choice) }))}
    />
  );
}
