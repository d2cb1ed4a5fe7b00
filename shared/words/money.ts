/** Amounts are integer minor units (cents for EUR, hundredths for `hour`); nothing here ever holds a fraction in a float. */

const HOUR_DECIMALS = 2;
const MAX_DIGITS = 15;

/** Decimals of a unit's minor unit: by ISO 4217 as Intl knows it, two for `hour`. */
export function decimalsOf(unit: string): number {
  if (unit === 'hour') return HOUR_DECIMALS;
  return currencyFormat('en', unit).resolvedOptions().maximumFractionDigits ?? 2;
}

/** For people: currency with its symbol, hours as hours. */
export function formatMoney(amount: number, unit: string, locale: string): string {
  const decimal = decimalText(amount, decimalsOf(unit));
  if (unit !== 'hour') return currencyFormat(locale, unit).format(decimal);
  return hourFormat(locale).format(decimal);
}

/** For form fields: the number alone, in the locale's writing, without grouping; `parseMoney` reads it back. */
export function formatAmount(amount: number, unit: string, locale: string): string {
  const decimals = decimalsOf(unit);
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: false,
  }).format(decimalText(amount, decimals));
}

/**
 * Reads what a person typed, in the locale's own writing, to integer minor units; null for anything that is not clearly an amount:
 * wrong grouping, the other decimal separator, too many decimals, too large. It never guesses, since a guess is off by a hundred.
 */
export function parseMoney(text: string, unit: string, locale: string): number | null {
  const { group, decimal, digits } = separators(locale);
  const decimals = decimalsOf(unit);
  // Right-to-left locales wrap the sign in marks of direction.
  let plain = text.replace(/[\u061c\u200e\u200f]/g, '').trim();
  for (const mark of unitMarks(unit, locale)) plain = stripMark(plain, mark);
  plain = plain
    .replace(/[\u2212\u2012\u2013]/g, '-')
    .replace(/[\s\u00a0\u202f]/g, ' ')
    .replace(/\u2019/g, "'");
  for (const [index, digit] of digits.entries()) plain = plain.replaceAll(digit, String(index));
  const sep = escapeRegExp(/[\s\u00a0\u202f]/.test(group) ? ' ' : group.replace('\u2019', "'"));
  const whole = `\\d+|\\d{1,3}(?:${sep}\\d{2,3})*${sep}\\d{3}`;
  const match = new RegExp(`^(-?)(${whole})(?:${escapeRegExp(decimal)}(\\d{1,${Math.max(decimals, 1)}}))?$`).exec(
    plain,
  );
  if (match === null) return null;
  const [, sign, integer = '', fraction = ''] = match;
  if (fraction.length > decimals) return null;
  const all = (integer.replace(/\D/g, '') + fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '');
  if (all.length > MAX_DIGITS) return null;
  const value = Number(all);
  return sign === '-' && value !== 0 ? -value : value;
}

function decimalText(amount: number, decimals: number): `${number}` {
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return `${amount < 0 ? '-' : ''}${text}` as `${number}`;
}

function separators(locale: string): { group: string; decimal: string; digits: readonly string[] } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true, minimumFractionDigits: 1 }).formatToParts(1234567.5);
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  return {
    group: parts.find((part) => part.type === 'group')?.value ?? ',',
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    digits: Array.from({ length: 10 }, (_, digit) => plain.format(digit)),
  };
}

function unitMarks(unit: string, locale: string): readonly string[] {
  if (unit === 'hour') return ['h'];
  const symbols = (['symbol', 'narrowSymbol'] as const).map(
    (currencyDisplay) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency: unit, currencyDisplay })
        .formatToParts(1)
        .find((part) => part.type === 'currency')?.value ?? unit,
  );
  return [unit, ...symbols];
}

function stripMark(text: string, mark: string): string {
  if (text.startsWith(mark)) return text.slice(mark.length).trimStart();
  if (text.endsWith(mark)) return text.slice(0, -mark.length).trimEnd();
  return text;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const formats = new Map<string, Intl.NumberFormat>();
function currencyFormat(locale: string, currency: string): Intl.NumberFormat {
  return cached(`${locale} ${currency}`, () => new Intl.NumberFormat(locale, { style: 'currency', currency }));
}
function hourFormat(locale: string): Intl.NumberFormat {
  return cached(
    `${locale} hour`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: 'hour',
        unitDisplay: 'short',
        maximumFractionDigits: HOUR_DECIMALS,
      }),
  );
}
function cached(key: string, make: () => Intl.NumberFormat): Intl.NumberFormat {
  const found = formats.get(key) ?? make();
  formats.set(key, found);
  return found;
}
