import type { DecisionClass, ProtocolSpec } from '../../../shared/network/agreement/model';
import type { Effect } from '../../../shared/network/decisions/model';
import type { Clause } from '../../../shared/network/why';
import { type Facts, type VersionFact, paramsOf } from './facts';
import { clauseOf, isInForce } from './refusal';

/** "Agreement" and "What is protected" of docs/protocol.md: what a proposal makes of a version, and who has to be asked. */
export type Change = Extract<Effect, { base: string }>;

/** Without these five no version can be. */
const NEEDED = ['membership', 'admission', 'decisions', 'spending', 'ownership'];

/** Why the change can not be made to its base at all; undefined where it can. */
export function problemOf(base: VersionFact, change: Change): string | undefined {
  const problem = hindrance(base, change);
  if (problem !== undefined) return problem;
  return decisionsOf(changed(base, change)).classes.some(hasDeadBlocks) ? 'agreement-assent-blocked' : undefined;
}

/** What is adopted once enough assent, nobody blocks. */
const hasDeadBlocks = ({ method, block }: DecisionClass): boolean => method === 'assent' && block === 'entitled';

function hindrance({ protocols, suspended }: VersionFact, change: Change): string | undefined {
  if (change.kind === 'adopt') {
    const misses = change.protocols.some(({ id, kind }) => suspended.includes(id) && NEEDED.includes(kind));
    return misses ? 'protocol-needed' : undefined;
  }
  const spec = protocols.find(({ id }) => id === change.protocol);
  // Nothing fits a protocol that is not there.
  if (change.kind === 'parameters')
    return spec !== undefined && fit(spec, change.params) ? undefined : 'parameters-malformed';
  if (spec === undefined) return 'protocol-unknown';
  const isOut = suspended.includes(spec.id);
  if (change.kind === 'resume') return isOut ? undefined : 'protocol-not-suspended';
  if (NEEDED.includes(spec.kind)) return 'protocol-needed';
  return change.kind === 'suspend' && isOut ? 'protocol-suspended' : undefined;
}

/** What the change leaves. */
export function changed({ protocols, suspended }: VersionFact, change: Change): Omit<VersionFact, 'base'> {
  const left = remaining(protocols, change);
  const out = new Set(suspended);
  if (change.kind === 'suspend') out.add(change.protocol);
  if (change.kind === 'resume') out.delete(change.protocol);
  return { protocols: left, suspended: [...out].filter((id) => left.some((one) => one.id === id)).sort() };
}

function remaining(protocols: readonly ProtocolSpec[], change: Change): readonly ProtocolSpec[] {
  if (change.kind === 'adopt') return change.protocols;
  if (change.kind === 'parameters')
    return protocols.map((one) =>
      one.id === change.protocol ? ({ ...one, params: change.params } as ProtocolSpec) : one,
    );
  if (change.kind !== 'retire') return protocols;
  return protocols.flatMap((one): ProtocolSpec[] => {
    if (one.id === change.protocol) return [];
    if (one.kind !== 'decisions') return [one];
    const { protects, ...rest } = one.params;
    const guards = protects?.filter((guard) => guard.protocol !== change.protocol) ?? [];
    return [{ ...one, params: guards.length > 0 ? { ...rest, protects: guards } : rest }];
  });
}

/** Of changes of the agreement, under which use stands the class. */
const KEPT_BY = {
  adopt: 'adopt',
  parameters: 'parameters',
  suspend: 'suspend',
  resume: 'suspend',
  retire: 'adopt',
} as const;

/** Why what is protected can not be changed so; undefined where it can, or is not. */
export function protectionOf(facts: Facts, change: Change, version: string): string | undefined {
  const base = facts.versions.get(change.base)!;
  const asked = askedFor(base, changed(base, change));
  if (asked.length > 1) return 'protected-by-several';
  return asked.length === 1 && change.base !== version ? 'protected-unsealed' : undefined;
}

/** Which protocol of the version at the ground names the class that decides. */
export function clauseFor(facts: Facts, effect: Effect, version: string): Clause {
  const named = (kind: 'publication' | 'distribution'): Clause | undefined => {
    const clause = clauseOf(facts, kind, version);
    return clause && isInForce(facts, clause) ? clause : undefined;
  };
  const special =
    effect.kind === 'publish' || effect.kind === 'distribute'
      ? named(effect.kind === 'publish' ? 'publication' : 'distribution')
      : effect.kind === 'spend' && tierOf(facts, effect, version) !== undefined
        ? clauseOf(facts, 'spending', version)
        : undefined;
  return special ?? clauseOf(facts, 'decisions', version)!;
}

