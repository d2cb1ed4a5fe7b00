import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../words/money';
import { figureMismatches, figuresIn, parameterFigures } from './figures';
import { type Parameters, parametersOf } from './model';
import { numberReadings } from './number-readings';
import { PRESETS, templateProtocols } from './templates';

const house = templateProtocols('house');
const paramsOf = <K extends 'decisions' | 'spending' | 'contributions' | 'admission' | 'ownership'>(kind: K) =>
  house.find((protocol) => protocol.kind === kind)!.params as Parameters<K>;
const said = (text: string, ...units: string[]) =>
  figuresIn(text, units).map(({ said: words, readings }) => [words, ...readings]);

describe('what a number can mean', () => {
  it.each([
    ['7', 7],
    ['1234', 1234],
    ['1 234', 1234],
    ['1\u202f234\u00a0567', 1234567],
    ['1’234', 1234],
    ['12.5', 12.5],
    ['12,50', 12.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['12,34,567.5', 1234567.5],
    ['1.234.567', 1234567],
    ['12,34,567', 1234567],
    ['0.125', 0.125],
    ['٦٦', 66],
    ['٦٦٫٥', 66.5],
    ['۱٬۲۳۴', 1234],
    ['६६', 66],
    ['fourteen', 14],
    ['Twenty-one', 21],
    ['ninety', 90],
    ['one hundred', 100],
  ])('%s is %s', (text, value) => expect(numberReadings(text)).toEqual([value]));

  it('of three digits behind a mark may be thousands or decimals, by who writes it', () => {
    expect(numberReadings('1.000')).toEqual([1000, 1]);
    expect(numberReadings('12,500')).toEqual([12500, 12.5]);
  });

  it('is nothing where it is no number', () => {
    for (const text of ['', 'some', '1.23.4', '1,2,3', '1.2,3,4', 'thirty-many-'])
      expect(numberReadings(text)).toEqual([]);
  });

  it.each(['en', 'de', 'de-CH', 'fr', 'es', 'pt-BR', 'sv', 'pl', 'hi', 'en-IN', 'ar-EG', 'fa'])(
    'is found among the readings of how %s writes it',
    (locale) => {
      const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 99_999_999_99 }), (hundredths) => {
          const readings = numberReadings(format.format(hundredths / 100));
          expect(readings.some((value) => Math.abs(value * 100 - hundredths) < 1e-4)).toBe(true);
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('figures in a text', () => {
  it('are days, weeks as days, and what is written with a hyphen', () => {
    expect(said('Open for 14 days, a 7-day pause, then two weeks.', 'day')).toEqual([
      ['14 days', 14],
      ['7-day', 7],
      ['two weeks', 14],
    ]);
    expect(said('14 Tage, 3 jours, 10 días, 2 Wochen, 5 dagen', 'day').map(([, value]) => value)).toEqual([
      14, 3, 10, 14, 5,
    ]);
  });

  it('are months as days, whichever days are meant, and nights with their weeks', () => {
    expect(said('Three months, 6 Monate; 2 mois', 'day')).toEqual([
      ['Three months', 90, 91, 93],
      ['6 Monate', 180, 183, 186],
      ['2 mois', 60, 61, 62],
    ]);
    expect(said('10 nights, two weeks, 3 days; 4 Nächte', 'night')).toEqual([
      ['10 nights', 10],
      ['two weeks', 14],
      ['4 Nächte', 4],
    ]);
  });

  it('are none where they say how often something is', () => {
    expect(said('We meet every two weeks, alle 3 Monate and each 14 days.', 'day')).toEqual([]);
  });

  it('are percent in signs, words and parts', () => {
    expect(said('66 %, 66,7%, 80 percent, ٦٦٪ and two thirds, ¾', 'percent')).toEqual([
      ['66 %', 66],
      ['66,7%', 66.7],
      ['80 percent', 80],
      ['٦٦٪', 66],
      ['two thirds', 66, 67],
      ['¾', 75],
    ]);
    expect(said('It takes more than half, not half of it.', 'percent')).toEqual([['more than half', 50, 51]]);
  });

  it('are sums in a currency by code or sign, before or after, as minor units', () => {
    const text = '100 EUR, EUR 12.50, €1,000, 99,95 €, 20 euros; $5 and 7 GBP';
    expect(said(text, 'EUR')).toEqual([
      ['100 EUR', 10_000],
      ['EUR 12.50', 1_250],
      ['€1,000', 100_000, 100],
      ['99,95 €', 9_995],
      ['20 euros', 2_000],
    ]);
    expect(said(text, 'CAD')).toEqual([['$5', 500]]);
    expect(said(text, 'GBP')).toEqual([['7 GBP', 700]]);
    expect(said('¥5000', 'JPY')).toEqual([['¥5000', 5_000]]);
  });

  it('are hours and shares', () => {
    expect(said('Ten hours, 1.5 h and 2 Stunden', 'hour').map(([, value]) => value)).toEqual([1_000, 150, 200]);
    expect(said('It has 1,000 shares.', 'share')).toEqual([['1,000 shares', 1_000, 1]]);
  });

  it('are rates where it is so much each month and the like', () => {
    const rates = (text: string) => figuresIn(text, ['EUR', 'hour', 'day']).map(({ isRate }) => isRate);
    for (const text of [
      '25 € a month',
      '25 EUR/month',
      '10 hours per year',
      '25 € monthly',
      '25 € im Monat',
      '5 € par mois',
    ])
      expect([text, ...rates(text)]).toEqual([text, true]);
    for (const text of ['25 € after a month', '7 days a member can wait', '25 €. A month later'])
      expect([text, ...rates(text)]).toEqual([text, false]);
  });

  it('are neither numbers of something else, nor parts of words and dates', () => {
    for (const text of [
      'One day we will know.',
      'Monday 7, daybreak',
      'room 14daylight',
      '7 members',
      'v1.7days',
      '1/2/3 of it',
    ])
      expect(said(text, 'day', 'percent')).toEqual([]);
  });

  it.each(['en', 'de', 'fr', 'es', 'nl', 'pl', 'ar-EG'])('are found as %s writes sums', (locale) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_00 }), (amount) => {
        const [figure] = figuresIn(`Up to ${formatMoney(amount, 'EUR', locale)} are free.`, ['EUR']);
        expect(figure?.readings).toContain(amount);
      }),
      { numRuns: 200 },
    );
  });

  it('are found in any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const { readings } of figuresIn(text, ['day', 'percent', 'EUR', 'hour', 'share']))
          for (const value of readings) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});

