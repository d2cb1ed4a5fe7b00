import { decimalsOf } from '../../words/money';
import { type DecisionClass, type Parameters, type ProtocolKind, parametersOf } from './model';
import { numberReadings } from './number-readings';

/** What a figure counts: days, nights, percent, shares, hours (hundredths), or a currency by its code (minor units). */
type FigureUnit = 'day' | 'night' | 'percent' | 'share' | 'hour' | (string & {});

/** A number with its unit in a text. */
interface Figure {
  readonly unit: FigureUnit;
  /** As it stands there. */
  readonly said: string;
  /** What it can mean: `1.000` is a thousand or one, by who writes it. Minor units for money and hours. */
  readonly readings: readonly number[];
  /** Whether it says so much each month and the like. */
  readonly isRate: boolean;
}

/** A figure in the text of a protocol that none of its parameters has, while they have others of that unit. */
export interface FigureMismatch extends Pick<Figure, 'unit' | 'said'> {
  /** What the parameters say, ascending. */
  readonly parameters: readonly number[];
}

/** Mismatches of one protocol that are told. */
const MOST = 10;
const DAYS_IN_WEEK = 7;
/** Whether three months are 90, 91 or 93 days, each is meant. */
const DAYS_IN_MONTH = [30, 365 / 12, 31];
const ONCE = [1];
const TWO_THIRDS = [66, 67];
/** More than half. */
const HALF = [50, 51];

/**
 * Where the text of a protocol says another figure than its parameters. It can be meant so, such as "within two weeks" beside the seven days
 * of a vote: a reason to look, and none to refuse. `text` is plain words; `classes` are the agreement's ways to decide, of which a protocol
 * may name one.
 */
export function figureMismatches(
  kind: ProtocolKind,
  params: unknown,
  text: string,
  classes: readonly DecisionClass[] = [],
): readonly FigureMismatch[] {
  const has = parameterFigures(kind, params, classes);
  const told = new Map<string, FigureMismatch>();
  for (const { unit, said, readings, isRate } of figuresIn(text, [...has.keys()])) {
    const parameters = has.get(unit) ?? [];
    // Of contributions the parameters say how much each month or year; what a text says of any other sum is no matter of theirs. And days a
    // week are not how long something takes.
    if (isRate !== (kind === 'contributions')) continue;
    if (readings.length === 0 || readings.some((value) => parameters.includes(value))) continue;
    const key = `${unit} ${readings.join()}`;
    if (!told.has(key)) told.set(key, { unit, said, parameters });
    if (told.size === MOST) break;
  }
  return [...told.values()];
}

/** The figures among the parameters of a protocol by their unit, each once, ascending; none where they do not fit its kind. */
export function parameterFigures(
  kind: ProtocolKind,
  params: unknown,
  classes: readonly DecisionClass[] = [],
): ReadonlyMap<FigureUnit, readonly number[]> {
  const found = new Map<FigureUnit, Set<number>>();
  if (parametersOf(kind)(params)) {
    const say = FIGURES[kind] as
      ((params: unknown, classes: readonly DecisionClass[]) => Iterable<readonly [FigureUnit, number]>) | undefined;
    for (const [unit, value] of say?.(params, classes) ?? [])
      found.set(unit, (found.get(unit) ?? new Set()).add(value));
  }
  return new Map([...found].map(([unit, values]) => [unit, [...values].sort((a, b) => a - b)]));
}

