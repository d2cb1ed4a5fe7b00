import { INVARIANTS, healed } from './invariants';
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
  readonly failure: Failure | undefined;
  readonly machines: number;
  readonly liars: number;
  readonly events: number;
  readonly steps: number;
  readonly seals: number;
}

/** Runs one seed. The same seed gives the same run, to the last bit of every event. */
export async function runSeed(options: Options): Promise<Outcome> {
  const scenario = new Scenario(options);
  const stray: unknown[] = [];
  const catchStray = (reason: unknown): void => void stray.push(reason);
  process.on('unhandledRejection', catchStray);
  let failure: Failure | undefined;
  const fail = (invariant: string, detail: string): void => {
    failure ??= { seed: options.seed, invariant, detail, lines: [...scenario.lines] };
  };
  let events = 0;
  try {
    await scenario.live();
    await scenario.heal();
    const end = await healed(scenario);
    events = end.whole.record.size;
    // Where nobody honest is left a member, nothing is promised to anybody.
    const asked = end.core.length > 0 ? Object.entries(INVARIANTS) : [];
    for (const [name, holds] of asked) {
      const detail = await holds(end);
      if (detail !== undefined) fail(name, detail);
    }
  } catch (error) {
    fail('the run comes to its end', error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const { life } of [...scenario.sites, ...scenario.liars]) life.end();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', catchStray);
  }
  if (stray.length > 0)
    fail('every rejection is handled', stray[0] instanceof Error ? stray[0].stack! : String(stray[0]));
  return {
    failure,
    machines: scenario.sites.length,
    liars: scenario.liars.length,
    events,
    steps: scenario.world.steps,
    seals: scenario.seals.count,
  };
}
