/** What `npm run bench` was asked for. */
export interface Options {
  readonly only: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  /** Sizes of history, ascending. */
  readonly events: readonly number[];
  /** Fewer runs and no 100 MB of documents: to see whether something moved. */
  readonly quick: boolean;
}

const PLACES = ['node', 'chromium'];
const FIGURES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P7', 'P8', 'P9', 'SEARCH', 'WRITERS'];
const LARGEST = 200_000;

/** Throws with a line for the person where an option is not understood. */
export function parseOptions(given: readonly string[]): Options {
  let only: readonly string[] = FIGURES;
  let places: readonly string[] = PLACES;
  let events: readonly number[] | undefined;
  let quick = false;
  for (let i = 0; i < given.length; i++) {
    const [name, inline] = given[i]!.split('=', 2) as [string, string | undefined];
    const value = (): string => inline ?? given[++i] ?? '';
    if (name === '--quick') quick = true;
    else if (name === '--only') only = value().toUpperCase().split(',');
    else if (name === '--in') places = value().toLowerCase().split(',');
    else if (name === '--events') events = value().split(',').map(Number);
    else throw new Error(`unknown option ${name}; there are --only P1,P3 --in node --events 1000,10000 --quick`);
  }
  const strange = only.find((figure) => !FIGURES.includes(figure));
  if (strange !== undefined) throw new Error(`no figure ${strange}; there are ${FIGURES.join(', ')}`);
  const nowhere = places.find((place) => !PLACES.includes(place));
  if (nowhere !== undefined) throw new Error(`no place ${nowhere}; there are ${PLACES.join(', ')}`);
  events ??= quick ? [1_000, 10_000] : [1_000, 10_000, 100_000];
  if (events.length === 0 || !events.every((count) => Number.isSafeInteger(count) && count >= 100 && count <= LARGEST))
    throw new Error(`--events takes counts from 100 to ${LARGEST}`);
  return { only: new Set(only), places: new Set(places), events: [...events].sort((a, b) => a - b), quick };
}