const FIGURES: {
  readonly [K in ProtocolKind]?: (
    params: Parameters<K>,
    classes: readonly DecisionClass[],
  ) => Iterable<readonly [FigureUnit, number]>;
} = {
  admission: ({ days }) => [['day', days]],
  *decisions({ classes }) {
    for (const rule of classes) {
      yield* percentsOf(rule);
      for (const count of [rule.days, rule.grace]) yield ['day', count];
    }
  },
  *spending({ unit, free, tiers = [] }) {
    for (const amount of [free ?? [], tiers.map(({ to }) => to)].flat()) yield [unit, amount];
  },
  contributions: ({ dues }) => dues.map(({ unit, amount }) => [unit, amount]),
  ownership: ({ shares }) => [['share', shares]],
  *distribution({ class: id, reserve }, classes) {
    yield ['percent', reserve];
    yield* classes.filter((rule) => rule.id === id).flatMap(percentsOf);
  },
  *publication({ class: id }, classes) {
    yield* classes.filter((rule) => rule.id === id).flatMap(percentsOf);
  },
  sealing: ({ quorum }) => (quorum === 'majority' ? HALF : TWO_THIRDS).map((percent) => ['percent', percent]),
  use: ({ counts, shortest, longest, quotas }) =>
    [shortest, longest, ...quotas.map(({ most }) => most)].map((count) => [counts === 'days' ? 'day' : 'night', count]),
  leaving: ({ notice }) => (notice === 0 ? [] : [['day', notice]]),
};

function percentsOf({ threshold, quorum, override }: DecisionClass): readonly (readonly [FigureUnit, number])[] {
  return [threshold, quorum, override].map((percent) => ['percent', percent]);
}

/** The figures in a text that count one of these units, in the order of the text. */
export function figuresIn(text: string, units: readonly FigureUnit[]): readonly Figure[] {
  const found: (Figure & { readonly at: number })[] = [];
  for (const unit of units) {
    for (const { pattern, times } of patternsOf(unit)) {
      for (const match of text.matchAll(pattern)) {
        if (isOften(text.slice(0, match.index))) continue;
        const scale = 10 ** (WHOLE.has(unit) ? 0 : decimalsOf(unit));
        const readings = numberReadings(match.groups?.['number'] ?? '').flatMap((value) =>
          times.map((one) => (Number.isInteger(one) ? exact(value * scale * one) : Math.round(value * one))),
        );
        const isRate = RATE.test(text.slice(match.index + match[0].length));
        found.push({ at: match.index, unit, said: match[0].trim().replace(/\s+/g, ' '), readings, isRate });
      }
    }
  }
  if (units.includes('percent'))
    for (const match of text.matchAll(FRACTIONS)) found.push({ at: match.index, ...fraction(match[0]) });
  return found.sort((a, b) => a.at - b.at).map(({ at: _at, ...figure }) => figure);
}

const WHOLE: ReadonlySet<FigureUnit> = new Set(['day', 'night', 'percent', 'share']);

/** Whether what follows says how often something is, such as "every three months". */
const isOften = (before: string): boolean =>
  /(?<!\p{L})(?:every|each|alle|tous les|toutes les|cada|ogni|elke)[ \u00a0]+$/iu.test(before.slice(-20));

/** A figure of two decimals times a hundred is whole, and binary fractions make it nearly so. */
const exact = (value: number): number => (Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : value);

interface Pattern {
  readonly pattern: RegExp;
  /** By what the number can be meant to be multiplied. */
  readonly times: readonly number[];
}

const SPACE = '[ \\t\\u00a0\\u202f]';
/** Digits with what may group them, or a number in English words; not "one", since "one day" is rather some day. */
const NUMBER =
  "(?<![\\p{L}\\p{N}.,])(?<number>\\p{Nd}+(?:(?:[.,'’٬٫]|[ \\u00a0\\u202f](?=\\p{Nd}{3}(?!\\p{Nd})))\\p{Nd}+)*|" +
  '(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|' +
  '(?:one|a) hundred|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|' +
  'seventeen|eighteen|nineteen)';
const END = '(?![\\p{L}\\p{N}])';
/** What makes a rate of the figure before it. */
const RATE =
  /^[ \t\u00a0\u202f]*(?:\/|(?:an?|per|each|every|in an?|pro|par|por|je|im)[ \u00a0]+(?:day|week|month|quarter|year|Tag|Woche|Monat|Quartal|Jahr|jour|semaine|mois|trimestre|an|année|mes|año|maand|week|jaar)|(?:dai|week|month|quarter|year|annual)ly)/iu;