describe('a text that says another figure than the parameters', () => {
  it('is told with what they say', () => {
    expect(figureMismatches('admission', { mode: 'invite', days: 7 }, 'An invite is good for 14 days.')).toEqual([
      { unit: 'day', said: '14 days', parameters: [7] },
    ]);
    expect(
      figureMismatches('spending', paramsOf('spending'), 'Up to 150 EUR is free, beyond 100 € we decide.'),
    ).toEqual([{ unit: 'EUR', said: '150 EUR', parameters: [10_000] }]);
    expect(figureMismatches('ownership', paramsOf('ownership'), 'There are 100 shares.')).toEqual([
      { unit: 'share', said: '100 shares', parameters: [1_000] },
    ]);
    expect(figureMismatches('contributions', paramsOf('contributions'), 'Residents pay 25 € a month.')).toEqual([
      { unit: 'EUR', said: '25 €', parameters: [2_000, 5_000] },
    ]);
    const leaving = (notice: number) => ({ settle: [], notice, pledges: 'stay' });
    expect(figureMismatches('leaving', leaving(90), 'Whoever leaves says so 30 days ahead.')).toEqual([
      { unit: 'day', said: '30 days', parameters: [90] },
    ]);
    expect(figureMismatches('leaving', leaving(30), 'Whoever leaves says so three months ahead.')).toEqual([
      { unit: 'day', said: 'three months', parameters: [30] },
    ]);
    for (const notice of [90, 91, 93])
      expect(figureMismatches('leaving', leaving(notice), 'Whoever leaves says so three months ahead.')).toEqual([]);
    expect(figureMismatches('leaving', leaving(0), 'Paid back within 30 days.')).toEqual([]);
    expect(figureMismatches('decisions', paramsOf('decisions'), 'It takes 75 % of us.')).toMatchObject([
      { unit: 'percent', said: '75 %' },
    ]);
  });

  it('is told of stays and quotas, reserves, seals, and the way by which something is made public', () => {
    const use = { counts: 'nights', shortest: 1, longest: 14, per: 'all', quotas: [{ type: 'resident', most: 28 }] };
    expect(figureMismatches('use', use, 'Up to 14 nights, 28 nights in a summer, 3 days before.')).toEqual([]);
    expect(figureMismatches('use', use, 'Three weeks at most.')).toEqual([
      { unit: 'night', said: 'Three weeks', parameters: [1, 14, 28] },
    ]);
    expect(figureMismatches('use', { ...use, counts: 'days' }, 'Two days at most, 7 nights.')).toEqual([
      { unit: 'day', said: 'Two days', parameters: [1, 14, 28] },
    ]);
    const { classes } = paramsOf('decisions');
    const parts = { class: 'people', basis: 'equal', types: [], reserve: 10 };
    expect(figureMismatches('distribution', parts, 'A tenth, 10 %, stays; 66 % of us decide.', classes)).toEqual([]);
    expect(figureMismatches('distribution', parts, '20 % stays here.', classes)).toEqual([
      { unit: 'percent', said: '20 %', parameters: [0, 10, 66] },
    ]);
    const publication = { class: 'everyday', publishers: [], withdraw: 'members' };
    expect(figureMismatches('publication', publication, 'More than half of us.', classes)).toEqual([]);
    expect(figureMismatches('publication', publication, 'Two thirds of us decide.', classes)).toEqual([
      { unit: 'percent', said: 'Two thirds', parameters: [0, 51] },
    ]);
    expect(figureMismatches('publication', publication, 'Two thirds of us decide.')).toEqual([]);
    const sealing = (quorum: string) => ({ types: [], quorum });
    expect(figureMismatches('sealing', sealing('two-thirds'), 'Two thirds of us seal.')).toEqual([]);
    expect(figureMismatches('sealing', sealing('majority'), 'Two thirds of us seal.')).toEqual([
      { unit: 'percent', said: 'Two thirds', parameters: [50, 51] },
    ]);
    expect(figureMismatches('sealing', sealing('two-thirds'), 'More than half of us seal.')).toMatchObject([
      { said: 'More than half' },
    ]);
  });

  it('is not told where any parameter of that unit says it, or one of its readings', () => {
    const decisions = paramsOf('decisions');
    expect(
      figureMismatches('decisions', decisions, 'Two thirds, 51 %, half (50%), 14 days or one week: 7 days.'),
    ).toEqual([]);
    expect(figureMismatches('ownership', { basis: 'equal', shares: 1000 }, '1.000 shares, 1,000 shares')).toEqual([]);
  });

  it('is not told where the parameters have nothing of that unit, are malformed, or there are none', () => {
    expect(figureMismatches('spending', { unit: 'EUR', free: null }, 'Up to 100 EUR, in 7 days.')).toEqual([]);
    expect(figureMismatches('spending', { unit: 'EUR', free: 5_000 }, '100 USD within 3 days')).toEqual([]);
    expect(figureMismatches('admission', { mode: 'invite', days: 0 }, '14 days')).toEqual([]);
    expect(figureMismatches('practice', {}, 'Answer within 3 days.')).toEqual([]);
  });

  it('is not told of days a week, nor beside dues of a sum that is none', () => {
    expect(figureMismatches('admission', { mode: 'invite', days: 7 }, 'Open three days a week, 2 weeks/year.')).toEqual(
      [],
    );
    const aside = 'What is left of a month is put aside until there are 10,000 €.';
    expect(figureMismatches('contributions', paramsOf('contributions'), aside)).toEqual([]);
    const hours = { dues: [{ type: 'resident', unit: 'hour', amount: 1_000, every: 'month' }] };
    expect(figureMismatches('contributions', hours, 'Eight hours a month, or ten hours per month.')).toEqual([
      { unit: 'hour', said: 'Eight hours', parameters: [1_000] },
    ]);
  });

  it('tells one that stands there twice once', () => {
    expect(
      figureMismatches('admission', { mode: 'invite', days: 7 }, '14 days. Fourteen days! two weeks'),
    ).toHaveLength(1);
  });

  it('is none of the templates', () => {
    const words = JSON.parse(readFileSync(new URL('../../words/en/templates.json', import.meta.url), 'utf8')) as {
      protocols: Record<string, { text: string }>;
    };
    const found = PRESETS.flatMap((preset) =>
      templateProtocols(preset).flatMap(({ id, kind, params }) =>
        figureMismatches(kind, params, words.protocols[id]!.text).map(({ said: figure }) => `${id}: ${figure}`),
      ),
    );
    expect(found).toEqual([]);
  });
});

describe('figures among parameters', () => {
  it('are every one that its kind has, each once, ascending', () => {
    expect([...parameterFigures('decisions', paramsOf('decisions'))]).toEqual([
      ['percent', [0, 50, 51, 66, 80]],
      ['day', [3, 7, 14]],
    ]);
    expect(parametersOf('membership')(house[1]!.params)).toBe(true);
    expect(parameterFigures('membership', house[1]!.params).size).toBe(0);
  });
});
