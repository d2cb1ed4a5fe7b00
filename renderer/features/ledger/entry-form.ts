import type { MoneyAccount, Transaction } from '../../../shared/network/ledger/drafts';
import { slug } from '../../../shared/network/membership/model';
import { MAX_AMOUNT } from '../../../shared/network/agreement/model';
import { parseMoney } from '../../../shared/words/money';
import { today } from '../../ui/dates';

/** What a person can say happened; several of these are one kind of entry in the books. */
export const HAPPENINGS = [
  'money',
  'hours',
  'in-kind',
  'expense',
  'out-of-pocket',
  'pay-back',
  'income',
  'transfer',
  'purchase',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** The form's fields as they stand on the screen; '' where nothing is chosen. Which of them count depends on `what`. */
export interface EntryValues {
  readonly what: Happening;
  readonly member: string;
  readonly category: string;
  readonly money: MoneyAccount;
  readonly from: string;
  readonly to: string;
  readonly resource: string;
  readonly amount: string;
  readonly date: string;
  readonly memo: string;
  readonly allowance: string;
  /** The pledge that a contribution pays; only ever prefilled. */
  readonly pledge: string;
}

type Field = keyof EntryValues;
const FIELDS: Readonly<Record<Happening, readonly Field[]>> = {
  money: ['member', 'amount', 'money'],
  hours: ['member', 'amount'],
  'in-kind': ['member', 'amount'],
  expense: ['category', 'amount', 'money'],
  'out-of-pocket': ['member', 'category', 'amount'],
  'pay-back': ['member', 'amount', 'money'],
  income: ['category', 'amount', 'money'],
  transfer: ['from', 'to', 'amount'],
  purchase: ['resource', 'amount', 'money'],
};

export const hasField = (what: Happening, field: Field): boolean => FIELDS[what].includes(field);

/** Keys of i18n under `form.faults`. */
export type Faults = { readonly [F in Field]?: 'needed' | 'amount' | 'same' | 'category' | 'date' };

/** The unit in which a happening is counted: hours for work, else that of the network's books. */
export const unitOf = (what: Happening, unit: string): string => (what === 'hours' ? 'hour' : unit);

/** What is wrong with the form, field by field; empty when it can be signed. */
export function faultsOf(values: EntryValues, unit: string, locale: string): Faults {
  const faults: { [F in Field]?: Faults[F] } = {};
  for (const field of FIELDS[values.what]) if (values[field].trim() === '') faults[field] = 'needed';
  if (faults.amount === undefined && amountOf(values, unit, locale) === null) faults.amount = 'amount';
  if (hasField(values.what, 'category') && values.category.trim() !== '' && categorySlug(values.category) === null)
    faults.category = 'category';
  if (values.what === 'transfer' && values.from !== '' && values.from === values.to) faults.to = 'same';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.date)) faults.date = 'date';
  if (values.memo.trim() === '') faults.memo = 'needed';
  return faults;
}

/** What the form says, or null while it is incomplete; the memo and the date are not part of it. */
export function transactionOf(values: EntryValues, unit: string, locale: string): Transaction | null {
  const amount = amountOf(values, unit, locale);
  const { what, member, money, resource } = values;
  if (amount === null || FIELDS[what].some((field) => values[field].trim() === '')) return null;
  const sum = { unit, amount };
  const allowance = values.allowance === '' ? {} : { allowance: values.allowance };
  const category = hasField(what, 'category') ? categorySlug(values.category) : '';
  if (category === null) return null;
  switch (what) {
    case 'money':
      return { what, member, into: money, ...sum, ...(values.pledge === '' ? {} : { pledge: values.pledge }) };
    case 'hours':
      return { what, member, amount };
    case 'in-kind':
      return { what, member, ...sum };
    case 'expense':
      return { what, category, from: money, ...sum, ...allowance };
    case 'out-of-pocket':
      return { what: 'expense', category, from: { member }, ...sum, ...allowance };
    case 'pay-back':
      return { what: 'transfer', from: money, to: `owed:${member}`, ...sum };
    case 'income':
      return { what, category, into: money, ...sum };
    case 'transfer':
      if (values.from === values.to) return null;
      return { what, from: values.from, to: values.to, ...sum, ...allowance };
    case 'purchase':
      return { what, resource, from: money, ...sum, ...allowance };
  }
}

function amountOf(values: EntryValues, unit: string, locale: string): number | null {
  const amount = parseMoney(values.amount, unitOf(values.what, unit), locale);
  return amount === null || amount < 1 || amount > MAX_AMOUNT ? null : amount;
}

/** The category's name in the books for what a person typed: "Dépôt légal" becomes `depot-legal`; null when no letter is left. */
export function categorySlug(typed: string): string | null {
  const made = typed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return slug(made) ? made : null;
}

/** A form prefilled by a link: `/ledger/new?what=purchase&resource=…`. Foreign values of closed lists are dropped, the rest is checked with the form. */
export function valuesFrom(search: URLSearchParams, me: string): EntryValues {
  const text = (field: Field): string => search.get(field) ?? '';
  return {
    what: HAPPENINGS.find((what) => what === search.get('what')) ?? 'money',
    member: search.get('member') ?? me,
    category: text('category'),
    money: search.get('money') === 'cash' ? 'cash' : 'bank',
    from: search.get('from') ?? 'bank',
    to: text('to'),
    resource: text('resource'),
    amount: text('amount'),
    date: today(),
    memo: text('memo'),
    allowance: text('allowance'),
    pledge: text('pledge'),
  };
}
