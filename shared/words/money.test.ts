import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalsOf, formatAmount, formatMoney, parseMoney } from './money';

const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const locales = fc.constantFrom('en', 'en-GB', 'de', 'fr', 'de-CH', 'es', 'ar-EG', 'hi', 'pt-BR', 'sv', 'pl');
const units = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CHF', 'hour');

describe('amounts of money and hours', () => {
  test('what a form shows is read back as the same integer, in every locale and unit', () => {
    fc.assert(
      fc.property(amounts, units, locales, (amount, unit, locale) => {
        expect(parseMoney(formatAmount(amount, unit, locale), unit, locale)).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });

  test('any text gives a safe integer or null', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), units, locales, (text, unit, locale) => {
        const value = parseMoney(text, unit, locale);
        expect(value === null || Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });

  test.each([
    ['1234.5', 'EUR', 'en', 123450],
    ['1,234.50', 'EUR', 'en', 123450],
    ['1.234,50', 'EUR', 'de', 123450],
    ['1 234,5', 'EUR', 'fr', 123450],
    ['1’234.50', 'CHF', 'de-CH', 123450],
    ['€12', 'EUR', 'en', 1200],
    ['12 €', 'EUR', 'de', 1200],
    ['12 EUR', 'EUR', 'en', 1200],
    ['-0.05', 'EUR', 'en', -5],
    ['0', 'EUR', 'en', 0],
    ['500', 'JPY', 'en', 500],
    ['1.25', 'hour', 'en', 125],
    ['1,5 h', 'hour', 'de', 150],
    ['١٢٫٥', 'EUR', 'ar-EG', 1250],
  ])('%j of %s in %s is %i', (text, unit, locale, expected) => {
    expect(parseMoney(text, unit, locale)).toBe(expected);
  });

  test.each([
    ['', 'EUR', 'en'],
    ['abc', 'EUR', 'en'],
    ['1,5', 'EUR', 'en'],
    ['1.234', 'EUR', 'en'],
    ['1.5', 'EUR', 'de'],
    ['1.2.3', 'EUR', 'en'],
    ['1,23,4', 'EUR', 'en'],
    ['1.5', 'JPY', 'en'],
    ['1.255', 'hour', 'en'],
    ['1e5', 'EUR', 'en'],
    ['0x10', 'EUR', 'en'],
    ['Infinity', 'EUR', 'en'],
    ['.5', 'EUR', 'en'],
    ['5.', 'EUR', 'en'],
    ['12 USD', 'EUR', 'en'],
    ['99999999999999999', 'EUR', 'en'],
  ])('%j of %s in %s is refused', (text, unit, locale) => {
    expect(parseMoney(text, unit, locale)).toBeNull();
  });

  test('a figure is written as the locale writes it, exactly, however large', () => {
    expect(formatMoney(123450, 'EUR', 'en')).toBe('€1,234.50');
    expect(formatMoney(-5, 'EUR', 'en')).toBe('-€0.05');
    expect(formatMoney(500, 'JPY', 'en')).toBe('¥500');
    expect(formatMoney(150, 'hour', 'en')).toBe('1.5 hr');
    expect(formatMoney(999_999_999_999_999, 'EUR', 'en')).toBe('€9,999,999,999,999.99');
    expect(decimalsOf('KWD')).toBe(3);
  });
});
