import * as Y from 'yjs';
import { Verifications } from '../../shared/engine/verifications';
import { checkEvent } from '../../shared/network/check';
import { sameValue } from '../../shared/network/agreement/changes';
import { stateDigest } from '../../shared/network/digest/digest';
import { RULES_VERSION } from '../../shared/network/events';
import { type State, TABLES } from '../../shared/network/state';
import type { Peer } from '../../shared/peer/peer';
import type { Entry } from '../../shared/record/entry';
import type { SignedEvent } from '../../shared/record/event';
import { decodeEvent } from '../../shared/record/event';
import { Replica } from '../../shared/replica/replica';
import type { Verification } from '../../shared/seal/verify';
import { blamed, namedFor } from './evidence';
import { hinders, keptBy, leftOpen, readers } from './ending';
import { disagreement } from './model/compare';
import { factsOf } from './model/fold';
import { happenings } from './model/happening';
import { Chance } from './random';
import type { Scenario } from './scenario';
import { doubleVoter } from './seals';
import type { Site } from './site';
import { DOCS } from './versions';

type Core = Site & { readonly peer: Peer };

/** A healed run as the invariants see it. */
export interface Healed {
  readonly scenario: Scenario;
  /** Honest machines whose device and member are active in the end: those to whom everything is promised. */
  readonly core: readonly Core[];
  /** All events that any of them holds, folded at once. */
  readonly whole: Replica;
}

type Invariant = (healed: Healed) => Promise<string | undefined> | string | undefined;
const MAX_WAITING = 20_000;

/** Puts together what the honest machines hold. */
export async function healed(scenario: Scenario): Promise<Healed> {
  let core = [...scenario.members(), ...scenario.keepers()] as Core[];
  for (;;) {
    const whole = union(scenario, core);
    const active = core.filter(({ signer, peer }) => {
      const device = whole.state.devices.get(signer.device);
      const own = peer.state.devices.get(signer.device);
      // A backup can have left on a branch of its chain that nobody else takes in.
      const mine = own?.status === 'active' && peer.state.members.get(own.member)?.status === 'active';
      return mine && device?.status === 'active' && whole.state.members.get(device.member)?.status === 'active';
    });
    // Two machines with one key do not talk to each other: where nobody else is left, they do not meet.
    const acting = active.filter(({ keeper }) => !keeper);
    const alone = new Set(acting.map(({ signer }) => signer.device)).size === 1 && acting.length > 1;
    const heard = alone ? acting.slice(0, 1) : active.length < core.length ? active : active.filter(isHeardIn(active));
    if (heard.length === core.length) return { scenario, core: acting.length === 0 ? [] : core, whole };
    core = heard;
  }
}

/**
 * Of two devices that revoked each other, one is let in by nobody who heard of that first, and can not tell what would undo it. And a
 * restored backup lets in no newcomer whose admission is by a device that it knows to have forked; its own other machine can not tell it.
 */
function isHeardIn(sites: readonly Core[]): (site: Core) => boolean {
  return ({ signer }) =>
    sites.every(({ peer, copied }) => {
      const status = peer.state.devices.get(signer.device)?.status;
      return status !== 'revoked' && !(copied && status === undefined);
    });
}

function union(scenario: Scenario, sites: readonly Core[]): Replica {
  const entries = new Map<string, Entry>();
  // Of a storm of branches it has what came first, and on that of a machine that signs nothing nobody builds.
  const inOrder = [...sites].sort((a, b) => Number(isMute(a)) - Number(isMute(b)));
  for (const { peer } of inOrder) for (const entry of peer.replica.record.all()) entries.set(entry.id, entry);
  return atOnce(scenario, [...entries.values()]);
}

function atOnce({ network, rulesKnown }: Scenario, entries: readonly Entry[]): Replica {
  const replica = new Replica(network, undefined, rulesKnown);
  replica.receive({ events: entries.map(({ bytes }) => decodeEvent(bytes)), texts: [] });
  return replica;
}

/** Never signs, or no more, or not before a seal has its admission or before its app is updated: so it cites nothing. */
const isMute = ({ stopped, waits, peer, keeper }: Site): boolean =>
  keeper || stopped || waits || peer?.replica.standsStill === true;

/** What a machine has that others refuse: a branch of a storm on which nobody built. */
function heldAlone({ peer: { replica } }: Core, whole: Replica): Entry[] {
  return keptBy(replica).filter(({ id }) => !whole.record.has(id));
}

