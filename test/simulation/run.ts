import { type Occurred, takeStock } from './coverage';
import { heal } from './ending';
import { ALWAYS, INVARIANTS, healed } from './invariants';
import { live } from './living';
import { type Options, Scenario } from './scenario';

export interface Failure {
  readonly seed: number;
  readonly invariant: string;
  readonly detail: string;
  /** What happened last before the end of trouble, and after. */
  readonly lines: readonly string[];
}

/** What a run was made of, so that a sum of runs can be shown. */
export interface Outcome {
  readonly seed: number;
  readonly failure: Failure | undefined;
  readonly machines: number;
  readonly liars: number;
  readonly events: number;
  readonly steps: number;
  readonly seals: number;
  readonly occurred: Occurred;
}

/** The invariant that every run is asked first of all. */
export const COMES_TO_AN_END = 'the run comes to its end';

/** Runs one seed. The same seed gives the same run, to the last bit of every event. */
export async function runSeed(options: Options): Promise<Outcome> {
  const { seed } = options;
  const scenario = new Scenario(options);
  const stray: unknown[] = [];
  const catchStray = (reason: unknown): void => void stray.push(reason);
  process.on('unhandledRejection', catchStray);
  let failure: Failure | undefined;
  const fail = (invariant: string, detail: string): void => {
    failure ??= { seed, invariant, detail, lines: [...scenario.lines] };
  };
  let events = 0;
  try {
    await live(scenario);
    await heal(scenario);
    scenario.watch();
    const end = await healed(scenario);
    events = end.whole.record.size;
    // Where nobody honest is left a member, or liars held the sealers and made two seals of one height, little is promised to anybody.
    const promised = end.core.length > 0 && !scenario.seals.split;
    for (const [name, holds] of Object.entries(promised ? { ...INVARIANTS, ...ALWAYS } : ALWAYS)) {
      const detail = await holds(end);
      if (detail !== undefined) fail(name, detail);
    }
    takeStock(end);
  } catch (error) {
    fail(COMES_TO_AN_END, error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const { life } of [...scenario.sites, ...scenario.liars]) life.end();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', catchStray);
  }
  if (stray.length > 0)
    fail('every rejection is handled', stray[0] instanceof Error ? stray[0].stack! : String(stray[0]));
  return {
    seed,
    failure,
    machines: scenario.sites.length,
    liars: scenario.liars.length,
    events,
    steps: scenario.world.steps,
    seals: scenario.seals.count,
    occurred: Object.fromEntries(scenario.ledger.occurred),
  };
}
