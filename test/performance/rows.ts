import type { Arrivals } from './measures/arrival';
import { AGO } from './measures/arrival';
import type { StartParts } from './measures/cold-start';
import { type Row, count, median, ms, quantile, ratioRow } from './report';

/** Where something was measured. */
export type Place = 'Node' | 'Chromium';

/** Of the events a second that a full fold should do. */
const FOLD_TARGET = 300_000;

/** P2 at each length of history, and whether it is the same at the ends. */
export function arrivalRows(place: Place, measured: readonly (Arrivals & { readonly size: number })[]): Row[] {
  const shown = (values: readonly number[]): string => `${ms(median(values))}, p99 ${ms(quantile(values, 0.99))}`;
  const rows = measured.flatMap(({ size, alone, checked, late }): Row[] => [
    {
      figure: 'P2',
      what: `one event arrives in ${place}, at ${count(size)} events: state new`,
      ours: shown(alone),
      floor: `with its signature checked ${shown(checked)}`,
      target: '≤ 1 ms',
      met: median(checked) <= 1,
    },
    { figure: 'P2', what: `… and one made offline, ${AGO} events ago`, ours: shown(late), floor: '', target: '' },
  ]);
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined || first === last) return rows;
  const [start, end] = [median(first.alone), median(last.alone)];
  const what = `… flat in ${place} from ${count(first.size)} to ${count(last.size)} events`;
  return [...rows, ratioRow({ figure: 'P2', what, ours: ms(end), floor: ms(start), ratio: end / start }, 2)];
}

/** Milliseconds of each run. */
export interface Starts {
  readonly opens: readonly number[];
  readonly floors: readonly number[];
  readonly parts: readonly StartParts[];
}

/** P3: a cold start `from` somewhere, and the fold alone. */
export function startRows(place: Place, from: string, size: number, { opens, floors, parts }: Starts): Row[] {
  const [open, floor] = [median(opens), median(floors)];
  const part = (name: keyof StartParts): number => median(parts.map((one) => one[name]));
  const rate = (size / part('fold')) * 1000;
  const inner = `decode ${ms(part('decode'))}, record ${ms(part('record'))}, fold ${ms(part('fold'))}`;
  return [
    ratioRow(
      {
        figure: 'P3',
        what: `cold start of ${count(size)} events in ${place}, ${from}`,
        ours: `${ms(open)} (alone: ${inner})`,
        floor: `bare decode ${ms(floor)}`,
        ratio: open / floor,
      },
      2,
    ),
    {
      figure: 'P3',
      what: `full fold of ${count(size)} events in ${place}`,
      ours: `${count(rate)} events/s`,
      floor: '',
      target: `≥ ${count(FOLD_TARGET)} events/s`,
      met: rate >= FOLD_TARGET,
    },
  ];
}

/** P7: `grown` bytes of memory for `size` events that are `own` bytes themselves. */
export function memoryRow(place: Place, size: number, grown: number, own: number): Row {
  return ratioRow(
    {
      figure: 'P7',
      what: `memory of an event in ${place}, record and state of ${count(size)}`,
      ours: `${count(grown / size)} bytes`,
      floor: `the event itself ${count(own / size)} bytes`,
      ratio: grown / own,
    },
    3,
  );
}