function tierOf(facts: Facts, { unit, amount }: Extract<Effect, { kind: 'spend' }>, version: string) {
  const { unit: unitOf, tiers = [] } = paramsOf(facts, 'spending', version);
  const within = unit === unitOf ? tiers.filter(({ to }) => amount <= to) : [];
  return within.sort((a, b) => a.to - b.to)[0];
}

/** The class that decides on what can be decided, as the version at the ground says it. */
export function wayOf(facts: Facts, effect: Effect, version: string): string {
  const { uses } = paramsOf(facts, 'decisions', version);
  switch (effect.kind) {
    case 'adopt':
    case 'parameters':
    case 'suspend':
    case 'resume':
    case 'retire': {
      const base = facts.versions.get(effect.base)!;
      return askedFor(base, changed(base, effect))[0] ?? uses[KEPT_BY[effect.kind]];
    }
    case 'restore':
      return uses.remove;
    case 'rules': {
      const of = facts.versions.get(version)!;
      const membership = of.protocols.find(({ kind }) => kind === 'membership')!.id;
      return guardsOf(of).find(({ protocol }) => protocol === membership)?.class ?? uses.adopt;
    }
    case 'publish':
    case 'distribute': {
      const { protocol } = clauseFor(facts, effect, version);
      const spec = facts.versions.get(version)!.protocols.find(({ id }) => id === protocol)!;
      return spec.kind === 'publication' || spec.kind === 'distribution' ? spec.params.class : uses.adopt;
    }
    case 'spend':
      return tierOf(facts, effect, version)?.class ?? uses.spend;
    default:
      return uses[effect.kind];
  }
}

/** The classes that have to be asked before what is different afterwards may be so. */
function askedFor(before: VersionFact, after: Omit<VersionFact, 'base'>): readonly string[] {
  const guards = guardsOf(before);
  const asked = new Set<string>();
  for (const { protocol, class: by } of guards) {
    const others = guards.filter((guard) => guard.class !== by);
    const picture = (version: Omit<VersionFact, 'base'>): string =>
      written({
        words: version.protocols.filter(({ id }) => id === protocol).map((spec) => without(spec, others)),
        out: version.suspended.filter((id) => id === protocol),
        guard: guardsOf(version).filter((guard) => guard.protocol === protocol),
        class: decisionsOf(version).classes.filter(({ id }) => id === by),
      });
    if (picture(before) !== picture(after)) asked.add(by);
  }
  return [...asked];
}

type Guard = { readonly protocol: string; readonly class: string };

function decisionsOf({ protocols }: Pick<VersionFact, 'protocols'>) {
  for (const spec of protocols) if (spec.kind === 'decisions') return spec.params;
  throw new Error('no decisions');
}

function guardsOf(version: Pick<VersionFact, 'protocols'>): readonly Guard[] {
  return decisionsOf(version).protects ?? [];
}

function without(spec: ProtocolSpec, others: readonly Guard[]): unknown {
  if (spec.kind !== 'decisions') return spec;
  const { classes, protects = [], uses } = spec.params;
  const theirs = new Set(others.map((guard) => guard.class));
  const guarded = new Set(others.map((guard) => guard.protocol));
  const params = [
    uses,
    classes.filter(({ id }) => !theirs.has(id)),
    protects.filter((one) => !guarded.has(one.protocol)),
  ];
  return { ...spec, params };
}

/** One string for one value, whatever the order of its keys. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Of the parameters that are proposed in the simulation and in the vectors, which are right for their protocol. */
function fit({ kind }: ProtocolSpec, params: Record<string, unknown>): boolean {
  if (kind === 'spending')
    return typeof params.unit === 'string' && (params.free === null || typeof params.free === 'number');
  if (kind === 'decisions') return Array.isArray(params.classes);
  if (kind === 'membership') return Array.isArray(params.types);
  if (kind === 'publication') return Array.isArray(params.publishers);
  return kind === 'admission' && typeof params.days === 'number';
}
