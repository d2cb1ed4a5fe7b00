import { type Facts, type Refusal, type SealFact, may, nothing } from './facts';
import { Clash } from './clash';
import { Decisions } from './decisions';
import { ERASABLE, type Happening, inOrder, names } from './happening';
import { membership } from './membership';
import { publish } from './publication';
import { type Rule, and, clauseOf, no, noBy } from './refusal';
import { foundation, groundAfter, sealsThatHold } from './seals';

/** What may bring a version into force. */
const DECIDING = new Set(['ballot.cast', 'decision.close', 'proposal.withdraw']);
/** Types that have effect by saying so, on nothing that the model keeps. */
const IDLE = new Set(['member.describe', 'seal.ready', 'seal.propose', 'seal.prevote', 'seal.precommit']);

/**
 * The state as docs/protocol.md says it: all events in one order, each weighed against all of the record, from the start again whenever
 * two decisions turn out to clash. It takes the square of the time that the real fold takes, and undoes nothing. Which seals hold it finds
 * by itself; `standing` says which of two of one height stood first, where there are two. `known`: the newest version of the rules that
 * the app knows.
 */
export function factsOf(list: Happening[], standing: ReadonlySet<string>, known = 1): Facts {
  const clashes = new Map<string, Set<string>>();
  for (;;) {
    try {
      return fold(list, standing, clashes, known);
    } catch (thrown) {
      if (!(thrown instanceof Clash)) throw thrown;
      const { pair, height } = thrown;
      for (const [one, other] of [pair, [...pair].reverse()] as [string, string][]) {
        // A clash is one of a section of the order: what was sealed before stands.
        const key = `${height} ${one}`;
        clashes.set(key, (clashes.get(key) ?? new Set()).add(other));
      }
    }
  }
}

function fold(
  list: Happening[],
  standing: ReadonlySet<string>,
  clashes: ReadonlyMap<string, ReadonlySet<string>>,
  known: number,
): Facts {
  const facts = nothing();
  const byId = new Map(list.map((it) => [it.id, it]));
  const decisions = new Decisions(facts, list, clashes);
  const rules: Record<string, Rule> = {
    ...membership(byId, decisions),
    ...resources(byId),
    ...decisions.rules(),
    'page.publish': publish,
  };
  const foundingEvent = list.find(({ past }) => past.size === 0)!;
  facts.rules = foundingEvent.rules;
  const alone = nothing();
  rules['network.found']!(alone, foundingEvent);
  let ground = foundation(alone, foundingEvent);
  for (const it of list) it.seal = Infinity;
  while (facts.rules <= known) {
    const holding = sealsThatHold(list, ground);
    const seal = holding.find(({ value }) => standing.has(value)) ?? holding[0];
    if (holding.length > 1) facts.rivals.push(seal!.height);
    cut(list, byId, seal);
    for (const it of list) if (it.seal === seal?.height) facts.cuts.set(it.id, it.seal);
    decisions.begin(seal?.height ?? Infinity);
    for (const [index, it] of list.entries()) {
      if (it.seal !== decisions.height || decisions.outside.has(it.id)) continue;
      const rule = rules[it.type] ?? (IDLE.has(it.type) ? () => undefined : undefined);
      const author = facts.members.get(it.member);
      // Who did not know of their removal acts as before it, and changes nothing about it.
      const removed = decisions.isUnknownRemoval(it, it.member)
        ? { status: author!.status, until: author!.until, why: author!.why }
        : undefined;
      if (removed !== undefined) author!.status = 'active';
      facts.here = facts.version;
      const agreed = decisions.agreedFor(it);
      if (!DECIDING.has(it.type)) facts.version = agreed;
      const refusal = whyNotAtAll(facts, it, rule, decisions) ?? rule!(facts, it);
      if (facts.version === agreed && facts.here !== '') facts.version = facts.here;
      if (removed !== undefined) Object.assign(author!, removed);
      if (refusal !== undefined) facts.withoutEffect.set(it.id, refusal);
      const device = facts.devices.get(it.device);
      const earlier = list.slice(0, index).filter(({ id }) => !decisions.outside.has(id));
      if (device && earlier.some((other) => other.device === it.device && other.sequence === it.sequence))
        device.forked = true;
    }
    if (seal === undefined) return facts;
    decisions.seal(seal);
    for (const device of facts.devices.values())
      if (device.forked && device.status === 'active') device.status = 'frozen';
    facts.seals.set(seal.height, seal);
    ground = groundAfter(seal, facts, ground);
  }
  return facts;
}

