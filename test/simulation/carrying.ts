import { PeerholdError } from '../../shared/errors';
import type { Chance } from './random';
import type { Scenario } from './scenario';
import { type Site, note } from './site';

/** Share of the runs in which files are carried, and of the steps of such a run. */
const RUNS = 0.3;
const STEPS = 0.15;
/** Milliseconds that a file is under way, at most. */
const POST = 60_000;

/**
 * What is carried by hand, past all wires. It has a chance of its own and is not in every run, so that the others are what they were
 * before there were bundles.
 */
export function carrier(scenario: Scenario): () => void {
  const chance = scenario.chance.fork('bundles');
  if (!chance.happens(RUNS)) return () => undefined;
  return () => {
    if (chance.happens(STEPS)) carry(scenario, chance);
  };
}

/** Somebody puts what they have into a file, and another takes it in some day, perhaps twice, perhaps damaged. */
function carry(scenario: Scenario, chance: Chance): void {
  const up = scenario.members().filter((site) => site.up);
  const from = chance.maybe(up);
  const others = up.filter(({ signer }) => signer.device !== from?.signer.device);
  const lacking = others.filter(({ peer }) =>
    from!.peer!.replica.kept.heads().some((id) => !peer!.replica.record.has(id)),
  );
  const to = chance.maybe(lacking.length > 0 ? lacking : others);
  if (from === undefined || to === undefined) return;
  const { world, ledger } = scenario;
  const recipient = chance.happens(0.5) ? to.peer!.me!.member : null;
  const days = Array.from({ length: chance.within(1, 2) }, () => chance.within(0, POST));
  const spoilt = chance.happens(0.2) ? chance.next() : undefined;
  from.peer!.bundles.make(recipient).then(
    ({ content }) => {
      ledger.trace(`${from.name} makes a bundle of ${content.length} bytes for ${to.name}`);
      if (spoilt !== undefined) content[Math.floor(spoilt * content.length)]! ^= 1;
      for (const delay of days) world.after(delay, () => void take(scenario, to, content, spoilt !== undefined));
    },
    (error: unknown) => judge(scenario, from, error),
  );
}

async function take({ ledger }: Scenario, to: Site, content: Uint8Array, spoilt: boolean): Promise<void> {
  const { peer, life, name } = to;
  if (peer === undefined || !to.up || to.lost) return;
  try {
    const { fresh, events, waiting, changed } = await peer.bundles.take(content);
    if (!life.alive) return;
    ledger.trace(`${name} takes a bundle: ${fresh} of ${events} new, ${waiting} wait, ${changed} documents changed`);
    if (spoilt) ledger.faults.push(`${name} took a damaged bundle`);
    note(ledger, fresh > 0 ? 'bundle: taken' : 'bundle: with nothing new');
    if (waiting > 0) note(ledger, 'bundle: with what waits');
  } catch (error) {
    if (life.alive) judge({ ledger }, to, error);
  }
}

function judge({ ledger }: Pick<Scenario, 'ledger'>, { name }: Site, error: unknown): void {
  ledger.trace(`${name} can not do it with a bundle: ${String(error)}`);
  note(ledger, 'bundle: refused');
  if (!(error instanceof PeerholdError)) ledger.faults.push(`${name}, bundle: ${String(error)}`);
}
