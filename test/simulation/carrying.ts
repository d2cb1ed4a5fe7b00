import { BundleDesk } from '../../shared/engine/bundles';
import { sourceOf } from '../../shared/bundle/source';
import { PeerholdError } from '../../shared/errors';
import type { Peer } from '../../shared/peer/peer';
import { concat } from '../../shared/record/bytes';
import { contentOf } from '../kit/bundles';
import { all } from '../kit/streams';
import type { Chance } from './random';
import type { Scenario } from './scenario';
import { type Site, note } from './site';

/** Share of the runs in which files are carried, and of the steps of such a run. */
const RUNS = 0.3;
const STEPS = 0.15;
/** Share of these runs in which devices publish keys, and of the bundles of such a run that are locked to members. */
const KEYS = 0.5;
const LOCKED = 0.6;
/** Milliseconds that a file is under way, at most. */
const POST = 60_000;

/**
 * What is carried by hand, past all wires. It has a chance of its own and is not in every run, so that the others are what they were
 * before there were bundles.
 */
export function carrier(scenario: Scenario): () => void {
  const chance = scenario.chance.fork('bundles');
  if (!chance.happens(RUNS)) return () => undefined;
  scenario.receives = chance.happens(KEYS);
  return () => {
    if (!chance.happens(STEPS)) return;
    if (scenario.receives && chance.happens(LOCKED)) carryLocked(scenario, chance);
    else carry(scenario, chance);
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
  contentOfBundle(from.peer!, recipient).then(
    (content) => {
      ledger.trace(`${from.name} makes a bundle of ${content.length} bytes for ${to.name}`);
      if (spoilt !== undefined) content[Math.floor(spoilt * content.length)]! ^= 1;
      for (const delay of days) world.after(delay, () => void take(scenario, to, content, spoilt !== undefined));
    },
    (error: unknown) => judge(scenario, from, error),
  );
}

const contentOfBundle = async (peer: Peer, recipient: string | null): Promise<Uint8Array> =>
  concat(...(await all(peer.bundles.make(recipient).content)));

async function take({ ledger }: Scenario, to: Site, content: Uint8Array, spoilt: boolean): Promise<void> {
  const { peer, life, name } = to;
  if (peer === undefined || !to.up || to.lost) return;
  try {
    const { fresh, events, waiting, changed } = await peer.bundles.take(contentOf(content));
    if (!life.alive) return;
    ledger.trace(`${name} takes a bundle: ${fresh} of ${events} new, ${waiting} wait, ${changed} documents changed`);
    if (spoilt) ledger.faults.push(`${name} took a damaged bundle`);
    note(ledger, fresh > 0 ? 'bundle: taken' : 'bundle: with nothing new');
    if (waiting > 0) note(ledger, 'bundle: with what waits');
  } catch (error) {
    if (life.alive) judge({ ledger }, to, error);
  }
}

/** The same as a file that is locked to one or two members. Sooner or later somebody tries to open it, for whom it is or not. */
function carryLocked(scenario: Scenario, chance: Chance): void {
  const up = scenario.members().filter((site) => site.up);
  const from = chance.maybe(up);
  if (from === undefined) return;
  const { members, devices } = from.peer!.state;
  const active = [...members.values()].filter(({ status }) => status === 'active').map(({ id }) => id);
  const withKey = [...devices.values()].filter(({ status, receives }) => status === 'active' && receives !== undefined);
  const hasKey = (id: string): boolean => withKey.some(({ member }) => member === id);
  const able = active.filter(hasKey);
  const chosen = chance.shuffled(chance.happens(0.9) ? able : active).slice(0, chance.within(1, 2));
  const readers = chance.shuffled(up.filter(({ signer }) => signer.device !== from.signer.device)).slice(0, 3);
  const spoilt = chance.happens(0.2) ? chance.next() : undefined;
  const delays = readers.map(() => chance.within(0, POST));
  // Whose devices have a key now: theirs it is locked to, and nobody else's.
  const keys = new Set(withKey.map(({ member, receives }) => `${member} ${receives!}`));
  const canBe = chosen.length > 0 && chosen.every(hasKey);
  const file: Uint8Array[] = [];
  const order = { recipient: null, lock: { members: chosen }, files: false };
  deskOf(from)
    .make(order, async (part) => void file.push(part))
    .then(
      () => {
        const bytes = concat(...file);
        scenario.ledger.trace(`${from.name} locks a bundle of ${bytes.length} bytes to ${chosen.length} members`);
        if (!canBe) scenario.ledger.faults.push(`${from.name} locked a bundle to who has no key`);
        if (spoilt !== undefined) bytes[Math.floor(spoilt * bytes.length)]! ^= 1;
        for (const [index, to] of readers.entries())
          scenario.world.after(delays[index]!, () => void open(scenario, to, bytes, { chosen, keys, spoilt }));
      },
      (error: unknown) => {
        if (canBe && error instanceof PeerholdError && error.code === 'bundle-cannot-receive')
          scenario.ledger.faults.push(`${from.name} can not lock a bundle to who has a key`);
        judge(scenario, from, error);
      },
    );
}

interface Locked {
  readonly chosen: readonly string[];
  /** Members with their devices' keys when it was locked. */
  readonly keys: ReadonlySet<string>;
  readonly spoilt: number | undefined;
}

async function open(
  { ledger }: Scenario,
  to: Site,
  bytes: Uint8Array,
  { chosen, keys, spoilt }: Locked,
): Promise<void> {
  const { peer, life, name } = to;
  if (peer === undefined || !to.up || to.lost) return;
  const { member } = peer.me!;
  const isFor = chosen.includes(member);
  const opens = isFor && keys.has(`${member} ${(await to.key()).receives}`);
  try {
    const { fresh } = await deskOf(to).take(sourceOf(bytes), null);
    if (!life.alive) return;
    ledger.trace(`${name} opens a locked bundle: ${fresh} new`);
    if (spoilt !== undefined || !opens) ledger.faults.push(`${name} opened a bundle that is not for it`);
    note(ledger, 'bundle: opened by whom it is locked to');
  } catch (error) {
    if (!life.alive) return;
    const code = error instanceof PeerholdError ? error.code : 'a fault';
    const refused = code === 'bundle-not-for-you' || code === 'bundle-not-for-device';
    if (opens && refused) ledger.faults.push(`${name} can not open a bundle that is for it: ${code}`);
    if (spoilt === undefined && !opens && code !== `bundle-not-for-${isFor ? 'device' : 'you'}`)
      ledger.faults.push(`${name} is told ${code} of a bundle that is not for it`);
    if (refused) note(ledger, `bundle: ${code.slice('bundle-'.length).replaceAll('-', ' ')}`);
    judge({ ledger }, to, error);
  }
}

function deskOf(site: Site): BundleDesk {
  return new BundleDesk({
    peer: site.peer!,
    key: () => site.key(),
    progress: () => () => undefined,
    taken: () => site.heard(),
  });
}

function judge({ ledger }: Pick<Scenario, 'ledger'>, { name }: Site, error: unknown): void {
  ledger.trace(`${name} can not do it with a bundle: ${String(error)}`);
  note(ledger, 'bundle: refused');
  if (!(error instanceof PeerholdError)) ledger.faults.push(`${name}, bundle: ${String(error)}`);
}