/** Gives the seal the causal pasts of what it cites, as far as none before has them, and puts all into its order. */
function cut(list: Happening[], byId: ReadonlyMap<string, Happening>, seal: SealFact | undefined): void {
  const inCut = new Set(seal?.ready.flatMap((id) => [id, ...byId.get(id)!.past]));
  for (const it of list) if (it.seal === Infinity && inCut.has(it.id)) it.seal = seal!.height;
  list.sort(inOrder);
}

/** "What every event must pass" of docs/protocol.md, in its order. */
function whyNotAtAll(facts: Facts, it: Happening, rule: Rule | undefined, decisions: Decisions): Refusal | undefined {
  if (it.rules > facts.rules) return no('rules-not-in-force');
  if (rule === undefined) return no('unknown-type');
  if (!it.readable) return no('payload-malformed');
  // Whose votes on a seal count is not the fold's business.
  if (it.type === 'network.found' || it.type.startsWith('seal.')) return undefined;
  if (facts.version === '') return no('not-founded');
  const member = facts.members.get(it.member);
  if (member === undefined) return no('author-not-member');
  const device = facts.devices.get(it.device);
  // Two devices that revoke each other, and did not know of it, are both revoked.
  const stillEnds = device?.status === 'revoked' && ['device.revoke', 'member.leave'].includes(it.type);
  if ((device?.status !== 'active' && !stillEnds) || device.member !== it.member) return no('device-not-active');
  if (device.keeper !== undefined) return no('device-keeper', undefined, [device.keeper]);
  const isOpenToAll = member.status === 'applicant' && ['member.describe', 'member.leave'].includes(it.type);
  if (member.status !== 'active' && !isOpenToAll) return noBy(`author-${member.status}`, member.why);
  const endings = decisions.endingsOf(it);
  return endings.length > 0 ? no('author-ended', undefined, endings) : undefined;
}

function resources(byId: ReadonlyMap<string, Happening>): Record<string, Rule> {
  return {
    'resource.seek': (facts, it) => {
      const clause = clauseOf(facts, 'membership')!;
      if (!may(facts, it.member, 'propose')) return no('not-entitled', clause);
      const why = { events: [it.id], clause };
      facts.resources.set(it.id, { id: it.id, by: it.member, unit: it.payload.unit, status: 'sought', why });
      return undefined;
    },

    'resource.drop': (facts, it) => {
      const resource = facts.resources.get(it.payload.resource!);
      if (resource === undefined) return no('resource-unknown');
      const { by, status, why } = resource;
      if (by !== it.member) return no('not-proposer', why.clause);
      if (status !== 'sought') return noBy('resource-not-sought', why);
      Object.assign(resource, { status: 'dropped', dropped: it.id, why: and(why, [it.id]) });
      return undefined;
    },

    'text.erase': (facts, it) => {
      const { event, text } = it.payload;
      const holder = it.past.has(event) ? byId.get(event)! : undefined;
      if (holder === undefined) return no('event-unknown');
      const own = holder.member === it.member || (holder.type === 'member.admit' && holder.id === it.member);
      if (!own || !names(holder.raw, text)) return no('text-not-yours');
      if (!ERASABLE.includes(holder.type) || !/^[0-9a-f]{64}$/.test(text)) return no('text-not-erasable');
      facts.erased.add(`${text}|${holder.device}`);
      return undefined;
    },
  };
}