/** What is so whatever liars came to hold. */
export const ALWAYS: Readonly<Record<string, Invariant>> = {
  'nobody honest is named for a broken rule of sealing': ({ scenario }) => {
    const honest = new Set(
      scenario.sites.filter(({ turned, copied }) => !turned && !copied).map(({ signer }) => signer.device),
    );
    const noted = new Set<string>();
    for (const { name, peer } of scenario.members()) {
      const wrong = blamed(
        peer!.replica,
        (device) => honest.has(device),
        (kind) => noted.add(kind),
      );
      if (wrong !== undefined) return `${name} names somebody honest: ${wrong}`;
    }
    for (const kind of noted) scenario.note(`named: ${kind}`);
    return undefined;
  },

  'two seals of one height name who made them': ({ scenario }) => scenario.seals.unnamed,

  'what nobody may take nobody has': ({ scenario }) => {
    const untakeable = new Set(scenario.liars.flatMap((liar) => [...liar.untakeable]));
    for (const { name, peer } of scenario.members())
      for (const id of untakeable) if (peer!.replica.record.has(id)) return `${name} has ${id.slice(0, 8)}`;
    return undefined;
  },
};

/** By name, in the order in which they are asked; the first that does not hold names the failure. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'nothing goes wrong unnoticed': ({ scenario }) => scenario.ledger.faults[0],

  'honest peers hold the same events, of those that any must have': ({ core, whole }) => {
    const list = (entries: readonly Entry[]): string =>
      `${entries.length}: ${entries
        .slice(0, 5)
        .map((entry) => `${entry.id.slice(0, 8)} ${entry.type} number ${entry.sequence}`)
        .join(', ')}`;
    for (const site of core) {
      const lacking = keptBy(whole).filter((entry) => !site.peer.replica.record.has(entry.id));
      if (lacking.length > 0) return `${site.name} lacks ${list(lacking)}`;
      // Whoever signs would have cited it.
      const more = heldAlone(site, whole).filter(({ device }) => !isMute(site) || !whole.record.forks().has(device));
      if (more.length > 0) return `${site.name} alone has ${list(more)}`;
    }
    return undefined;
  },

  'what an honest peer called done is in everyone’s record': ({ scenario, core }) => {
    const names = new Set(core.map(({ name }) => name));
    for (const [id, by] of scenario.ledger.done) {
      if (!names.has(by)) continue;
      const without = core.find(({ peer }) => !peer.replica.record.has(id));
      if (without !== undefined) return `${without.name} lacks ${id.slice(0, 8)}, done by ${by}`;
    }
    return undefined;
  },

  'members who meet nobody but keepers come to hold the same events': ({ scenario }) => scenario.unequal,

  'a keeper signs nothing': ({ scenario, whole }) => {
    const keepers = new Map(
      scenario.sites.filter(({ keeper }) => keeper).map(({ signer, name }) => [signer.device, name]),
    );
    const signed = whole.record.all().find(({ device }) => keepers.has(device));
    return signed && `${keepers.get(signed.device)} signed ${signed.type}`;
  },

  'no honest device signs one number twice': ({ scenario, whole }) => {
    for (const site of scenario.sites) {
      if (site.lost || site.copied) continue;
      const seen = new Set<number>();
      for (const entry of whole.record.all()) {
        if (entry.device !== site.signer.device) continue;
        if (seen.has(entry.sequence)) return `${site.name} signed number ${entry.sequence} twice`;
        seen.add(entry.sequence);
      }
    }
    return undefined;
  },

  'no honest device votes twice for one seal': ({ scenario, whole }) => {
    const honest = new Set(
      scenario.sites.filter(({ lost, copied }) => !lost && !copied).map(({ signer }) => signer.device),
    );
    return doubleVoter(whole.record.all().filter(({ device }) => honest.has(device)));
  },

  'what is sealed is so on every machine at any time': ({ scenario, core }) => {
    scenario.watch();
    const heights = new Set(core.map(({ peer }) => peer.replica.seals.seals.length));
    return scenario.ledger.faults[0] ?? (heights.size > 1 ? `heights ${[...heights].join(', ')}` : undefined);
  },

  'the same events give the same state': ({ scenario, core, whole }) => {
    for (const site of core) {
      const { state } = heldAlone(site, whole).length === 0 ? whole : union(scenario, [site]);
      if (!areSame(site.peer.state, state)) return `${site.name}: ${difference(site.peer.state, state)}`;
    }
    return undefined;
  },

  'the state does not depend on the order of arrival': async ({ scenario, core, whole }) => {
    const chance = new Chance(`order-${scenario.network}`);
    const shuffled = new Replica(scenario.network, undefined, scenario.rulesKnown);
    const events = await Promise.all(whole.record.all().map((entry) => checkEvent(entry.bytes)));
    const take = (event: SignedEvent): void => void shuffled.receive({ events: [event], texts: [] });
    const byId = new Map(events.map((event) => [event.id, event]));
    // A branch of a fork storm is taken in once others build on it: neighbours offer it again, and are asked for what is waited for.
    for (let size = -1; size < shuffled.record.size && shuffled.record.size < events.length;) {
      size = shuffled.record.size;
      for (const event of chance.shuffled(events)) take(event);
      for (const id of shuffled.record.missing()) if (byId.has(id)) take(byId.get(id)!);
    }
    const refused = keptBy(whole).filter(({ id }) => !shuffled.record.has(id));
    // Where nobody is left who signs, nobody builds on a storm's last branches: which of them are taken in is a matter of order.
    const isSpare = ({ device }: Entry): boolean => core.every(isMute) && whole.record.forks().has(device);
    if (!refused.every(isSpare)) return 'some events were refused';
    const expected = refused.length === 0 ? whole : atOnce(scenario, shuffled.record.all());
    return areSame(shuffled.state, expected.state) ? undefined : difference(shuffled.state, expected.state);
  },

  'everything verifies, on a machine that chance names': async ({ scenario, core }) => {
    // It goes by the rules of this app.
    if (scenario.rulesKnown !== RULES_VERSION) return undefined;
    const site = new Chance(`verify-${scenario.network}`).pick(core);
    const verification = await verify(site);
    const [first] = verification.wrong;
    if (first === undefined) return undefined;
    return `${site.name}: ${verification.wrongs} wrong, ${first.code} ${first.event?.slice(0, 8)} ${JSON.stringify(first.params)}`;
  },

  'texts are with everybody, or nobody': ({ core }) => {
    const lacking = core.map(({ name, peer }) => ({ name, peer, textless: new Set(peer.replica.textless()) }));
    for (const { name, textless } of lacking)
      for (const id of textless) {
        // Not everybody need have a liar's event.
        const other = lacking.find((one) => one.peer.replica.record.has(id) && !one.textless.has(id));
        if (other !== undefined) return `${name} lacks a text of ${id.slice(0, 8)} that ${other.name} has`;
      }
    return undefined;
  },

  'the model sees it the same': ({ scenario, whole }) => {
    const malformed = new Set(scenario.liars.flatMap((liar) => [...liar.malformed]));
    const standing = new Set([...whole.state.seals.values()].map(({ value }) => value));
    const facts = factsOf(happenings(whole.record.all(), malformed), standing, scenario.rulesKnown);
    const rival = facts.rivals.find((height) => height <= whole.seals.seals.length);
    const two = rival && namedFor(whole.seals.seals[rival - 1]!, [whole]);
    if (two && two.named < two.least) return `height ${rival}: ${two.named} are named, of at least ${two.least}`;
    return disagreement(facts, whole.state, whole.order);
  },

  'who is well can act': ({ scenario, core }) => {
    const { asked, lastWords } = scenario;
    const idle = core.find((site) => site.waits && leftOpen(site).length === 0);
    if (idle !== undefined) return `${idle.name} waits for a seal that it has`;
    const mute = core.find(
      (site) =>
        !site.peer.replica.standsStill &&
        asked.has(site.name) &&
        !lastWords.has(site.name) &&
        !(site.copied && site.stopped),
    );
    return mute && `${mute.name} could not sign anything: ${mute.peer.problem}`;
  },

  'whose key has signed two histories signs no more': ({ scenario, core, whole }) => {
    const forked = whole.record.forks();
    const going = core.find((site) => site.copied && forked.has(site.signer.device) && !isMute(site));
    if (going !== undefined) return `${going.name} goes on: ${going.peer.problem}`;
    return [...scenario.silent].find((name) => scenario.lastWords.has(name));
  },

  'what sealers who are well can seal is sealed': ({ scenario, core }) => {
    const hindrance = hinders(scenario);
    const open = core.find((site) => leftOpen(site).length > 0);
    if (core.every(({ peer }) => peer.replica.standsStill)) return undefined;
    if (open === undefined) scenario.note('seal: all sealed in the end');
    else if (hindrance !== undefined) scenario.note(`seal: ${hindrance}`);
    if (open === undefined || hindrance !== undefined || scenario.seals.broken) return undefined;
    const { height, sealers, quorum, votes, readies } = open.peer.replica.seals.current!;
    const rounds = [...votes.rounds()].map(([device, round]) => `${device.slice(0, 6)}: ${round}`).join(', ');
    return (
      `${open.name} has ${leftOpen(open).length} events that no seal has, at height ${height} of ${sealers.length} sealers, ` +
      `quorum ${quorum}, ${readies.length} ready, rounds ${rounds}`
    );
  },

  'who lacks the rules in force stands still, and signs nothing under them': ({ scenario, core, whole }) => {
    const going = core.find(({ peer }) => peer.replica.standsStill !== whole.standsStill);
    if (going !== undefined) return `${going.name} goes on by rules that its app does not know, or stands still alone`;
    const honest = new Set(scenario.sites.filter(({ turned }) => !turned).map(({ signer }) => signer.device));
    const above = whole.record.all().find(({ device, rules }) => honest.has(device) && rules > scenario.rulesKnown);
    return above && `${above.id.slice(0, 8)} was signed under version ${above.rules}`;
  },

  'what can not count does not count': ({ scenario, whole }) => {
    const folded = new Set(whole.order);
    for (const liar of scenario.liars) {
      for (const id of liar.powerless) {
        const entry = whole.record.get(id);
        if (entry === undefined || !folded.has(entry)) continue;
        if (!whole.state.withoutEffect.has(id)) return `${entry.type} ${id.slice(0, 8)} of ${liar.name} has effect`;
      }
    }
    return undefined;
  },

  'the books balance': ({ whole }) => {
    const sums = new Map<string, number>();
    for (const { unit, amount } of whole.state.balances.values()) sums.set(unit, (sums.get(unit) ?? 0) + amount);
    const off = [...sums].find(([, sum]) => sum !== 0);
    return off === undefined ? undefined : `${off[0]} is off by ${off[1]}`;
  },

  'documents are equal, and hold every word that was stored': async ({ scenario, core }) => {
    const sites = readers(scenario, core);
    const first = sites[0];
    if (first === undefined) return undefined;
    for (const doc of DOCS) {
      const expected = await textOf(first.peer, doc);
      for (const { name, peer } of sites) {
        const text = await textOf(peer, doc);
        if (text !== expected) return `${doc} at ${name}: ${text.slice(0, 80)} and not ${expected.slice(0, 80)}`;
      }
      for (const { word, site, doc: of } of scenario.ledger.written) {
        if (of !== doc || !core.some(({ name }) => name === site)) continue;
        // A later stroke may have landed inside it.
        if (!expected.replaceAll('·', '').includes(word)) return `${doc} lacks ${word}`;
      }
    }
    return undefined;
  },

  'waiting rooms are bounded': ({ core }) => {
    const over = core.find(({ peer }) => peer.replica.record.waiting > MAX_WAITING);
    return over && `${over.name} holds back ${over.peer.replica.record.waiting}`;
  },
};

/** Whether two states have one digest. Rows that are equal have the same canonical bytes, and to compare them costs far less than two digests. */
function areSame(state: State, expected: State): boolean {
  const isEqual = TABLES.every((table) => {
    const rows: ReadonlyMap<string, unknown> = state[table];
    const others: ReadonlyMap<string, unknown> = expected[table];
    return rows.size === others.size && [...rows].every(([key, row]) => sameValue(row, others.get(key)));
  });
  return isEqual || stateDigest(state) === stateDigest(expected);
}

/** What `Verify everything` does, with all the time in the world. */
async function verify({ peer, disk }: Core): Promise<Verification> {
  const soon = (run: () => void): (() => void) => {
    setImmediate(run);
    return () => undefined;
  };
  const verifications = new Verifications({ now: () => 0, setTimer: (_delay, run) => soon(run) }, () => undefined);
  return (await verifications.run(peer, disk.contents))!;
}

async function textOf(peer: Peer, doc: string): Promise<string> {
  const draft = new Y.Doc();
  Y.applyUpdate(draft, await peer.docs.state(doc));
  return draft.getText('text').toJSON();
}

function difference(state: object, expected: object): string {
  for (const [table, rows] of Object.entries(state) as [string, Map<string, unknown>][]) {
    const others = (expected as Record<string, Map<string, unknown>>)[table]!;
    for (const key of new Set([...rows.keys(), ...others.keys()])) {
      const [a, b] = [JSON.stringify(rows.get(key)), JSON.stringify(others.get(key))];
      if (a !== b) return `${table} ${key.slice(0, 20)}: ${a} and not ${b}`;
    }
  }
  return 'the tables are equal, their digests are not';
}