/** Words of a unit in languages that members write in; in any other the number is not taken for a figure. */
const WORDS = {
  percent: ['%', '٪', 'per ?cent', 'Prozent', 'pour ?cent', 'por ciento', 'per cento', 'procent'],
  day: ['days?', 'Tage?n?', 'jours?', 'días?', 'dias?', 'dag(?:en|ar)?', 'giorn[io]', 'dni'],
  month: [
    'months?',
    'Monate?n?',
    'mois',
    'mes(?:es)?',
    'meses',
    'mês',
    'maand(?:en)?',
    'mes[ei]',
    'månad(?:er)?',
    'miesi[ąę]c\\p{L}*',
  ],
  night: [
    'nights?',
    'Nacht',
    'Nächten?',
    'nuits?',
    'noches?',
    'noites?',
    'nachten',
    'nott[ei]',
    'n[äa]tt(?:er)?',
    'noc[ey]',
  ],
  week: ['weeks?', 'Wochen?', 'semaines?', 'semanas?', 'weken', 'settiman[ae]', 'veckor'],
  share: ['shares?', 'Anteile?n?', 'actions', 'aandelen'],
  hour: ['hours?', 'h', 'Stunden?', 'heures?', 'horas?', 'uur', 'uren', 'or[ae]'],
} as const;

const after = (words: readonly string[], ...times: readonly number[]): Pattern => ({
  pattern: new RegExp(`${NUMBER}(?:${SPACE}*|-)(?:${words.join('|')})${END}`, 'giu'),
  times: times.length === 0 ? ONCE : times,
});

/** Signs of currencies; one sign may stand for several. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '\\$': ['USD', 'CAD', 'AUD', 'NZD', 'MXN', 'SGD', 'HKD'],
  '₹': ['INR'],
  'Fr\\.': ['CHF'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  zł: ['PLN'],
  'euros?': ['EUR'],
  'pounds?': ['GBP'],
  'dollars?': ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'],
  'francs?': ['CHF'],
};

const known = new Map<FigureUnit, readonly Pattern[]>();

function patternsOf(unit: FigureUnit): readonly Pattern[] {
  const patterns = known.get(unit) ?? newPatternsOf(unit);
  known.set(unit, patterns);
  return patterns;
}

function newPatternsOf(unit: FigureUnit): readonly Pattern[] {
  switch (unit) {
    case 'day':
      return [after(WORDS.day), after(WORDS.week, DAYS_IN_WEEK), after(WORDS.month, ...DAYS_IN_MONTH)];
    case 'night':
      return [after(WORDS.night), after(WORDS.week, DAYS_IN_WEEK)];
    case 'percent':
      return [after(WORDS.percent)];
    case 'share':
      return [after(WORDS.share)];
    case 'hour':
      return [after(WORDS.hour)];
    default: {
      const marks = [unit, ...Object.keys(SIGNS).filter((sign) => SIGNS[sign]!.includes(unit))];
      const before = new RegExp(
        `(?<![\\p{L}\\p{N}])(?:${marks.join('|')})${SPACE}*${NUMBER.slice(NUMBER.indexOf('(?<number>'))}${END}`,
        'giu',
      );
      return [
        { pattern: before, times: ONCE },
        { pattern: new RegExp(`${NUMBER}${SPACE}*(?:${marks.join('|')})${END}`, 'giu'), times: ONCE },
      ];
    }
  }
}

/** Parts that agreements are made of; whether 66 or 67 percent are two thirds, either is meant. */
const FRACTIONS =
  /(?<![\p{L}\p{N}/.,])(?:(?:two|2)[ -]thirds|2\/3|⅔|(?:three|3)[ -](?:quarters|fourths)|3\/4|¾|more than half)(?![\p{L}\p{N}/])/giu;

function fraction(said: string): Figure {
  const isThirds = /third|2\/3|⅔/i.test(said);
  const isHalf = /half/i.test(said);
  return { unit: 'percent', said, readings: isThirds ? TWO_THIRDS : isHalf ? HALF : [75], isRate: false };
}
